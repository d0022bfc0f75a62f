/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/**
 * Detects that something makes no progress: remembers when a measure of it has last changed. Heartbeats only show that
 * a process lives, not that it does anything. Times are those of the {@link StallClock}.
 */
final class Headway
{
    private final long limitNs;
    private long measure = Long.MIN_VALUE;
    private long sinceNs;
    private long steps;

    /**
     * Starts watching.
     *
     * @param limitNs how long the measure may stand still.
     * @param watchNs now.
     */
    Headway(final long limitNs, final long watchNs)
    {
        this.limitNs = limitNs;
        sinceNs = watchNs;
    }

    /** Standing still does not count now, because it is somebody else's turn. */
    void rest(final long watchNs)
    {
        sinceNs = watchNs;
    }

    /** How often the measure was seen to have changed. */
    long steps()
    {
        return steps;
    }

    /** Notes the present measure. Returns true when it has stood still for too long. */
    boolean isStuck(final long newMeasure, final long watchNs)
    {
        if (newMeasure != measure)
        {
            measure = newMeasure;
            sinceNs = watchNs;
            steps++;
        }

        return watchNs - sinceNs > limitNs;
    }
}
