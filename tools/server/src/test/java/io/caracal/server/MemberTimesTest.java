/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long real servers wait for each other, by {@code initLimit}, {@code syncLimit}, {@code peerTimeoutMs} and
 * {@code peerHeartbeatMs}. Of two servers with different times, the one with the shorter time acts, while the other has
 * waited longer and still waits. Server 1 decides alone, and so always leads; 2 and 3 observe.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemberTimesTest
{
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OBSERVER = "observer";
    /** Not too short, because the servers share the processors with the test. */
    private static final long POLL_NS = 2_000_000;

    @TempDir
    private Path dir;

    private EnsemblePlan plan;
    private final HeldDisk[] disks = { new HeldDisk(), new HeldDisk(), new HeldDisk() };
    private final Server[] servers = new Server[disks.length];
    private final List<KeptLog> logs = new ArrayList<>();

    @BeforeEach
    void prepare()
    {
        plan = EnsemblePlan.onFreePorts(1, 2, dir);
        plan.prepare();
        for (int id = 1; id <= disks.length; id++)
        {
            logs.add(new KeptLog("io.caracal.server.Server-" + id));
        }
    }

    @AfterEach
    void close()
    {
        Stream.of(disks).forEach(HeldDisk::release);
        CloseHelper.closeAll(servers);
        CloseHelper.closeAll(logs);
    }

    /** Sessions are long, so that their time-outs bound none of the other times. */
    private ServerContext context(final int id, final String... keys)
    {
        final ServerContext context = plan.context(plan.members().get(id - 1)).fileSystem(disks[id - 1]);
        Stream.of("standaloneEnabled=false", "tickTime=1000", "minSessionTimeout=60000", "maxSessionTimeout=120000",
            "initLimit=60").forEach(key -> set(context, key));
        Stream.of(keys).forEach(key -> set(context, key));
        return context;
    }

    private static void set(final ServerContext context, final String key)
    {
        final int at = key.indexOf('=');
        context.set(key.substring(0, at), key.substring(at + 1));
    }

    private void launch(final int id, final String... keys)
    {
        servers[id - 1] = Server.launch(context(id, keys));
    }

    private void awaitServing(final int id) throws InterruptedException
    {
        assertTrue(servers[id - 1].awaitServing(LIMIT), () -> "server " + id + " does not serve: " + log(id).text());
    }

    private String role(final int id)
    {
        return servers[id - 1].role();
    }

    private KeptLog log(final int id)
    {
        return logs.get(id - 1);
    }

    private void await(final String what, final BooleanSupplier condition)
    {
        final long beginNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - beginNs < LIMIT.toNanos(),
                () -> "waited for " + what + ": " + String.join("\n-- ", logs.stream().map(KeptLog::text).toList()));
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** The disk of the patient server hangs first. */
    @Test
    void shouldStepAsideWhenTheDiskHangsForLongerThanTheOwnSyncLimit() throws Exception
    {
        launch(1, "syncLimit=60");
        launch(2, "syncLimit=2", "peerTimeoutMs=1800");
        launch(3, "syncLimit=60");
        awaitServing(2);
        awaitServing(3);
        final ZooKeeper client = OfficialClient.connect(plan.members().get(0).address());
        disks[2].hold();
        client.create("/a", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        await("a force of server 3", disks[2]::isForcing);
        disks[1].hold();
        client.setData("/a", new byte[0], 0);

        await("server 2 to step aside", () -> log(2).has("the own disk does not force what it was given"));
        await("server 2 to leave", () -> !OBSERVER.equals(role(2)));
        assertEquals(OBSERVER, role(3));
        assertFalse(log(3).has("the own disk"), log(3)::text);

        disks[1].release();
        await("server 2 to come back", () -> OBSERVER.equals(role(2)));
        client.close();
    }

    /**
     * The learner sends heartbeats, but its disk hangs. The leader gives it up by its own limit, not by that of the
     * learner.
     */
    @Test
    void shouldGiveUpASynchronizationThatStandsStillForTheLeadersInitLimit() throws Exception
    {
        launch(1, "initLimit=1", "syncLimit=60");
        awaitServing(1);
        disks[1].hold();
        final CompletableFuture<Void> launched = CompletableFuture.runAsync(() -> launch(2, "initLimit=60",
            "syncLimit=60"));

        await("the leader to give server 2 up", () -> log(1).has("stands still for initLimit ticks, it begins anew"));
        assertFalse(log(2).has("initLimit"), log(2)::text);

        disks[1].release();
        launched.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        awaitServing(2);
    }

    /**
     * A leader that sends something every one and a half seconds is silent to a server that waits for 300 ms. When the
     * leader hangs, nobody hears from it any more.
     */
    @Test
    void shouldTakeALeaderForSilentByTheOwnTimeOut() throws Exception
    {
        final List<String> keys = new ArrayList<>(List.of("dataDir=" + plan.members().get(0).dataDir(),
            "standaloneEnabled=false", "tickTime=1000", "minSessionTimeout=60000", "maxSessionTimeout=120000",
            "syncLimit=60", "admin.enableServer=false", "peerHeartbeatMs=1500", "peerTimeoutMs=18000"));
        plan.members().forEach(member -> keys.add(member.key() + "=" + member.line()));
        try (ServerProcess leader = new ServerProcess(dir, keys.toArray(String[]::new)))
        {
            leader.awaitServing("leader");
            launch(3, "syncLimit=60", "peerTimeoutMs=18000");
            awaitServing(3);
            launch(2, "syncLimit=2", "peerTimeoutMs=300");

            await("server 2 to miss heartbeats", () -> log(2).has("the leader is silent"));
            assertFalse(log(3).has("the leader is silent"), log(3)::text);

            leader.signal("STOP");
            await("server 2 to have no leader", () -> !OBSERVER.equals(role(2)));
            assertEquals(OBSERVER, role(3));
            assertFalse(log(3).has("the leader is silent"), log(3)::text);
        }
    }
}
