/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StallClockTest
{
    private static final long MS = 1_000_000L;

    private final StallClock clock = new StallClock();

    @Test
    void shouldGoAlongWhileTheServerRuns()
    {
        clock.advance(10 * MS, false);
        clock.advance(20 * MS, false);
        clock.advance(110 * MS, false);
        assertEquals(110 * MS, clock.watchNs());
    }

    @Test
    void shouldGoAlongWhileTheLoopRestsAsItWanted()
    {
        clock.advance(10 * MS, false);
        clock.wanted(5000 * MS);
        clock.advance(4000 * MS, true);
        assertEquals(4000 * MS, clock.watchNs());
    }

    @Test
    void shouldAlmostStandStillWhileTheServerDoes()
    {
        clock.advance(10 * MS, false);
        clock.advance(60_010 * MS, false);
        assertEquals(110 * MS, clock.watchNs());
        assertEquals(60_020 * MS, clock.toNowNs(120 * MS));
        clock.advance(60_020 * MS, false);
        assertEquals(120 * MS, clock.watchNs());
    }

    @Test
    void shouldGoOnThoughEveryDutyCycleTakesLong()
    {
        for (int i = 1; i <= 100; i++)
        {
            clock.advance(150L * i * MS, false);
        }
        assertEquals((150 + 99 * 100) * MS, clock.watchNs());
    }

    @Test
    void shouldCountOnlyTheRestOfAStallThatBeganWhileTheLoopRested()
    {
        clock.advance(10 * MS, false);
        clock.wanted(500 * MS);
        clock.advance(60_000 * MS, true);
        assertEquals(600 * MS, clock.watchNs());
    }
}
