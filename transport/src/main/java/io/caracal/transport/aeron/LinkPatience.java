/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/**
 * How long an attempt to link may take: as long as it gets ahead. A link needs a dozen rounds of both loops, which take
 * a while where one of them comes round seldom, on a machine that has little time for it. So each step has as much time
 * as the attempt had at first; there are few steps, so that an attempt ends in any case.
 */
final class LinkPatience
{
    private final long timeoutNs;
    private long deadlineNs;
    private long steppedNs;
    private int steps;

    /**
     * No step is made yet.
     *
     * @param timeoutNs  for each step.
     * @param deadlineNs of the first one.
     */
    LinkPatience(final long timeoutNs, final long deadlineNs)
    {
        this.timeoutNs = timeoutNs;
        this.deadlineNs = deadlineNs;
        steppedNs = deadlineNs - timeoutNs;
    }

    /** So many steps are made. */
    void onSteps(final int count, final long nowNs)
    {
        if (count > steps)
        {
            steps = count;
            steppedNs = nowNs;
            deadlineNs = nowNs + timeoutNs;
        }
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

    /** Whether half of the time for the next step is over, and a least time. */
    boolean isHalfOver(final long nowNs, final long leastNs)
    {
        return nowNs - steppedNs >= Math.max(leastNs, deadlineNs - nowNs);
    }
}
