/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ThreadClockTest
{
    private static final int LOOKS_MAX = 1_000_000;

    @Test
    void shouldTellTheProcessorTimeOfTheThreadThatAsksOnceItIsSetUp()
    {
        final ThreadClock clock = new ThreadClock();
        assertEquals(ThreadClock.UNKNOWN, clock.getAsLong());

        clock.setUp();

        final long first = clock.getAsLong();
        assertTrue(first > 0);
        long next = first;
        for (int i = 0; next == first && i < LOOKS_MAX; i++)
        {
            next = clock.getAsLong();
        }
        assertTrue(next > first);
    }
}
