/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/**
 * A clock that stands still while this server did: a gap between duty cycles that nobody had asked for is not held
 * against others, whose signs of life may lie unread in the sockets. What others may hold against this server goes by
 * the real time.
 */
final class StallClock
{
    /** A duty cycle that comes this much later than it was wanted counts as a stall of the server. */
    static final long STALL_NS = 100_000_000L;

    private long lastNs;
    private long wantedNs;
    private long stalledNs;
    private boolean hasBegun;

    /**
     * A duty cycle begins. One that follows a cycle with work was wanted at once, one that follows an idle cycle at the
     * latest at the deadline that was asked for.
     */
    void advance(final long nowNs, final boolean isAfterIdle)
    {
        if (hasBegun)
        {
            final long lateNs = nowNs - (isAfterIdle ? Math.max(wantedNs, lastNs) : lastNs);
            stalledNs += lateNs > STALL_NS ? lateNs : 0;
        }
        hasBegun = true;
        lastNs = nowNs;
        wantedNs = nowNs;
    }

    void wanted(final long deadlineNs)
    {
        wantedNs = deadlineNs;
    }

    long watchNs()
    {
        return lastNs - stalledNs;
    }

    long toNowNs(final long watchNs)
    {
        return watchNs == Long.MAX_VALUE ? watchNs : watchNs + stalledNs;
    }
}
