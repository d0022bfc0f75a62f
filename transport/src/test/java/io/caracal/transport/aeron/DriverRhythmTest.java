/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DriverRhythmTest
{
    private static final long NOW_NS = 7;

    private final DriverRhythm rhythm = new DriverRhythm(() -> NOW_NS);

    private long pauseMs(final int workCount, final boolean hasStreams)
    {
        return TimeUnit.NANOSECONDS.toMillis(rhythm.nextDeadlineNs(workCount, hasStreams) - NOW_NS);
    }

    @Test
    void shouldPauseLongerAndLongerWhileThereIsNoWork()
    {
        assertEquals(1, pauseMs(0, true));
        assertEquals(4, pauseMs(0, true));
        assertEquals(16, pauseMs(0, true));
        assertEquals(64, pauseMs(0, true));
        assertEquals(64, pauseMs(0, true));
    }

    @Test
    void shouldRunAgainAtOnceAfterWorkAndBeginWithAShortPause()
    {
        pauseMs(0, true);
        pauseMs(0, true);

        assertEquals(0, pauseMs(1, true));
        assertEquals(1, pauseMs(0, true));
    }

    @Test
    void shouldRestWithoutStreams()
    {
        assertEquals(500, pauseMs(0, false));
        assertEquals(500, pauseMs(0, false));
    }
}
