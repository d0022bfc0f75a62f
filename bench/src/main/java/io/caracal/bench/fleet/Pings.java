/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

/**
 * Whose turn it is to send a ping. The turns of a fleet are spread evenly over the interval, as those of clients are
 * that have nothing to do with each other: so what a server does in any moment of an idle crowd is what it does in all,
 * and it never has the pings of all sessions at hand at once.
 */
final class Pings
{
    private final int members;
    private final long stepNs;
    private long sinceNs;
    private int next;

    /** Every one of some members sends one in each interval, from now on. */
    Pings(final int members, final long intervalNs, final long nowNs)
    {
        this.members = members;
        stepNs = Math.max(1, intervalNs / Math.max(1, members));
        sinceNs = nowNs;
    }

    /** Nobody's turn has come so far. */
    void putOff(final long nowNs)
    {
        sinceNs = nowNs;
    }

    /** How many have their turn now; after a pause all at once, but each once only. */
    int due(final long nowNs)
    {
        final long steps = Math.max(0, (nowNs - sinceNs) / stepNs);
        sinceNs += steps * stepNs;

        return (int)Math.min(steps, members);
    }

    /** The index of the one whose turn is next. */
    int next()
    {
        final int index = next;
        next = index + 1 == members ? 0 : index + 1;

        return index;
    }
}
