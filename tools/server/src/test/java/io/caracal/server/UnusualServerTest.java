/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The effects of keys that need a restart. Of two servers, one has an unusual value for each key, the other the usual
 * one.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnusualServerTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int TICK_MS = 700;
    private static final int SESSION_MS = 30_000;
    private static final int DIGEST_INTERVAL = 130;
    private static final String HOST = "127.0.0.2";
    /** Default of maxClientCnxns. */
    private static final int USUAL_LIMIT = 60;
    private static final int QUOTA_EXCEEDED = -125;
    /** Less than the default time after which a connection without a session is closed. */
    private static final int HANDSHAKE_WAIT_MS = 9_000;
    private static final String KEEP_ALIVE_TIMER = "02";
    private static final byte[] NOTHING = new byte[0];

    @TempDir
    private static Path dir;
    private static final HeldDisk DISK = new HeldDisk();
    private static Server server;
    private static Server usual;

    @BeforeAll
    static void launch()
    {
        server = Server.launch(context("unusual").clientPortAddress(HOST).fileSystem(DISK)
            .set("tickTime", Integer.toString(TICK_MS)).set("clientTcpKeepAlive", "true").set("idle", "backoff")
            .set("nio.sessionlessCnxnTimeout", "50").set("digest.enabled", "false").set("enforceQuota", "true")
            .set("forceSync", "no").set("threading", "dedicated").set("maxClientCnxns", "-1").set("maxCnxns", "-1")
            .set("autopurge.purgeInterval", "-1").set("autopurge.snapRetainCount", "-1"));
        usual = Server.launch(context("usual").clientPortAddress("127.0.0.1"));
    }

    private static ServerContext context(final String name)
    {
        return new ServerContext().dataDir(dir.resolve(name)).clientPort(0).set("4lw.commands.whitelist", "*");
    }

    @AfterAll
    static void close()
    {
        DISK.release();
        server.close();
        usual.close();
    }

    @AfterEach
    void release()
    {
        DISK.release();
    }

    @Test
    void shouldListenWhereItIsTold() throws IOException
    {
        try (RawClient client = open(server))
        {
            assertTrue(client.exists("/"));
        }

        assertThrows(ConnectException.class,
            () -> RawClient.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.clientPort())));
    }

    /** As in ZooKeeper, where zero or less is no limit. */
    @Test
    void shouldTakeMinusOneForNoLimit() throws IOException
    {
        final List<RawClient> clients = new ArrayList<>();
        try
        {
            for (int i = 0; i <= USUAL_LIMIT; i++)
            {
                clients.add(open(server));
            }

            assertTrue(clients.get(USUAL_LIMIT).exists("/"));
        }
        finally
        {
            CloseHelper.closeAll(clients);
        }
    }

    @Test
    void shouldGrantTimeoutsInTicks() throws IOException
    {
        assertEquals(2 * TICK_MS, grantedMs(1));
        assertEquals(20 * TICK_MS, grantedMs(1_000_000));
    }

    private static int grantedMs(final int wantedMs) throws IOException
    {
        try (RawClient client = open(server, wantedMs))
        {
            return client.timeoutMs();
        }
    }

    @Test
    void shouldCloseConnectionsThatBeginNoSession() throws IOException
    {
        try (Socket socket = new Socket(HOST, server.clientPort()))
        {
            socket.setSoTimeout(HANDSHAKE_WAIT_MS);
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    /** The operating system says for each of its sockets which timer runs. */
    @Test
    void shouldHaveTheSystemAskWhetherClientsLive() throws IOException
    {
        try (RawClient client = open(server); RawClient other = open(usual))
        {
            await("the timer of keep-alive", () -> KEEP_ALIVE_TIMER.equals(timer(server.clientPort(),
                client.localPort())));
            await("no timer", () -> "00".equals(timer(usual.clientPort(), other.localPort())));
        }
    }

    private static String timer(final int from, final int to)
    {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6").flatMap(UnusualServerTest::lines).map(line -> line.trim()
            .split("\\s+")).filter(fields -> fields[1].endsWith(port(from)) && fields[2].endsWith(port(to)))
            .map(fields -> fields[5].substring(0, 2)).findFirst().orElse("none");
    }

    private static Stream<String> lines(final String file)
    {
        try
        {
            return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)).stream() : Stream.of();
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static String port(final int port)
    {
        return String.format(Locale.ROOT, ":%04X", port);
    }

    /** One digest is kept per {@code DIGEST_INTERVAL} transactions. */
    @Test
    void shouldKeepNoDigest() throws IOException
    {
        for (final Server each : List.of(server, usual))
        {
            try (RawClient client = open(each))
            {
                for (int i = 0; i < DIGEST_INTERVAL; i++)
                {
                    client.sendCreate("/digested" + i, NOTHING, 0);
                }
                for (int i = 0; i < DIGEST_INTERVAL; i++)
                {
                    assertEquals(RawClient.OK, client.errorCode());
                }
            }
        }

        assertFalse(Words.ask(address(usual), "hash").isBlank());
        assertTrue(hashes().isBlank());
    }

    /** Asks the server with the short time. If the machine stalls, there may be no time left for the word. */
    private static String hashes() throws IOException
    {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (true)
        {
            try
            {
                return Words.ask(address(server), "hash");
            }
            catch (final SocketException closedBefore)
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, closedBefore::toString);
            }
        }
    }

    @Test
    void shouldRefuseWritesBeyondAHardQuota() throws IOException
    {
        try (RawClient client = open(server))
        {
            assertEquals(RawClient.OK, client.create("/q", NOTHING, 0));
            assertEquals(RawClient.OK, client.create("/zookeeper/quota/q", NOTHING, 0));
            assertEquals(RawClient.OK, client.create("/zookeeper/quota/q/zookeeper_limits",
                "count=-1,bytes=-1=;byteHardLimit=-1;countHardLimit=2".getBytes(StandardCharsets.US_ASCII), 0));
            assertEquals(RawClient.OK, client.create("/zookeeper/quota/q/zookeeper_stats",
                "count=1,bytes=0".getBytes(StandardCharsets.US_ASCII), 0));
            assertEquals(RawClient.OK, client.create("/q/1", NOTHING, 0));
            assertEquals(QUOTA_EXCEEDED, client.create("/q/2", NOTHING, 0));
        }
    }

    @Test
    void shouldAnswerBeforeTheDiskHasForced() throws IOException
    {
        try (RawClient client = open(server))
        {
            DISK.hold();
            assertEquals(RawClient.OK, client.create("/not-forced", NOTHING, 0));
        }
    }

    /** The idle mode shows in the stacks of the loops' threads while there are no requests. */
    @Test
    void shouldWaitInTheWayItIsTold()
    {
        await("a loop that parks", () -> isSeen("BackoffIdleStrategy"));
        await("a loop that sleeps in its selector", () -> isSeen("EPollSelectorImpl"));
    }

    @Test
    void shouldServeSocketsOnThreadsOfTheirOwn()
    {
        assertTrue(Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals("caracal-gateway-0")));
    }

    private static boolean isSeen(final String className)
    {
        return Thread.getAllStackTraces().entrySet().stream()
            .filter(thread -> thread.getKey().getName().equals("caracal-server"))
            .flatMap(thread -> Stream.of(thread.getValue())).anyMatch(frame -> frame.getClassName()
                .endsWith(className));
    }

    private static RawClient open(final Server each) throws IOException
    {
        return open(each, SESSION_MS);
    }

    /** Opens a session. If the machine stalls after the client has connected, there may be no time left to start it. */
    private static RawClient open(final Server each, final int wantedMs) throws IOException
    {
        RawClient client = RawClient.tryOpen(address(each), wantedMs);
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (client == null && System.nanoTime() - deadlineNs < 0)
        {
            client = RawClient.tryOpen(address(each), wantedMs);
        }

        assertNotNull(client, "no session");
        return client;
    }

    private static InetSocketAddress address(final Server each)
    {
        return new InetSocketAddress(each == server ? HOST : "127.0.0.1", each.clientPort());
    }

    private static void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited for " + what);
            Poll.rest();
        }
    }
}
