/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * When Aeron's driver must run though no socket stirs. Packets wake the loop by themselves; what is left are timers: a
 * gap found in one cycle is asked for in the next, soon; a stream that is still sends a sign of life ten times a
 * second. So the pause is short after work and doubles while there is none.
 */
final class DriverRhythm
{
    private static final long PAUSE_LEAST_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PAUSE_MAX_NS = TimeUnit.MILLISECONDS.toNanos(32);
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
        pauseNs = Math.min(PAUSE_MAX_NS, pauseNs * 2);

        return nanoClock.nanoTime() + pause;
    }
}
