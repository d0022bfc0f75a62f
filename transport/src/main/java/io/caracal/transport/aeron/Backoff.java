/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;

/** Computes the pauses between attempts: none at first, then 20 ms, doubling up to one second. */
final class Backoff
{
    private static final long PAUSE_LEAST_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PAUSE_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    private long pauseNs;

    /** Returns the pause before the next attempt, in nanoseconds, and lengthens the one after it. */
    long next()
    {
        final long present = pauseNs;
        pauseNs = Math.max(PAUSE_LEAST_NS, Math.min(PAUSE_MAX_NS, 2 * present));

        return present;
    }

    void reset()
    {
        pauseNs = 0;
    }
}
