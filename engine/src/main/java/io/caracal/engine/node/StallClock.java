/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/**
 * A clock that leaves out times in which this server itself stood still. If a duty cycle begins much later than it was
 * due, the time in between is not held against other servers and clients, because their signs of life may lie unread in
 * the sockets. When others judge this server, real time counts.
 * <p>
 * Part of each stall counts, as much as is no stall by itself. So the clock goes on even if every duty cycle takes so
 * long that it is a stall: a server that is always slow gives up silent servers and ends sessions later than others,
 * but not never.
 */
final class StallClock
{
    /**
     * A duty cycle that begins more than this after it was wanted counts as a stall of the server, which the clock
     * leaves out except for this much of it.
     */
    static final long STALL_NS = 100_000_000L;

    private long lastNs;
    private long wantedNs;
    private long stalledNs;
    private boolean hasBegun;

    /**
     * A duty cycle begins. After a cycle with work it was wanted at once; after an idle cycle, at the latest at the
     * deadline that was asked for.
     */
    void advance(final long nowNs, final boolean isAfterIdle)
    {
        if (hasBegun)
        {
            final long lateNs = nowNs - (isAfterIdle ? Math.max(wantedNs, lastNs) : lastNs);
            stalledNs += Math.max(0, lateNs - STALL_NS);
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
