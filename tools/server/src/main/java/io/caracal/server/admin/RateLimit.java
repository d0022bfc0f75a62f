/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/** Permits one call per interval. Thread-safe. */
final class RateLimit
{
    private final long intervalNs;
    private final NanoClock clock;
    private long lastNs;
    private boolean hasPassed;

    RateLimit(final long intervalMs, final NanoClock clock)
    {
        this.intervalNs = TimeUnit.MILLISECONDS.toNanos(intervalMs);
        this.clock = clock;
    }

    synchronized boolean tryPass()
    {
        final long nowNs = clock.nanoTime();
        if (hasPassed && nowNs - lastNs < intervalNs)
        {
            return false;
        }

        hasPassed = true;
        lastNs = nowNs;
        return true;
    }

    /** The call that passed last did nothing, so it does not count. */
    synchronized void takeBack()
    {
        hasPassed = false;
    }
}
