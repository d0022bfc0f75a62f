/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.SeededRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotScheduleTest
{
    private static int txnsUntilDue(final SnapshotSchedule schedule, final int lengthBytes)
    {
        int txns = 0;
        while (!schedule.isDue())
        {
            schedule.onTxn(lengthBytes);
            txns++;
        }

        return txns;
    }

    @Test
    void shouldBeDueInTheSecondHalfOfTheTransactionsEachTimeElsewhere()
    {
        final SnapshotSchedule schedule =
            new SnapshotSchedule(new SnapshotSettings(1000, 4L << 30, 0), new SeededRandom(1));
        final Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 50; i++)
        {
            final int txns = txnsUntilDue(schedule, 100);
            assertTrue(txns > 500 && txns <= 1000, () -> "due after " + txns);
            seen.add(txns);
            schedule.restart();
        }
        assertTrue(seen.size() > 25, "drawn anew each time");
    }

    @Test
    void shouldBeDueByTheBytesOfTheLog()
    {
        final SnapshotSchedule schedule = new SnapshotSchedule(new SnapshotSettings(1_000_000, 10_000, 0),
            new SeededRandom(2));
        for (int i = 0; i < 50; i++)
        {
            final int txns = txnsUntilDue(schedule, 100);
            assertTrue(txns > 50 && txns <= 101, () -> "due after " + txns);
            schedule.restart();
        }
    }

    @Test
    void shouldBeDueAfterManyTimesAsManyTransactionsWhenItIsPutOff()
    {
        final SnapshotSchedule schedule = new SnapshotSchedule(new SnapshotSettings(1000, 0, 0), new SeededRandom(5));
        final int due = txnsUntilDue(schedule, 1);
        final int more = (SnapshotSchedule.PUT_OFF_MAX - 1) * 1000;
        for (int i = 0; i < more; i++)
        {
            assertFalse(schedule.isLongDue(), "put off after " + (due + i));
            schedule.onTxn(1);
        }

        assertTrue(schedule.isLongDue());
        schedule.restart();
        assertFalse(schedule.isLongDue());
    }

    @Test
    void shouldNotPutOffWhatTheBytesOfTheLogDemand()
    {
        final SnapshotSchedule schedule = new SnapshotSchedule(new SnapshotSettings(1000, 100, 0), new SeededRandom(6));
        assertFalse(schedule.isLongDue());
        schedule.onTxn(100);

        assertTrue(schedule.isLongDue());
    }

    @Test
    void shouldCountAnewWhenALimitIsChangedAndOnlyThen()
    {
        final SnapshotSchedule schedule = new SnapshotSchedule(new SnapshotSettings(1000, 0, 0), new SeededRandom(7));
        assertTrue(txnsUntilDue(schedule, 1) > 500);
        schedule.settings(new SnapshotSettings(1000, 0, 1));
        assertTrue(schedule.isDue(), "only the pace was changed");
        schedule.settings(new SnapshotSettings(10, 0, 1));
        assertTrue(txnsUntilDue(schedule, 1) <= 10);
        schedule.settings(new SnapshotSettings(10, 1L << 20, 1));
        assertFalse(schedule.isDue());
    }

    @Test
    void shouldIgnoreBytesWhenSwitchedOff()
    {
        final SnapshotSchedule schedule = new SnapshotSchedule(new SnapshotSettings(1000, 0, 0), new SeededRandom(3));
        schedule.onTxn(Long.MAX_VALUE / 2);
        assertFalse(schedule.isDue());
    }

    @Test
    void shouldBeDueAfterTwoTransactionsAtTheLeast()
    {
        assertTrue(txnsUntilDue(new SnapshotSchedule(new SnapshotSettings(2, 0, 0), new SeededRandom(4)), 1) <= 2);
        assertThrows(IllegalArgumentException.class, () -> new SnapshotSettings(1, 0, 0));
    }
}
