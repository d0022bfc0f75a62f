/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** An audit log whose lines take as long to write as a test wants. Clients wait for it and lose nothing. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LateAuditTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int LARGE = 700_000;
    /** More writes than the server can keep for the log. */
    private static final int WRITES = 40;
    private static final long POLL_NS = 1_000_000;
    private static final int SHORT_TIMEOUT_MS = 3_000;

    @TempDir
    private Path dir;
    private final CountDownLatch released = new CountDownLatch(1);
    private final HeldAppender appender = new HeldAppender();
    private final Logger audit = (Logger)LoggerFactory.getLogger("org.apache.zookeeper.audit.Slf4jAuditLogger");

    private final class HeldAppender extends AppenderBase<ILoggingEvent>
    {
        @Override
        protected void append(final ILoggingEvent line)
        {
            try
            {
                assertTrue(released.await(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS));
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sockets with requests would wake the loop again and again, while the log may need the processor. */
    @ParameterizedTest
    @ValueSource(strings = { "shared", "dedicated" })
    void shouldPauseWhileRequestsWaitForTheAuditLog(final String threading) throws Exception
    {
        holdLines();
        try (Server server = launch(threading))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            client.create("/a", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            final CountDownLatch answered = fillTheLog(client);
            awaitPause(() -> null);
            assertTrue(answered.getCount() > 0, "more is kept for the log than there is room for");
            released.countDown();
            assertTrue(answered.await(TIMEOUT_MS, TimeUnit.MILLISECONDS));
            client.close();
        }
    }

    /** While clients wait, nothing that they send is read, not even their pings. */
    @Test
    void shouldEndNoSessionsWhileClientsWaitForTheAuditLog() throws Exception
    {
        holdLines();
        try (Server server = launch("shared"))
        {
            final ZooKeeper writer = OfficialClient.connect(server.connectString());
            writer.create("/a", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            outlastsAPause(server, writer);
            writer.close();
        }
    }

    private void outlastsAPause(final Server server, final ZooKeeper writer) throws Exception
    {
        try (RawClient other = RawClient.tryOpen(new InetSocketAddress(InetAddress.getLoopbackAddress(),
            server.clientPort()), SHORT_TIMEOUT_MS))
        {
            final CountDownLatch answered = fillTheLog(writer);
            final int pings = pingUntilPause(other);
            other.sendCreate("/b", new byte[0], 0);
            Thread.sleep(2L * other.timeoutMs());
            released.countDown();
            for (int answers = 0; answers <= pings; answers++)
            {
                assertEquals(RawClient.OK, other.errorCode());
            }
            assertTrue(answered.await(TIMEOUT_MS, TimeUnit.MILLISECONDS));
        }
    }

    /** The session must not end before the pause begins, however long that takes. */
    private static int pingUntilPause(final RawClient client) throws Exception
    {
        final int[] pings = { 0 };
        awaitPause(() ->
        {
            client.sendPing();
            pings[0]++;
            return null;
        });

        return pings[0];
    }

    private Server launch(final String threading)
    {
        return Server.launch(new ServerContext().dataDir(dir).clientPort(0).clientPortAddress("127.0.0.1")
            .set("threading", threading).set("audit.enable", "true").set("minSessionTimeout", "" +
                SHORT_TIMEOUT_MS));
    }

    private void holdLines()
    {
        appender.start();
        audit.setLevel(Level.INFO);
        audit.setAdditive(false);
        audit.addAppender(appender);
    }

    @AfterEach
    void release()
    {
        released.countDown();
        audit.detachAppender(appender);
        audit.setAdditive(true);
        audit.setLevel(null);
    }

    /** Sends writes of which some must wait for the log. The returned latch counts down with each answer. */
    private static CountDownLatch fillTheLog(final ZooKeeper client)
    {
        final CountDownLatch answered = new CountDownLatch(WRITES);
        for (int i = 0; i < WRITES; i++)
        {
            client.setData("/a", new byte[LARGE], -1, (result, path, ignored, stat) ->
            {
                assertEquals(KeeperException.Code.OK.intValue(), result);
                answered.countDown();
            }, null);
        }

        return answered;
    }

    private static void awaitPause(final Callable<Void> meanwhile) throws Exception
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (Thread.getAllStackTraces().entrySet().stream()
            .noneMatch(each -> each.getKey().getName().equals("caracal-server") && isPausing(each.getValue())))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "the loop goes round and round");
            meanwhile.call();
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static boolean isPausing(final StackTraceElement[] stack)
    {
        return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("parkNanos"));
    }
}
