/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.record.SlowRequest;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slow force does not delay readers. The force takes until the test has seen that. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowDiskTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int READS = 2_000;
    private static final int WRITES = 50;

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = { "shared", "dedicated" })
    void shouldServeReadsWhileAForceIsUnderWay(final String threading) throws Exception
    {
        final HeldDisk disk = new HeldDisk();
        final ServerContext context = new ServerContext().dataDir(dir).clientPort(0).clientPortAddress("127.0.0.1")
            .set("threading", threading).fileSystem(disk);
        try (Server server = Server.launch(context))
        {
            final ZooKeeper writer = OfficialClient.connect(server.connectString());
            final ZooKeeper reader = OfficialClient.connect(server.connectString());
            writer.create("/a", new byte[]{ 1 }, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            final AtomicInteger acknowledged = new AtomicInteger();
            final CountDownLatch all = new CountDownLatch(WRITES);
            disk.hold();
            for (int i = 0; i < WRITES; i++)
            {
                writer.setData("/a", new byte[]{ 2 }, -1, (result, path, ignored, stat) ->
                {
                    assertEquals(KeeperException.Code.OK.intValue(), result);
                    acknowledged.incrementAndGet();
                    all.countDown();
                }, null);
            }

            awaitForce(disk);
            for (int i = 0; i < READS; i++)
            {
                assertEquals(1, reader.getData("/a", false, null)[0]);
            }

            assertTrue(disk.isForcing(), "the force is still under way");
            assertEquals(0, acknowledged.get(), "acknowledged what is not durable");
            disk.release();
            assertTrue(all.await(TIMEOUT_MS, TimeUnit.MILLISECONDS), "writes go through in the end");
            assertEquals(2, reader.getData("/a", false, null)[0]);
            assertFalse(disk.isForcing());
            writer.close();
            reader.close();
        }
        finally
        {
            disk.release();
        }
    }

    @Test
    void shouldTellWhereTheTimeOfASlowRequestWent() throws Exception
    {
        final HeldDisk disk = new HeldDisk();
        final long slowNs = TimeUnit.MILLISECONDS.toNanos(50);
        try (Server server = Server.launch(new ServerContext().dataDir(dir).clientPort(0).set("slowRequestMs", "50")
            .fileSystem(disk)))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            client.create("/a", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            final CountDownLatch done = new CountDownLatch(1);
            disk.hold();
            client.setData("/a", new byte[]{ 2 }, -1, (result, path, ignored, stat) -> done.countDown(), null);
            awaitForce(disk);
            final long heldNs = System.nanoTime();
            while (System.nanoTime() - heldNs < 2 * slowNs)
            {
                Poll.rest();
            }
            disk.release();
            assertTrue(done.await(TIMEOUT_MS, TimeUnit.MILLISECONDS));
            client.close();

            final SlowRequest slow = awaitSlow(server, "setData");
            assertEquals("/a", slow.path());
            assertEquals(client.getSessionId(), slow.sessionId());
            assertEquals(0, slow.errorCode());
            assertTrue(slow.client().startsWith("127.0.0.1:"), slow.client());
            assertTrue(slow.stamps().journalNs() >= slowNs, slow.line());
            assertTrue(slow.stamps().quorumNs() >= slow.stamps().journalNs(), slow.line());
            assertTrue(slow.stamps().prepareNs() >= 0 && slow.stamps().applyNs() >= 0, slow.line());
            assertTrue(slow.stamps().totalNs() >= slow.stamps().quorumNs(), slow.line());
            assertTrue(slow.line().contains(" op=setData path=\"/a\" session=0x"), slow.line());
        }
        finally
        {
            disk.release();
        }
    }

    private static SlowRequest awaitSlow(final Server server, final String operation)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (true)
        {
            for (final SlowRequest request : server.slowRequests().latest())
            {
                if (request.operation().equals(operation))
                {
                    return request;
                }
            }
            assertTrue(System.nanoTime() - deadlineNs < 0, "nothing was slow: " + server.slowRequests().latest());
            Poll.rest();
        }
    }

    private static void awaitForce(final HeldDisk disk)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (!disk.isForcing())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "no force began");
            Poll.rest();
        }
    }
}
