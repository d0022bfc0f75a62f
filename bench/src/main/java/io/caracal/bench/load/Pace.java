/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/**
 * When requests are due. In an open loop the n-th is due n intervals after the start, whatever became of those before,
 * so that a server that stalls is charged for all requests that it keeps waiting. In a closed loop a request is due
 * when there is room for it.
 */
final class Pace
{
    private final double intervalNs;
    private long startNs;
    private long count;

    /** Interval zero: a closed loop. */
    Pace(final double intervalNs)
    {
        this.intervalNs = intervalNs;
    }

    void start(final long timeNs)
    {
        startNs = timeNs;
        count = 0;
    }

    boolean isOpenLoop()
    {
        return intervalNs > 0;
    }

    boolean isDue(final long nowNs)
    {
        return !isOpenLoop() || nowNs - nextDueNs() >= 0;
    }

    long nextDueNs()
    {
        return startNs + (long)(count * intervalNs);
    }

    /** How many were due before now and were not sent. */
    long behind(final long nowNs)
    {
        return Math.max(0, (long)((nowNs - nextDueNs()) / intervalNs));
    }

    void advance()
    {
        count++;
    }
}
