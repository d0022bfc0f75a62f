/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.DirectMemory;
import io.caracal.transport.PeerContext;
import io.caracal.transport.tcp.SelectIdle;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** What all links of one port share. Belongs to the port, on the engine's thread. */
final class LinkWorld implements AutoCloseable
{
    private final Lingering lingering = new Lingering();
    private final RandomGenerator random = new SecureRandom();
    private final LinkCodec codec = new LinkCodec();
    private final OwnIdentity identity = new OwnIdentity();
    private final PeerContext context;
    private final SelectorRegistration registration;
    private final DirectMemory memory;
    private final NameResolver resolver;
    private final InetSocketAddress announcedAddress;
    private final DriverKeeper driver;
    private final Repeats strangers;

    LinkWorld(final PeerContext context, final SelectIdle idle, final DriverKeeper driver)
    {
        this.context = context;
        this.driver = driver;
        strangers = new Repeats(context.nanoClock());
        registration = new SelectorRegistration(idle, context.idleMode(), true);
        memory = new DirectMemory(context.bufferBytesMax());
        resolver = new NameResolver(context.threadFactory(), idle::wakeup);
        announcedAddress = new InetSocketAddress(context.udpAddress().getAddress(), context.self().udpPort());
    }

    PeerContext context()
    {
        return context;
    }

    /** Whether this process may link at all. */
    OwnIdentity identity()
    {
        return identity;
    }

    NameResolver resolver()
    {
        return resolver;
    }

    SelectorRegistration registration()
    {
        return registration;
    }

    /** Limits what people are told of strangers and of failures to accept connections. */
    Repeats strangers()
    {
        return strangers;
    }

    LinkCodec codec()
    {
        return codec;
    }

    RandomGenerator random()
    {
        return random;
    }

    /** Memory for the long messages of all links. */
    DirectMemory memory()
    {
        return memory;
    }

    /** Ends silent links in good order, so that what was sent arrives before their end. */
    Lingering lingering()
    {
        return lingering;
    }

    /** Whether the driver runs, so that links can be made. */
    boolean isReady()
    {
        return driver.isReady();
    }

    /** Checks the files of the driver, after an attempt to link failed that had streams. */
    void onStreamsUnproven()
    {
        driver.checkFiles();
    }

    /** Creates the streams for a new attempt; only while {@link #isReady()}. */
    Generation generation(final long serverId, final int[] outIds, final int[] inIds, final long ownToken)
    {
        return new Generation(context, driver.driver(), memory, codec, serverId, outIds, inIds, ownToken);
    }

    /**
     * Where the other servers shall send streams to. If the address is a wildcard, they send to the address that this
     * server speaks from.
     */
    InetSocketAddress announcedAddress()
    {
        return announcedAddress;
    }

    @Override
    public void close()
    {
        lingering.close();
        resolver.close();
    }
}
