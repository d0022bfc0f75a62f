/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/**
 * Determines when requests are due. In an open loop the n-th request is due n intervals after the start, whether or not
 * those before were answered. So if a server stalls, all requests that it keeps waiting count with their whole wait.
 * In a closed loop a request is due when there is room for it.
 */
final class Pace
{
    private final double intervalNs;
    private long startNs;
    private long endNs;
    private boolean isEnded;
    private long count;

    /** Creates a pace; interval zero means a closed loop. */
    Pace(final double intervalNs)
    {
        this.intervalNs = intervalNs;
    }

    void start(final long timeNs)
    {
        startNs = timeNs;
        count = 0;
        isEnded = false;
    }

    /** Ends the schedule: nothing becomes due from this time on. What was due before must still be sent. */
    void end(final long timeNs)
    {
        endNs = timeNs;
        isEnded = true;
    }

    boolean isOpenLoop()
    {
        return intervalNs > 0;
    }

    boolean isDue(final long nowNs)
    {
        return !isOpenLoop() || (nowNs - nextDueNs() >= 0 && (!isEnded || nextDueNs() - endNs < 0));
    }

    long nextDueNs()
    {
        return startNs + (long)(count * intervalNs);
    }

    /**
     * Returns how many requests were due before the end but were not sent; zero as long as the schedule has not ended.
     */
    long owed()
    {
        return isEnded ? Math.max(0, (long)Math.ceil((endNs - nextDueNs()) / intervalNs)) : 0;
    }

    void advance()
    {
        count++;
    }
}
