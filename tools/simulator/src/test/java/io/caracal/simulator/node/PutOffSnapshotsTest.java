/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.zab.sync.SnapshotChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner that catches up does not write its tree again and again meanwhile. */
class PutOffSnapshotsTest
{
    private static final int TXNS_PER_SNAPSHOT = 40;
    private static final String LOADED = "the snapshot of the leader is whole on disk, it is loaded: ";

    /** Brings back a follower that was away while znodes were created. It is sent the transactions, not a snapshot. */
    private static TestEnsemble.Server comeBack(final TestEnsemble ensemble, final int missed, final int ringLength)
    {
        ensemble.txnsPerSnapshot = TXNS_PER_SNAPSHOT;
        ensemble.startAll().await("all serve", 1000, ensemble::areAllServing);
        final TestEnsemble.Server follower = ensemble.follower();
        final TestEnsemble.Server leader = ensemble.leader();
        final WireClient client = ensemble.connect(leader);
        follower.kill();
        for (int i = 0; i < missed; i++)
        {
            client.create("/n" + i, "", 0);
        }
        ensemble.await("all are made", 10_000, () -> commits(leader) >= missed);
        ensemble.ringLength = ringLength;
        follower.start();

        return follower;
    }

    private static long commits(final TestEnsemble.Server server)
    {
        return server.events.counts.get(Count.COMMITS);
    }

    private static Long snapshots(final TestEnsemble.Server server)
    {
        return server.events.counts.get(Count.SNAPSHOTS);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldTakeOneSnapshotWhenItIsInSync(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0))
        {
            final TestEnsemble.Server follower = comeBack(ensemble, 10 * TXNS_PER_SNAPSHOT, 1 << 20);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            assertNull(snapshots(follower), "snapshots of a server that is not in sync");

            ensemble.runMs(1000);
            assertEquals(1, snapshots(follower));
        }
    }

    /** The follower's own log, which it must apply again after a restart, does not grow without bound. */
    @Test
    void shouldTakeSomeMeanwhileWhenItMissedVeryMuch()
    {
        try (TestEnsemble ensemble = new TestEnsemble(4, 3, 0))
        {
            final TestEnsemble.Server follower = comeBack(ensemble, 30 * TXNS_PER_SNAPSHOT, 1 << 14);
            ensemble.await("it is back", 5000, ensemble::areAllServing);

            ensemble.runMs(1000);
            assertEquals(2, snapshots(follower));
        }
    }

    /**
     * A snapshot waits for the log to be forced, and another one for the first one, when the leader sends its own. None
     * of them may show a tree that is about to go, or one that is half loaded.
     */
    @Test
    void shouldTakeNoneWhileTheTreeIsReplaced()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0))
        {
            ensemble.txnsPerSnapshot = TXNS_PER_SNAPSHOT;
            ensemble.snapshotChoice = new SnapshotChoice(20, 0);
            ensemble.startAll().await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server follower = ensemble.follower();
            final WireClient client = ensemble.connect(leader);
            follower.disk.holdLogForces(true);
            client.create("/unforced", "", 0);
            ensemble.runMs(50);
            demandSnapshot(ensemble, follower);
            demandSnapshot(ensemble, follower);
            ensemble.isolate(follower, true);
            for (int i = 0; i < 2 * TXNS_PER_SNAPSHOT; i++)
            {
                client.create("/n" + i, "", 0);
            }
            ensemble.runMs(1500);

            follower.disk.loadLimit(0);
            ensemble.isolate(follower, false);
            ensemble.await("the snapshot of the leader is on its disk", 5000,
                () -> follower.events.notices.contains(LOADED + leader.id));
            follower.disk.holdLogForces(false);
            follower.disk.loadLimit(1);
            ensemble.runMs(1);
            follower.disk.loadLimit(0);
            ensemble.runMs(1500);
            assertNull(snapshots(follower));
            follower.disk.loadLimit(Integer.MAX_VALUE);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            ensemble.await("the snapshot that waited", 5000, () -> snapshots(follower) != null);
        }
    }

    private static void demandSnapshot(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        server.operators.completed = 0;
        server.operators.queries.add(OperatorQuery.SNAPSHOT);
        ensemble.await("the demand is taken", 1000, () -> server.operators.completed == 1);
        ensemble.runMs(50);
    }
}
