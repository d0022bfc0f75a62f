/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Gauge;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.server.Poll;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditorClientsTest
{
    private static final long LIMIT_S = 30;
    private static final long TICK_MS = 5_000;
    private static final long TURN_MS = 50;
    private static final int CHANGES = 5;
    private static final int CONNECT_REQUEST_LENGTH = 49;
    /** The admin server waits this long for its threads. */
    private static final int CUT_OFF_MAX_MS = 5_000;
    private static final String SECOND = "second-change";
    /**
     * A thread that has read the time this often has begun to wait, and has checked once more whether it is its turn.
     */
    private static final int LOOKS_OF_A_WAIT = 3;
    private static final byte[] OPEN_ACL = { 0, 0, 0, 1, 0, 0, 0, 31, 0, 0, 0, 5, 'w', 'o', 'r', 'l', 'd', 0, 0, 0, 6,
        'a', 'n', 'y', 'o', 'n', 'e' };

    @TempDir
    private Path dir;
    private final AtomicLong nowNs = new AtomicLong();
    private final AtomicInteger looksOfSecond = new AtomicInteger();
    private final EditorClients clients = new EditorClients(this::address, this::nanoTime, TICK_MS, TURN_MS);
    private volatile boolean isTimePassing;
    private Server server;
    private int names;

    @BeforeEach
    void launch()
    {
        launch(0, "maxSessionTimeout", "40000");
    }

    private void launch(final int port, final String key, final String value)
    {
        server = Server.launch(new ServerContext().dataDir(dir).clientPort(port).clientPortAddress("127.0.0.1").set(key,
            value));
    }

    @AfterEach
    void close()
    {
        clients.close();
        server.close();
    }

    private long nanoTime()
    {
        if (SECOND.equals(Thread.currentThread().getName()))
        {
            looksOfSecond.incrementAndGet();
        }

        return isTimePassing ? nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(TURN_MS / 2)) : nowNs.get();
    }

    private InetSocketAddress address()
    {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.clientPort());
    }

    private static Credentials user(final String name)
    {
        return new Credentials(InetAddress.getLoopbackAddress(), "digest", name + ":secret");
    }

    private int create(final String user) throws IOException
    {
        final String path = "/" + ++names;
        return clients.change(user(user), client -> client.create(path, new byte[0], OPEN_ACL));
    }

    private void assertSessions(final int count)
    {
        final long beginNs = System.nanoTime();
        while (server.metrics().gauge(Gauge.SESSIONS) != count && System.nanoTime() - beginNs < TimeUnit.SECONDS
            .toNanos(LIMIT_S))
        {
            Poll.rest();
        }

        assertEquals(count, server.metrics().gauge(Gauge.SESSIONS));
    }

    @Test
    void shouldMakeAllChangesOfAUserInOneSession() throws IOException
    {
        for (int i = 0; i < CHANGES; i++)
        {
            assertEquals(ErrorCode.OK, create("ann"));
            clients.tick();
        }

        assertSessions(1);
        assertEquals(1, server.metrics().openConnections());
        assertEquals(ErrorCode.OK, create("bob"));
        assertSessions(2);
    }

    @Test
    void shouldEndASessionInWhichNothingIsDone() throws IOException
    {
        assertEquals(ErrorCode.OK, create("ann"));
        nowNs.addAndGet(EditorClients.IDLE_MAX_NS - 1);
        clients.tick();
        assertSessions(1);

        assertEquals(ErrorCode.OK, create("ann"));
        nowNs.addAndGet(EditorClients.IDLE_MAX_NS - 1);
        clients.tick();
        assertSessions(1);
        nowNs.incrementAndGet();
        clients.tick();
        assertSessions(0);
    }

    @Test
    void shouldEndAllSessionsAtItsEnd() throws IOException
    {
        create("ann");
        create("bob");
        clients.close();
        assertSessions(0);

        final NoAnswerException refused = assertThrows(NoAnswerException.class, () -> create("ann"));
        assertEquals("the server ends; nothing was changed", refused.getMessage());
    }

    @Test
    void shouldEndTheLongestIdleSessionWhenTooManyUsersCome() throws IOException
    {
        for (int i = 0; i < EditorClients.USERS_MAX; i++)
        {
            assertEquals(ErrorCode.OK, create("user" + i));
        }
        create("user0");
        create("late");
        assertSessions(EditorClients.USERS_MAX);
        create("user0");
        assertSessions(EditorClients.USERS_MAX);
    }

    /** For a change on a broken connection, nobody would know whether it was made. */
    @Test
    void shouldMakeAChangeAfterTheServerStartedAnew() throws IOException
    {
        server.close();
        final int port = FreePorts.find(1)[0];
        launch(port, "maxSessionTimeout", "40000");
        create("ann");
        server.close();
        final NoAnswerException refused = assertThrows(NoAnswerException.class, () -> create("bob"));
        assertTrue(refused.getMessage().contains("nothing was changed"), refused.getMessage());

        launch(port, "maxSessionTimeout", "40000");
        assertEquals(ErrorCode.OK, create("ann"));
        clients.tick();
        assertEquals(ErrorCode.OK, create("ann"));
    }

    /** The session would expire between two touches. */
    @Test
    void shouldNotKeepASessionThatIsGrantedTooLittleTime() throws IOException
    {
        server.close();
        launch(0, "maxSessionTimeout", "8000");
        assertEquals(ErrorCode.OK, create("ann"));
        assertSessions(0);
    }

    @Test
    void shouldMakeChangesOfAUserOneAfterTheOther() throws Exception
    {
        final CountDownLatch isBegun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        final CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> hold(isBegun, mayEnd));
        assertTrue(isBegun.await(LIMIT_S, TimeUnit.SECONDS));
        assertEquals(ErrorCode.OK, create("bob"));
        final FutureTask<Integer> second = new FutureTask<>(() -> hold(isBegun, mayEnd));
        // The pool may have only one thread, and that one holds the first change.
        new Thread(second, SECOND).start();
        awaitTurnOfSecond();
        mayEnd.countDown();

        final int[] results = { first.get(LIMIT_S, TimeUnit.SECONDS), second.get(LIMIT_S, TimeUnit.SECONDS) };
        Arrays.sort(results);
        assertArrayEquals(new int[]{ ErrorCode.NODE_EXISTS, ErrorCode.OK }, results);
        assertSessions(2);
    }

    @Test
    void shouldNotWaitForeverForAChangeOfTheSameUser() throws Exception
    {
        final CountDownLatch isBegun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        final CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> hold(isBegun, mayEnd));
        assertTrue(isBegun.await(LIMIT_S, TimeUnit.SECONDS));
        isTimePassing = true;
        final NoAnswerException refused = assertThrows(NoAnswerException.class, () -> create("ann"));
        assertEquals("another change of this user is still under way; nothing was changed", refused.getMessage());

        mayEnd.countDown();
        assertEquals(ErrorCode.OK, first.get(LIMIT_S, TimeUnit.SECONDS));
    }

    private int hold(final CountDownLatch isBegun, final CountDownLatch mayEnd)
    {
        try
        {
            return clients.change(user("ann"), client ->
            {
                isBegun.countDown();
                await(mayEnd);
                return client.create("/held", new byte[0], OPEN_ACL);
            });
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private void awaitTurnOfSecond()
    {
        final long beginNs = System.nanoTime();
        while (looksOfSecond.get() < LOOKS_OF_A_WAIT)
        {
            assertTrue(System.nanoTime() - beginNs < TimeUnit.SECONDS.toNanos(LIMIT_S),
                "the second change does not wait for the end of the first");
            Poll.rest();
        }
    }

    private static void await(final CountDownLatch latch)
    {
        try
        {
            assertTrue(latch.await(LIMIT_S, TimeUnit.SECONDS));
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private static int connect(final EditorClients others)
    {
        try
        {
            return others.change(user("ann"), client -> ErrorCode.OK);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /** Nobody is answered where there is no leader, and the end does not wait until the client gives up. */
    @Test
    void shouldCutOffAClientThatConnectsAtItsEnd() throws Exception
    {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final EditorClients others = new EditorClients(() -> (InetSocketAddress)silent.getLocalSocketAddress(),
                this::nanoTime, TICK_MS, TURN_MS);
            final CompletableFuture<Integer> change = CompletableFuture.supplyAsync(() -> connect(others));
            try (Socket connection = silent.accept())
            {
                connection.setSoTimeout(CUT_OFF_MAX_MS);
                assertEquals(CONNECT_REQUEST_LENGTH, connection.getInputStream()
                    .readNBytes(CONNECT_REQUEST_LENGTH).length);
                others.close();
                assertEquals(-1, connection.getInputStream().read(), "the connection is still there");
            }
            assertThrows(Exception.class, () -> change.get(LIMIT_S, TimeUnit.SECONDS));
        }
    }

    /** No thread keeps waiting for a change that the end has cut off. */
    @Test
    void shouldCutOffWhatIsUnderWayAtItsEnd() throws Exception
    {
        final CountDownLatch isBegun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        final CompletableFuture<Integer> change = CompletableFuture.supplyAsync(() -> hold(isBegun, mayEnd));
        assertTrue(isBegun.await(LIMIT_S, TimeUnit.SECONDS));
        clients.close();
        mayEnd.countDown();
        assertThrows(Exception.class, () -> change.get(LIMIT_S, TimeUnit.SECONDS));
        assertFalse(server.failure().isDone());
    }
}
