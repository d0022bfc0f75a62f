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
    private long endNs;
    private boolean isEnded;
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
        isEnded = false;
    }

    /** From this moment on nothing more becomes due. What was due before and was not sent is owed still. */
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

    /** How many were due before the end and were not sent; none as long as it has not ended. */
    long owed()
    {
        return isEnded ? Math.max(0, (long)Math.ceil((endNs - nextDueNs()) / intervalNs)) : 0;
    }

    void advance()
    {
        count++;
    }
}
