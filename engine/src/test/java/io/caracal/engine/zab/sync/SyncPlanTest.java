/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void shouldSendASnapshotInPlaceOfManyTransactionsButNeverWhereSomethingIsCut()
    {
        final EpochEnds ends = new EpochEnds();
        ends.onLogged(90);
        assertEquals(new SyncPlan(SyncKind.SNAP, 80), SyncPlan.of(40, 40, 10, 80).orSnapshot(80, n -> n == 40, ends));
        assertEquals(new SyncPlan(SyncKind.DIFF, 40), SyncPlan.of(40, 40, 10, 80).orSnapshot(80, n -> n > 40, ends));
        assertEquals(new SyncPlan(SyncKind.DIFF, 40), SyncPlan.of(40, 40, 10, 40).orSnapshot(40, n -> true, ends));
        assertEquals(new SyncPlan(SyncKind.TRUNC, 40), SyncPlan.of(45, 40, 10, 80).orSnapshot(80, n -> true, ends));
    }

    @Test
    void shouldTakeASnapshotForShorterOnlyWhenItIsByFar()
    {
        final SnapshotChoice choice = new SnapshotChoice(1000, 4);
        assertTrue(choice.isWorthwhile(1000, 25_000));
        assertFalse(choice.isWorthwhile(1000, 25_001));
        assertFalse(choice.isWorthwhile(999, 1));
    }

    @Test
    void shouldSendByDefaultASnapshotThatIsShorterThanTheLeastThatItSpares()
    {
        assertTrue(SnapshotChoice.DEFAULT.isWorthwhile(1_000_000, 100_000_000));
        assertFalse(SnapshotChoice.DEFAULT.isWorthwhile(1_000_000, 100_000_001));
        assertFalse(SnapshotChoice.DEFAULT.isWorthwhile(49_999, 1));
    }

    @Test
    void shouldSendASnapshotWhenTheLogDoesNotReachBack()
    {
        assertEquals(new SyncPlan(SyncKind.SNAP, 30), SyncPlan.of(9, 9, 10, 30));
        assertEquals(new SyncPlan(SyncKind.SNAP, 30), SyncPlan.of(45, 9, 10, 30));
        assertEquals(new SyncPlan(SyncKind.SNAP, 30), SyncPlan.of(-1, EpochEnds.UNKNOWN, 0, 30));
    }
}
