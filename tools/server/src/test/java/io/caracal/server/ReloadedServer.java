/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Gauge;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.record.SlowRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running server whose file is rewritten and reloaded, with its clients and a disk whose forces can be held back. */
final class ReloadedServer implements AutoCloseable
{
    /** Number of snapshots that a purge leaves. */
    static final int KEPT = 5;

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int OTHER_REQUESTS = 20;
    private static int names;

    private final List<RawClient> clients = new ArrayList<>();
    private final HeldDisk disk = new HeldDisk();
    private final Path directory;
    private final Server server;
    private final InetSocketAddress address;

    ReloadedServer(final Path directory) throws IOException
    {
        this.directory = directory;
        write("");
        server = Server.launch(new ServerContext().file(directory.resolve("zoo.cfg")).fileSystem(disk));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.clientPort());
    }

    Path directory()
    {
        return directory;
    }

    HeldDisk disk()
    {
        return disk;
    }

    InetSocketAddress address()
    {
        return address;
    }

    MetricsView metrics()
    {
        return server.metrics();
    }

    SlowRequests slowRequests()
    {
        return server.slowRequests();
    }

    long outstanding()
    {
        return metrics().gauge(Gauge.OUTSTANDING_REQUESTS);
    }

    /** Replaces the lines of the previous call, keeps those that are always there, and reloads the file. */
    void reload(final String lines) throws IOException
    {
        write(lines);
        server.reload();
    }

    private void write(final String lines) throws IOException
    {
        Files.writeString(directory.resolve("zoo.cfg"), "dataDir=" + directory.resolve("data") +
            "\nclientPort=0\nclientPortAddress=127.0.0.1\nautopurge.snapRetainCount=" + KEPT + "\n" + lines + "\n");
    }

    RawClient open() throws IOException
    {
        return open((int)TimeUnit.NANOSECONDS.toMillis(LIMIT_NS));
    }

    RawClient open(final int wantedMs) throws IOException
    {
        final RawClient client = RawClient.tryOpen(address, wantedMs);
        assertNotNull(client, "no session");
        clients.add(client);
        return client;
    }

    /** Whether one more client gets a session. The client stays connected. */
    boolean isServed() throws IOException
    {
        return isTaken(RawClient.tryOpen(address, (int)TimeUnit.NANOSECONDS.toMillis(LIMIT_NS)));
    }

    /** Whether a new connection can take over the session of a client. The connection stays open. */
    boolean isRenewed(final RawClient session) throws IOException
    {
        return isTaken(RawClient.tryRenew(address, session));
    }

    private boolean isTaken(final RawClient client)
    {
        if (client != null)
        {
            clients.add(client);
        }

        return client != null;
    }

    /** Restores the state of the start; nobody is connected. */
    void reset() throws IOException
    {
        disk.release();
        reload("");
        for (final RawClient client : clients)
        {
            client.close();
        }
        clients.clear();
        await("all connections to end", () -> metrics().openConnections() == 0);
    }

    @Override
    public void close()
    {
        disk.release();
        server.close();
    }

    /** Creates znodes of a kilobyte. */
    static void fill(final RawClient client, final int count) throws IOException
    {
        for (int i = 0; i < count; i++)
        {
            assertEquals(RawClient.OK, client.create(name(), new byte[1000], 0));
        }
    }

    /** Makes the loop turn many times. */
    static void turn(final RawClient client) throws IOException
    {
        for (int i = 0; i < OTHER_REQUESTS; i++)
        {
            assertTrue(client.exists("/"));
        }
    }

    /** Returns a path that no znode has. */
    static String name()
    {
        return "/n" + names++;
    }

    /** A condition that may become true later. */
    @FunctionalInterface
    interface Condition
    {
        boolean holds() throws IOException;
    }

    static void await(final String what, final Condition condition) throws IOException
    {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (!condition.holds())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited for " + what);
            Poll.rest();
        }
    }
}
