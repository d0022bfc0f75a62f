/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.engine.port.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner that catches up does not write its tree again and again meanwhile. */
class PutOffSnapshotsTest
{
    private static final int TXNS_PER_SNAPSHOT = 40;

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
}
