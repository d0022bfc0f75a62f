/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RoleTimesTest
{
    private static final long MS = 1_000_000;

    private final RoleTimes times = new RoleTimes();

    private void at(final long ms, final String state, final String reason)
    {
        times.onState(state, reason, ms * MS);
    }

    @Test
    void shouldCountWhatAMemberThatLosesItsLeaderGoesThrough()
    {
        at(1_000, "starting", null);
        at(1_010, "looking", "the own history is loaded");
        at(1_040, "following", "a leader was found");
        at(1_100, "following", "established");
        assertEquals(1, times.lookings());
        assertEquals(30, times.elections().sum());
        assertEquals(100, times.absences().sum());
        assertEquals(0, times.absencesEnded().count(), "it has ended no absence by leading");

        at(9_000, "looking", "the link with the leader ended");
        at(9_020, "leading", "elected");
        at(9_060, "leading", "established");
        assertEquals(2, times.lookings());
        assertEquals(2, times.elections().count());
        assertEquals(20, times.elections().min());
        assertEquals(2, times.absences().count());
        assertEquals(60, times.absences().min());
        assertEquals(1, times.absencesEnded().count());
        assertEquals(60, times.absencesEnded().sum());
    }

    /** Clients wait until the last of these elections ends. */
    @Test
    void shouldCountElectionsThatCameToNothingAsOneAbsence()
    {
        at(0, "looking", "start");
        at(10, "leading", "elected");
        at(200, "looking", "no quorum got ahead with this epoch");
        at(230, "observing", "a leader was found");
        at(240, "observing", "established");

        assertEquals(2, times.lookings());
        assertEquals(40, times.elections().sum());
        assertEquals(1, times.absences().count());
        assertEquals(240, times.absences().sum());
    }

    @Test
    void shouldForgetTimesAndNotTheCount()
    {
        at(0, "looking", "start");
        at(10, "leading", "elected");
        at(20, "leading", "established");
        times.reset();

        assertEquals(1, times.lookings());
        assertEquals(0, times.elections().count());
        assertEquals(0, times.absences().count());
        assertEquals(0, times.absencesEnded().count());
    }
}
