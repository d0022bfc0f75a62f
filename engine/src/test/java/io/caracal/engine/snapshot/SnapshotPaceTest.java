/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SnapshotPaceTest
{
    private static final long MB = 1024 * 1024;
    private static final long START_NS = 77;

    private static SnapshotPace begun(final long bytesPerSecond)
    {
        final SnapshotPace pace = new SnapshotPace(bytesPerSecond);
        pace.begin(START_NS);
        return pace;
    }

    /** Spends whatever the pace allows, at moments with the given distance. */
    private static long spent(final SnapshotPace pace, final long stepNs, final long endNs)
    {
        long bytes = 0;
        for (long nowNs = 0; nowNs <= endNs; nowNs += stepNs)
        {
            pace.advance(START_NS + nowNs);
            if (pace.isOpen())
            {
                bytes += pace.budget();
                pace.spend(pace.budget());
            }
        }

        return bytes;
    }

    @Test
    void shouldLetABurstGoAtOnce()
    {
        final SnapshotPace pace = begun(MB);
        assertEquals(SnapshotPace.BURST_BYTES, pace.budget());
        pace.spend(SnapshotPace.BURST_BYTES);
        assertFalse(pace.isOpen());
    }

    @Test
    void shouldSpendAsMuchWhateverTheStepsOfTime()
    {
        for (final long stepNs : new long[]{ 1_000, 17_001, 1_000_000, 90_000_000 })
        {
            final long bytes = spent(begun(MB), stepNs, 10_000_000_000L) - SnapshotPace.BURST_BYTES;
            assertTrue(bytes <= 10 * MB && bytes > 9.8 * MB, () -> bytes + " bytes in steps of " + stepNs + " ns");
        }
    }

    @Test
    void shouldSaySoonEnoughWhenItOpens()
    {
        final SnapshotPace pace = begun(3 * MB);
        pace.spend(SnapshotPace.BURST_BYTES + MB);
        final long nextNs = pace.nextNs();
        pace.advance(nextNs - 1000);
        assertFalse(pace.isOpen());
        assertTrue(pace.nextNs() <= nextNs + 1, "looking at it costs a nanosecond at most");
        pace.advance(pace.nextNs());
        assertTrue(pace.isOpen());
    }

    /** When all of a large tree is changed during a walk, before-images are written far beyond the budget. */
    @Test
    void shouldWaitHoweverMuchBeforeImagesHaveUsedUp()
    {
        for (final long bytesPerSecond : new long[]{ 1, MB, SnapshotSettings.BYTES_PER_SECOND_MAX })
        {
            final SnapshotPace pace = begun(bytesPerSecond);
            pace.spend(20_000 * MB);
            pace.advance(START_NS + 1);

            assertTrue(pace.nextNs() - START_NS >= 1_000_000_000L, "a pace of " + bytesPerSecond);
        }
    }

    @Test
    void shouldNotSaveUpMoreThanABurst()
    {
        final SnapshotPace pace = begun(SnapshotSettings.BYTES_PER_SECOND_MAX);
        pace.spend(SnapshotPace.BURST_BYTES);
        pace.advance(START_NS + 1_000_000_000_000_000L);
        assertEquals(SnapshotPace.BURST_BYTES, pace.budget());
    }

    @Test
    void shouldSetNoLimitWhenToldSo()
    {
        final SnapshotPace pace = begun(0);
        pace.spend(1L << 40);
        pace.advance(START_NS + 1);
        assertTrue(pace.isOpen());
        assertEquals(Long.MAX_VALUE, pace.budget());
    }

    @Test
    void shouldNotMakeUpForWhatWasWrittenWithoutALimit()
    {
        final SnapshotPace pace = begun(0);
        pace.spend(1L << 40);
        pace.bytesPerSecond(MB);
        pace.advance(START_NS + 1);

        assertEquals(SnapshotPace.BURST_BYTES, pace.budget());
        pace.spend(SnapshotPace.BURST_BYTES);
        assertFalse(pace.isOpen());
    }
}
