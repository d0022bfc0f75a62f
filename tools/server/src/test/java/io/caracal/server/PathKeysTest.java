/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.record.HotPaths.HotPath;
import io.caracal.server.record.HotPaths.Ranking;
import io.caracal.server.record.PathSampling;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server counts with the keys {@code pathStats.*}. */
@Timeout(120)
class PathKeysTest
{
    /** Not {@code List.of}, because the client asks whether it contains null. */
    private static final List<ACL> OPEN = Collections.singletonList(new ACL(ZooDefs.Perms.ALL, new Id("world",
        "anyone")));
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    private Path dir;

    private ServerContext context()
    {
        return new ServerContext().dataDir(dir).clientPort(0).clientPortAddress("127.0.0.1").set("admin.serverPort",
            "0");
    }

    private static void use(final Server server) throws Exception
    {
        final ZooKeeper client = OfficialClient.connect(server.connectString());
        client.create("/app", new byte[0], OPEN, CreateMode.PERSISTENT);
        client.create("/app/lock", new byte[0], OPEN, CreateMode.PERSISTENT);
        client.create("/app/lock/a", new byte[0], OPEN, CreateMode.PERSISTENT);
        for (int i = 0; i < 3; i++)
        {
            client.getData("/app/lock/a", false, null);
        }
        client.exists("/missing", false);
        client.close();
    }

    /** Waits, because the scribe counts a moment after the reply. */
    private static Ranking await(final Server server, final boolean isWrite, final long sampled)
    {
        final long deadlineNs = System.nanoTime() + WAIT_NS;
        Ranking ranking = server.hotPaths().top(isWrite, 9);
        while (ranking.sampled() < sampled && System.nanoTime() - deadlineNs < 0)
        {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            ranking = server.hotPaths().top(isWrite, 9);
        }

        return ranking;
    }

    @Test
    void shouldCountPathsAsItIsTold() throws Exception
    {
        try (Server server = Server.launch(context().set("pathStats.enabled", "true").set("pathStats.sampleRate", "1")
            .set("pathStats.maxDepth", "2").set("pathStats.topPathMax", "1")))
        {
            use(server);

            assertEquals(new Ranking(List.of(new HotPath("/app/lock", 3)), 4), await(server, false, 4));
            assertEquals(new Ranking(List.of(new HotPath("/app/lock", 2)), 3), await(server, true, 3));
            final String told = Pages.get(server.adminPort(), "/commands/hot_paths").body();
            assertTrue(told.contains("\"sampled_reads\" : 4"), told);
            assertTrue(told.contains("\"/app/lock\" : 3"), told);
        }
    }

    @Test
    void shouldHandOnWhatIsSet()
    {
        final ServerContext context = context().set("pathStats.enabled", "true").set("pathStats.sampleRate", "0.5")
            .set("pathStats.slotCapacity", "3").set("pathStats.slotDuration", "7").set("pathStats.maxDepth", "4")
            .set("pathStats.topPathMax", "5").set("pathStats.initialDelay", "8").set("pathStats.delay", "9");

        assertEquals(new PathSampling(0.5, 3, TimeUnit.SECONDS.toNanos(7), 4, 5, TimeUnit.MINUTES.toNanos(8),
            TimeUnit.MINUTES.toNanos(9)), PathKeys.of(context.conclude()));
    }

    @Test
    void shouldCountNothingUnlessToldTo() throws Exception
    {
        final Server server = Server.launch(context().set("pathStats.sampleRate", "1"));
        try (server)
        {
            use(server);
        }

        // By now, the scribe has counted all that it would count.
        assertEquals(new Ranking(List.of(), 0), server.hotPaths().top(false, 9));
    }
}
