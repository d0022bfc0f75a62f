/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.simulator.contract.PeerPortFixture;
import io.caracal.transport.FreePorts;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.agrona.IoUtil;

/** Servers over loopback, all on the caller's thread. Closing asserts that all buffer memory was freed. */
final class PeerEnsemble implements PeerPortFixture
{
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** A peer timeout that is longer than any stall of a machine, so that links do not end by themselves. */
    static final long PATIENT_NS = TimeUnit.SECONDS.toNanos(4);

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Map<Long, Ports> portsById = new LinkedHashMap<>();
    private final TreeMap<Long, Running> running = new TreeMap<>();
    private final UnaryOperator<PeerContext> settings;
    private final RecordingEvents events = new RecordingEvents();
    private final Path home;

    /** The ports on which a server listens, and those that the others use for it. */
    record Ports(int udp, int tcp, int announcedUdp, int announcedTcp)
    {
    }

    /** A running server. */
    private record Running(AeronPeerPort port, SelectIdle idle)
    {
    }

    PeerEnsemble(final UnaryOperator<PeerContext> settings, final long... serverIds)
    {
        this.settings = settings;

        for (final long serverId : serverIds)
        {
            portsById.put(serverId, ports());
        }

        try
        {
            home = Files.createTempDirectory("peers");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    static Ports ports()
    {
        final int[] ports = FreePorts.find(2);

        return new Ports(ports[0], ports[1], ports[0], ports[1]);
    }

    Ports ports(final long serverId)
    {
        return portsById.get(serverId);
    }

    /** Sets the ports of a server, from its next start on. */
    void ports(final long serverId, final Ports value)
    {
        portsById.put(serverId, value);
    }

    RecordingEvents events()
    {
        return events;
    }

    @Override
    public AeronPeerPort start(final long serverId)
    {
        return start(serverId, context(serverId));
    }

    AeronPeerPort start(final long serverId, final PeerContext context)
    {
        settings.apply(context).conclude();
        final SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
        final AeronPeerPort port = new AeronPeerPort(context, idle);
        running.put(serverId, new Running(port, idle));

        return port;
    }

    PeerContext context(final long serverId)
    {
        final PeerContext context = contextOf(serverId);
        portsById.keySet().forEach(id -> context.member(member(id)));

        return context;
    }

    /** Returns the context of a server that knows no members yet, not even itself. */
    PeerContext contextOf(final long serverId)
    {
        final Ports own = portsById.get(serverId);

        return new PeerContext().serverId(serverId).dataDirectory(directory(serverId)).events(events)
            .peerTimeoutNs(PATIENT_NS).listen(new InetSocketAddress(LOOPBACK, own.udp()), new InetSocketAddress(
                LOOPBACK,
                own.tcp()));
    }

    /** Returns a server as it is configured for the others. */
    PeerMember member(final long serverId)
    {
        final Ports ports = portsById.get(serverId);

        return new PeerMember(serverId, LOOPBACK.getHostAddress(), ports.announcedUdp(), ports.announcedTcp(), true);
    }

    Path directory(final long serverId)
    {
        try
        {
            return Files.createDirectories(home.resolve("server" + serverId));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    SelectIdle idle(final long serverId)
    {
        return running.get(serverId).idle();
    }

    @Override
    public void kill(final long serverId)
    {
        final Running server = running.remove(serverId);
        server.port().close();
        server.idle().close();
        assertEquals(0, server.port().memory().totalBytes(), "direct memory is left");
    }

    @Override
    public void pause()
    {
        LockSupport.parkNanos(PAUSE_NS);
        running.values().forEach(server -> server.idle().idle(0, System.nanoTime() + PAUSE_NS));
    }

    @Override
    public long nowNs()
    {
        return System.nanoTime();
    }

    @Override
    public void close()
    {
        while (!running.isEmpty())
        {
            kill(running.firstKey());
        }

        IoUtil.delete(home.toFile(), true);
    }
}
