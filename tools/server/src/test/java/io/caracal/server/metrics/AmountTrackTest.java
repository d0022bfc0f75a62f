/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AmountTrackTest
{
    private final AmountTrack track = new AmountTrack();

    @Test
    void shouldTellSmallNumbersAsTheyAre()
    {
        for (final long amount : new long[]{ 3, 0, 200, 1, 1 })
        {
            track.record(amount);
        }

        final Summary figures = track.figures();
        assertEquals(5, figures.count());
        assertEquals(0, figures.min());
        assertEquals(200, figures.max());
        assertEquals(205, figures.sum());
        assertEquals(41, figures.mean());
        assertEquals(1, figures.percentile(50));
    }

    @Test
    void shouldTellZerosAloneAndNothingAtAllAsZero()
    {
        assertEquals(0, track.figures().mean());
        assertEquals(0, track.figures().max());
        track.record(0);
        track.record(0);

        final Summary figures = track.figures();
        assertEquals(2, figures.count());
        assertEquals(0, figures.sum());
        assertEquals(0, figures.max());
        assertEquals(0, figures.percentile(99));
    }

    @Test
    void shouldTellLargeNumbersToOnePercentAndHugeOnesAsTheLargest()
    {
        track.record(1_000_000);
        assertEquals(1_000_000.0, (double)track.figures().max(), 10_000.0);

        track.record(Long.MAX_VALUE);
        assertEquals((double)AmountTrack.HIGHEST, (double)track.figures().max(), AmountTrack.HIGHEST / 100.0);
    }

    @Test
    void shouldForgetOnResetAndKeepWhatWasRead()
    {
        track.record(7);
        final Summary before = track.figures();
        track.reset();
        track.record(2);

        assertEquals(1, before.count());
        assertEquals(7, before.max());
        assertEquals(1, track.figures().count());
        assertEquals(2, track.figures().max());
    }
}
