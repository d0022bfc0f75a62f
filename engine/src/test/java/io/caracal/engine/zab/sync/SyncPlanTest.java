/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.zab.EpochEnds;
import io.caracal.engine.zab.codec.SyncKind;
import org.junit.jupiter.api.Test;

class SyncPlanTest
{
    @Test
    void shouldSendWhatIsMissingFromWhereTheLearnerEnds()
    {
        assertEquals(new SyncPlan(SyncKind.DIFF, 40), SyncPlan.of(40, 40, 10, 30));
        assertEquals(new SyncPlan(SyncKind.DIFF, 10), SyncPlan.of(10, 10, 10, 30));
    }

    @Test
    void shouldCutWhatTheLeaderNeverHad()
    {
        assertEquals(new SyncPlan(SyncKind.TRUNC, 40), SyncPlan.of(45, 40, 10, 30));
    }

    @Test
    void shouldSendASnapshotWhenTheLogDoesNotReachBack()
    {
        assertEquals(new SyncPlan(SyncKind.SNAP, 30), SyncPlan.of(9, 9, 10, 30));
        assertEquals(new SyncPlan(SyncKind.SNAP, 30), SyncPlan.of(45, 9, 10, 30));
        assertEquals(new SyncPlan(SyncKind.SNAP, 30), SyncPlan.of(-1, EpochEnds.UNKNOWN, 0, 30));
    }
}
