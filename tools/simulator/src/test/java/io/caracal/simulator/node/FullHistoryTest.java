/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.caracal.engine.node.EnsembleTimes;
import io.caracal.simulator.disk.DiskFaults;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Full rings of proposals. What fits into the ring of a leader need not fit into another one. The limits of servers may
 * differ, and even in a ring of the same length the same transactions need more room when the end of the ring falls
 * elsewhere among them.
 */
class FullHistoryTest
{
    private static final int EXISTS = 3;
    private static final int RING_LENGTH = 64 << 10;
    private static final int LONG = 15_000;
    private static final int WRITES = 40;

    /** After which a server that has not heard its leader tells clients nothing more. */
    private static final int UNSURE_MS = 1100;

    /** The default times, except for shorter limits on standing still. */
    private static final EnsembleTimes TIMES = TestEnsemble.timesMs(100, 1000, 1232, 200, 3000, 2000);

    private static TestEnsemble ensemble(final long seed)
    {
        final TestEnsemble ensemble = new TestEnsemble(seed, 3, 0, DiskFaults.HEALTHY, TIMES);
        ensemble.ringLength = RING_LENGTH;
        return ensemble;
    }

    private static void cutStreams(final TestEnsemble ensemble, final TestEnsemble.Server server, final boolean isCut)
    {
        for (final TestEnsemble.Server other : ensemble.servers)
        {
            if (other != server)
            {
                ensemble.cutStreams(server, other, isCut);
            }
        }
    }

    /** Lets a leader that nobody hears fill its ring and its log, and then ends all processes. */
    private static TestEnsemble.Server fillAlone(final TestEnsemble ensemble, final int length)
    {
        final TestEnsemble.Server leader = ensemble.leader();
        final WireClient client = ensemble.connect(leader);
        cutStreams(ensemble, leader, true);
        for (int i = 0; i < 2 * RING_LENGTH / length; i++)
        {
            client.create("/long" + i, "d".repeat(length), 0);
        }
        ensemble.runMs(100);
        assertSame(leader, ensemble.leader(), "it does not know yet that nobody hears it");
        List.of(ensemble.servers).forEach(TestEnsemble.Server::kill);
        cutStreams(ensemble, leader, false);

        return leader;
    }

    private static void assertKept(final TestEnsemble ensemble, final String path)
    {
        final WireClient client = ensemble.connect(ensemble.follower());
        client.readPath(EXISTS, path, false);
        ensemble.await("a read", 1000, client::hasNext);
        assertEquals(0, client.reply().error());
    }

    /** None of these transactions can be committed before another server has all of them. */
    @Test
    void shouldTakeOverMoreThatIsNotCommittedThanCouldBeProposedHere()
    {
        try (TestEnsemble ensemble = ensemble(1).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = fillAlone(ensemble, 1000);
            leader.start();
            ensemble.ringLength = RING_LENGTH / 4;
            ensemble.servers[leader.id == 1 ? 1 : 0].start();
            ensemble.await("both serve", 5000, ensemble::areAllServing);

            assertSame(leader, ensemble.leader());
            assertKept(ensemble, "/long50");
        }
    }

    /**
     * All rings have the same length, but each server is at another position in its own. Two of three servers come
     * back.
     */
    @ParameterizedTest
    @ValueSource(ints = { 0, 4, 8, 12 })
    void shouldTakeOverWhatIsNotCommittedWhereverItsRingEnds(final int moved)
    {
        try (TestEnsemble ensemble = ensemble(moved + 1))
        {
            ensemble.txnsPerSnapshot = 50;
            ensemble.startAll();
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final WireClient client = ensemble.connect(ensemble.leader());
            for (int i = 0; i < 200 + moved; i++)
            {
                client.create("/n" + i, "x".repeat(500), 0);
                ensemble.await("a write", 1000, client::hasNext);
                assertEquals(0, client.reply().error());
            }
            final TestEnsemble.Server leader = fillAlone(ensemble, LONG);
            leader.start();
            ensemble.servers[leader.id == 1 ? 1 : 0].start();
            ensemble.await("both serve", 5000, ensemble::areAllServing);

            assertSame(leader, ensemble.leader());
            assertKept(ensemble, "/long2");
        }
    }

