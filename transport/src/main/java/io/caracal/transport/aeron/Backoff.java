/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;

/** Pauses between attempts: none at first, then 20 ms, doubling to a second. */
final class Backoff
{
    private static final long PAUSE_LEAST_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PAUSE_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    private long pauseNs;

    /** The pause before the next attempt. */
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
