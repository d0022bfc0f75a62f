/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/**
 * Whether something gets ahead: remembers when a measure of it has last changed. Heartbeats only tell that a process
 * lives, not that it does anything. Times are of the clock that stands still while this server does.
 */
final class Headway
{
    private final long limitNs;
    private long measure = Long.MIN_VALUE;
    private long sinceNs;
    private long steps;

    /**
     * Watches from now on.
     *
     * @param limitNs how long it may stand still.
     * @param watchNs now.
     */
    Headway(final long limitNs, final long watchNs)
    {
        this.limitNs = limitNs;
        sinceNs = watchNs;
    }

    /** It is somebody else's turn, so standing still does not count. */
    void rest(final long watchNs)
    {
        sinceNs = watchNs;
    }

    /** How often it was seen to have come further. */
    long steps()
    {
        return steps;
    }

    /** Notes the present measure; true when it has stood still for too long. */
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
