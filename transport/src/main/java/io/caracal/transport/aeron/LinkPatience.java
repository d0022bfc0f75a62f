/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;

/**
 * Decides how long an attempt to link may take: as long as it makes progress. A link needs a dozen rounds of both
 * loops, and a loop may come round seldom on a machine that has little time for it. So each step has as much time as
 * the attempt had at first. There are few steps, so every attempt ends.
 * <p>
 * A process that was stopped has not yet seen what arrived meanwhile. So when a look comes much later than it was due,
 * the wait for what is missing begins anew. That happens once for each step at most, because the loop may also be slow
 * permanently.
 */
final class LinkPatience
{
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** A look that comes this long after the one before is late. */
    private static final long LATE_NS = 2 * LOOK_NS;

    private final long timeoutNs;
    private long deadlineNs;
    private long sinceNs;
    private long lookedNs;
    private int steps;
    private boolean wasLate;

    /**
     * Begins with no step made.
     *
     * @param timeoutNs  for each step.
     * @param deadlineNs of the first step.
     */
    LinkPatience(final long timeoutNs, final long deadlineNs)
    {
        this.timeoutNs = timeoutNs;
        this.deadlineNs = deadlineNs;
        sinceNs = deadlineNs - timeoutNs;
        lookedNs = sinceNs;
    }

    /** Notes how many steps have been made. */
    void onLook(final int count, final long nowNs)
    {
        if (count > steps)
        {
            steps = count;
            sinceNs = nowNs;
            deadlineNs = nowNs + timeoutNs;
            wasLate = false;
        }
        else if (!wasLate && nowNs - lookedNs > LATE_NS)
        {
            sinceNs = nowNs;
            wasLate = true;
        }

        lookedNs = nowNs;
    }

    /** When to look again at the latest, so that a late look reveals a stop of the process. */
    long nextLookNs()
    {
        return Math.min(deadlineNs, lookedNs + LOOK_NS);
    }

    long deadlineNs()
    {
        return deadlineNs;
    }

    /** Whether the next step has taken too long. */
    boolean isOver(final long nowNs)
    {
        return nowNs - deadlineNs >= 0;
    }

    /**
     * Whether half of the time for the next step has passed, and at least the given time, without a stop of this
     * process.
     */
    boolean isHalfOver(final long nowNs, final long leastNs)
    {
        return nowNs - sinceNs >= Math.max(leastNs, deadlineNs - nowNs);
    }
}
