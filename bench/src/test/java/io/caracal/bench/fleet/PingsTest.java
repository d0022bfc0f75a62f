/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PingsTest
{
    private static final int MEMBERS = 30;
    private static final long INTERVAL_NS = 3_000;

    private final Pings pings = new Pings(MEMBERS, INTERVAL_NS, 500);

    @Test
    void shouldSpreadTheTurnsEvenlyOverTheInterval()
    {
        assertEquals(0, pings.due(500 + 99));
        assertEquals(1, pings.due(500 + 100));
        assertEquals(0, pings.due(500 + 199), "what is over of a step counts, and no more");
        assertEquals(1, pings.due(500 + 200));
        assertEquals(MEMBERS / 2 - 2, pings.due(500 + INTERVAL_NS / 2));
    }

    @Test
    void shouldGiveEachMemberItsTurnInTheSameOrderAgainAndAgain()
    {
        for (int turn = 0; turn < 3 * MEMBERS; turn++)
        {
            assertEquals(turn % MEMBERS, pings.next());
        }
    }

    @Test
    void shouldGiveEachOneTurnAfterAPauseOfManyIntervals()
    {
        assertEquals(MEMBERS, pings.due(500 + 7 * INTERVAL_NS + 30));
        assertEquals(0, pings.due(500 + 7 * INTERVAL_NS + 99));
        assertEquals(1, pings.due(500 + 7 * INTERVAL_NS + 100));
    }

    @Test
    void shouldGiveNoTurnsForTimeThatWasPutOff()
    {
        pings.putOff(500 + 2 * INTERVAL_NS);
        assertEquals(0, pings.due(500 + 2 * INTERVAL_NS + 99));
        assertEquals(1, pings.due(500 + 2 * INTERVAL_NS + 100));
    }

    @Test
    void shouldGiveTurnsToMoreMembersThanAnIntervalHasNanoseconds()
    {
        assertEquals(5, new Pings(10, 5, 0).due(5));
    }
}