    /** Fills the ring of the leader until not even the shortest transaction fits, which is that of an error. */
    private static void fill(final TestEnsemble ensemble)
    {
        final WireClient client = ensemble.connect(ensemble.leader());
        final WireClient other = ensemble.connect(ensemble.leader());
        List.of(ensemble.servers).forEach(server -> server.disk.holdForces(true));
        for (int i = 0; i < RING_LENGTH / LONG; i++)
        {
            client.create("/long" + i, "d".repeat(LONG), 0);
        }
        ensemble.runMs(20);
        for (int i = 0; i < LONG / 100; i++)
        {
            other.delete("/none", -1);
        }
        ensemble.runMs(20);
    }

    /** The client wanted to go to another server, which has died before the leader had room for the move. */
    @Test
    void shouldLeaveASessionWhereItIsIfThereWasNoRoomForItsMove()
    {
        try (TestEnsemble ensemble = ensemble(1).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server holder = ensemble.follower();
            final List<TestEnsemble.Server> others = new ArrayList<>(List.of(ensemble.servers));
            others.removeAll(List.of(holder, ensemble.leader()));
            final WireClient client = ensemble.connect(holder);
            fill(ensemble);
            final TestEnsemble.Server other = others.get(0);
            new WireClient(other.clients, () -> ensemble.runMs(50)).ask(client.sessionId, client.password, 10_000);
            ensemble.runMs(50);
            other.kill();
            List.of(ensemble.servers).forEach(server -> server.disk.holdForces(false));

            client.create("/after", "", 0);
            ensemble.await("a write", 1000, client::hasNext);
            assertEquals(0, client.reply().error());
        }
    }

    /**
     * While the disk of a follower took nothing, its leader stepped down. What that one had proposed and committed
     * before fills the follower's ring: it may not apply it without a leader, and has to read on to hear that this one
     * is gone.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldLeaveALeaderThatIsGoneThoughItsLastProposalsFillTheRing(final long seed)
    {
        final DiskFaults little = new DiskFaults(50_000, 200_000, 20_000_000, 5, RING_LENGTH, 1 << 16, 1 << 14,
            512 << 10, 30_000_000_000L);
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0, little, TIMES))
        {
            ensemble.ringLength = RING_LENGTH;
            ensemble.startAll();
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server follower = ensemble.follower();
            final WireClient client = ensemble.connect(leader);
            follower.disk.holdForces(true);
            for (int i = 0; i < WRITES; i++)
            {
                client.create("/n" + i, "d".repeat(LONG), 0);
            }
            for (int i = 0; i < WRITES; i++)
            {
                ensemble.await("write " + i, 1000, client::hasNext);
                assertEquals(0, client.reply().error());
            }
            leader.disk.full(true);
            for (int i = WRITES; i < 2 * WRITES; i++)
            {
                client.create("/n" + i, "d".repeat(LONG), 0);
            }
            ensemble.await("the leader steps down", 900, () -> !"leading".equals(leader.agent.roleName()));
            ensemble.runMs(UNSURE_MS);
            follower.disk.holdForces(false);
            leader.disk.full(false);
            ensemble.await("all serve again", 5000, ensemble::areAllServing);
        }
    }

    /** A follower learns what its leader has committed even from proposals for which it has no room. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldNotWaitForACommitThatComesBehindWhatWaitsForIt(final long seed)
    {
        try (TestEnsemble ensemble = ensemble(seed))
        {
            ensemble.startAll();
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final WireClient client = ensemble.connect(leader);
            for (int i = 0; i < 300; i++)
            {
                client.create("/n" + i, "d".repeat(LONG - i), 0);
            }
            for (int i = 0; i < 300; i++)
            {
                ensemble.await("write " + i, 1000, client::hasNext);
                assertEquals(0, client.reply().error());
            }
            assertSame(leader, ensemble.leader());
            assertEquals(List.of(), leader.events.notices.stream().filter(notice -> notice.startsWith("a learner is"))
                .toList());
        }
    }
}
