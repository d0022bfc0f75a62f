/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Decides when Aeron's driver must run although no packet has arrived. Packets wake the loop by themselves, but the
 * driver also has timers: it asks again for a gap soon after the cycle in which it found the gap, and a stream that
 * carries nothing sends a heartbeat ten times a second. So the pause between two runs is short after work, and grows
 * fourfold each time there is none. The pause has to grow because even a server without clients hears from the others
 * many times a second, and the runs that follow each time are most of what it does.
 */
final class DriverRhythm
{
    private static final long PAUSE_LEAST_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PAUSE_MAX_NS = TimeUnit.MILLISECONDS.toNanos(64);
    private static final int PAUSE_GROWTH = 4;
    private static final long PAUSE_WITHOUT_STREAMS_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final NanoClock nanoClock;
    private long pauseNs = PAUSE_LEAST_NS;

    DriverRhythm(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
    }

    long nextDeadlineNs(final int workCount, final boolean hasStreams)
    {
        if (workCount > 0)
        {
            pauseNs = PAUSE_LEAST_NS;
            return nanoClock.nanoTime();
        }

        final long pause = hasStreams ? pauseNs : PAUSE_WITHOUT_STREAMS_NS;
        pauseNs = Math.min(PAUSE_MAX_NS, PAUSE_GROWTH * pauseNs);

        return nanoClock.nanoTime() + pause;
    }
}
