/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.node.EnsembleTimes;
import io.caracal.engine.zab.sync.SnapshotChoice;
import io.caracal.simulator.disk.DiskFaults;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long servers wait for each other to make progress while heartbeats flow, and what they do when there is none. */
class EnsembleTimeoutTest
{
    private static final String GIVEN_UP =
        "a learner's synchronization stands still for initLimit ticks, it begins anew: ";
    private static final EnsembleTimes TIMES = TestEnsemble.timesMs(100, 1000, 2000, 200, 3000, 60_000);

    private static TestEnsemble ensemble(final long seed)
    {
        return new TestEnsemble(seed, 3, 0, DiskFaults.HEALTHY, TIMES);
    }

    /**
     * The heartbeats of the learner go on although its disk makes no progress. The leader does not wait for it for
     * ever, and the learner begins anew.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldGiveUpASynchronizationThatStandsStillWhileHeartbeatsFlow(final long seed)
    {
        try (TestEnsemble ensemble = ensemble(seed).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server stuck = ensemble.follower();
            stuck.wipe();
            stuck.disk.holdForces(true);
            ensemble.await("the leader gives it up", 5000, () -> leader.events.notices.contains(GIVEN_UP + stuck.id));
            assertSame(leader, ensemble.leader());

            stuck.disk.holdForces(false);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            assertSame(leader, ensemble.leader());
        }
    }

    /**
     * Starts an ensemble in which a follower begins to load a snapshot that is shorter than the history that it lacks.
     */
    private static TestEnsemble.Server beginLoad(final TestEnsemble ensemble)
    {
        ensemble.txnsPerSnapshot = 40;
        ensemble.snapshotChoice = new SnapshotChoice(20, 0);
        ensemble.startAll().await("all serve", 1000, ensemble::areAllServing);
        final WireClient client = ensemble.connect(ensemble.leader());
        for (int i = 0; i < 100; i++)
        {
            client.create("/n" + i, "", 0);
        }
        ensemble.runMs(500);
        final TestEnsemble.Server follower = ensemble.follower();
        follower.wipe();
        follower.disk.loadLimit(0);

        return follower;
    }

    /** Nothing is sent to the learner meanwhile. Only its own reports show that it lives and makes progress. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldBearALoadThatTakesLongAndGetsAhead(final long seed)
    {
        try (TestEnsemble ensemble = ensemble(seed))
        {
            final TestEnsemble.Server loading = beginLoad(ensemble);
            final AtomicInteger steps = new AtomicInteger();
            final long tookMs = ensemble.await("it is loaded", 60_000, () ->
            {
                loading.disk.loadLimit(steps.incrementAndGet() % 2000 == 0 ? 2 : 0);
                return ensemble.areAllServing();
            });

            assertTrue(tookMs > 2 * TimeUnit.NANOSECONDS.toMillis(TIMES.initLimitNs()), "took " + tookMs);
            assertFalse(ensemble.leader().events.notices.contains(GIVEN_UP + loading.id));
        }
    }

    /** Proposals that are made meanwhile do not block heartbeats, although the learner cannot take them yet. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldBearALoadThatTakesLongWhileClientsWrite(final long seed)
    {
        try (TestEnsemble ensemble = ensemble(seed))
        {
            final TestEnsemble.Server loading = beginLoad(ensemble);
            final TestEnsemble.Server leader = ensemble.leader();
            final WireClient client = ensemble.connect(leader);
            final AtomicInteger steps = new AtomicInteger();
            ensemble.await("it is loaded", 60_000, () ->
            {
                loading.disk.loadLimit(steps.incrementAndGet() % 2000 == 0 ? 2 : 0);
                if (steps.get() % 500 == 0)
                {
                    client.create("/while-it-loads" + steps.get(), "", 0);
                }
                return ensemble.areAllServing();
            });

            assertEquals(List.of("a learner is sent a snapshot, shorter than what it lacks: " + loading.id),
                leader.events.notices.stream().filter(notice -> notice.endsWith(": " + loading.id)).toList());
            assertEquals(1, loading.events.states.stream().filter("following: established"::equals).count());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldGiveUpALoadThatStandsStill(final long seed)
    {
        try (TestEnsemble ensemble = ensemble(seed))
        {
            final TestEnsemble.Server loading = beginLoad(ensemble);
            final TestEnsemble.Server leader = ensemble.leader();
            ensemble.await("the leader gives it up", 5000, () -> leader.events.notices.contains(GIVEN_UP + loading.id));

            loading.disk.loadLimit(64);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            assertSame(leader, ensemble.leader());
        }
    }

    /** Two of three servers cannot make the epoch durable. The leader does not remain one in name only. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldEndAnEpochThatIsNotEstablishedInTime(final long seed)
    {
        try (TestEnsemble ensemble = ensemble(seed).startAll())
        {
            ensemble.await("somebody leads", 1000, () -> leading(ensemble) != null);
            final TestEnsemble.Server leader = leading(ensemble);
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                server.disk.holdForces(server != leader);
            }
            ensemble.await("it gives up", 6000,
                () -> leader.events.states.stream().anyMatch(state -> state.startsWith("looking: ")));
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                server.disk.holdForces(false);
            }
            ensemble.await("all serve", 5000, ensemble::areAllServing);
        }
    }

    /** A server that is elected but cannot make its epoch durable is left by those that elected it. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldLeaveALeaderThatDoesNotGetAhead(final long seed)
    {
        try (TestEnsemble ensemble = ensemble(seed).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server first = ensemble.leader();
            first.kill();
            ensemble.await("another one is elected", 1000, () -> leading(ensemble) != null);
            final TestEnsemble.Server hung = leading(ensemble);
            hung.disk.holdForces(true);
            first.start();
            ensemble.await("another leads", 8000, () -> ensemble.leader() != null && ensemble.leader() != hung);
            assertTrue(hung.events.states.contains("looking: no quorum has promised the epoch in time"),
                ensemble::roles);
            hung.disk.holdForces(false);
            ensemble.await("all serve", 5000, ensemble::areAllServing);
        }
    }

    private static TestEnsemble.Server leading(final TestEnsemble ensemble)
    {
        for (final TestEnsemble.Server server : ensemble.servers)
        {
            if (server.agent != null && "leading".equals(server.agent.roleName()))
            {
                return server;
            }
        }
        return null;
    }

    /** A learner that takes less than is proposed is dropped and synchronized again. It slows down nobody meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldDropALearnerThatIsTooSlow(final long seed)
    {
        final DiskFaults smallRing = new DiskFaults(50_000, 200_000, 200_000, 0, 32 << 10, 64 << 20, 8 << 20, 512 << 10,
            30_000_000_000L);
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0, smallRing, TIMES))
        {
            ensemble.ringLength = 64 << 10;
            ensemble.startAll();
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server slow = ensemble.follower();
            final WireClient client = ensemble.connect(leader);
            slow.disk.holdForces(true);
            final String data = "d".repeat(1000);
            for (int i = 0; i < 1500; i++)
            {
                client.create("/n" + i, data, 0);
                assertTrue(ensemble.await("write " + i, 1000, client::hasNext) < 20, "a write waited");
                assertEquals(0, client.reply().error());
            }
            assertTrue(leader.events.notices.stream().anyMatch(notice -> notice.endsWith(": " + slow.id)),
                "it is still fed");
            slow.disk.holdForces(false);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            assertSame(leader, ensemble.leader());
            final WireClient there = ensemble.connect(slow);
            there.readPath(3, "/n1499", false);
            ensemble.await("a read", 1000, there::hasNext);
            assertEquals(0, there.reply().error());
        }
    }
}
