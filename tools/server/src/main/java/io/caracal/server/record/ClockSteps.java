/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * Notices when somebody sets the wall clock, by comparing it with the monotonic clock since the look before. A clock
 * that is only made to go faster or slower, as by NTP, is never that far off between two looks. Used by one thread.
 */
final class ClockSteps
{
    /** Smaller steps are not noticed. */
    static final long STEP_MIN_MS = 1_000;

    /** Both clocks have to be read within this time, or their difference says nothing. */
    private static final long READ_MAX_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final NanoClock clock;
    private final EpochClock epochClock;
    private boolean hasLooked;
    private long lastNs;
    private long lastMs;

    /**
     * Compares two clocks.
     *
     * @param clock      monotonic.
     * @param epochClock wall clock.
     */
    ClockSteps(final NanoClock clock, final EpochClock epochClock)
    {
        this.clock = clock;
        this.epochClock = epochClock;
    }

    /** Returns by how many seconds the wall clock went forward, or back if negative, since the last look; mostly 0. */
    long look()
    {
        final long nowNs = clock.nanoTime();
        final long nowMs = epochClock.time();
        if (clock.nanoTime() - nowNs > READ_MAX_NS)
        {
            return 0;
        }

        final long aheadMs = nowMs - lastMs - TimeUnit.NANOSECONDS.toMillis(nowNs - lastNs);
        final boolean isStep = hasLooked && Math.abs(aheadMs) >= STEP_MIN_MS;
        hasLooked = true;
        lastNs = nowNs;
        lastMs = nowMs;

        return isStep ? Math.round(aheadMs / 1e3) : 0;
    }
}
