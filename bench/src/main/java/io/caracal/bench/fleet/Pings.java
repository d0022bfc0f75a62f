/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

/**
 * Decides whose turn it is to send a ping. The turns of a fleet are spread evenly over the interval, as if the clients
 * had nothing to do with each other. So the load of an idle crowd is the same at any moment, and a server never has the
 * pings of all sessions to answer at once.
 */
final class Pings
{
    private final int members;
    private final long stepNs;
    private long sinceNs;
    private int next;

    /** Begins to give each member one turn in each interval. */
    Pings(final int members, final long intervalNs, final long nowNs)
    {
        this.members = members;
        stepNs = Math.max(1, intervalNs / Math.max(1, members));
        sinceNs = nowNs;
    }

    /** Restarts the time to the next turn: no turn is due at the given time. */
    void putOff(final long nowNs)
    {
        sinceNs = nowNs;
    }

    /**
     * Returns how many members have their turn now. After a pause it may be all of them at once, but each only once.
     */
    int due(final long nowNs)
    {
        final long steps = Math.max(0, (nowNs - sinceNs) / stepNs);
        sinceNs += steps * stepNs;

        return (int)Math.min(steps, members);
    }

    /** Returns the index of the member whose turn is next, and moves on. */
    int next()
    {
        final int index = next;
        next = index + 1 == members ? 0 : index + 1;

        return index;
    }
}
