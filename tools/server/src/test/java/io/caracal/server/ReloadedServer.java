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

/** A running server whose file is written and read again, its clients, and a disk whose forces can be held back. */
final class ReloadedServer implements AutoCloseable
{
    /** Snapshots that a purge leaves. */
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

    /** Lines beside those that are always there take the place of what lines there were. */
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

    /** Whether one client more gets a session; it stays. */
    boolean isServed() throws IOException
    {
        return isTaken(RawClient.tryOpen(address, (int)TimeUnit.NANOSECONDS.toMillis(LIMIT_NS)));
    }

    /** Whether the session of a client is taken up again over a connection of its own, which stays. */
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

    /** Everything is as it was at the start, and nobody is connected. */
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

    /** Lets the loop turn a good number of times. */
    static void turn(final RawClient client) throws IOException
    {
        for (int i = 0; i < OTHER_REQUESTS; i++)
        {
            assertTrue(client.exists("/"));
        }
    }

    /** A path that nothing has. */
    static String name()
    {
        return "/n" + names++;
    }

    /** Something that may or may not be so yet. */
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
            Thread.onSpinWait();
        }
    }
}
