/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

/**
 * A vote: the server that is to lead, and the end of its history, given as current epoch and last logged zxid. The
 * current epoch comes from the epoch store, never from the last record, because an epoch that was established counts
 * even if nothing was proposed in it.
 *
 * @param leader server id, {@link #NOBODY} for no vote.
 * @param epoch  current epoch of that server.
 * @param zxid   last zxid that it logged.
 */
public record Vote(long leader, long epoch, long zxid)
{
    /** Server id that stands for no server. */
    public static final long NOBODY = -1;

    /** The vote of a server that votes for nobody. */
    public static final Vote NONE = new Vote(NOBODY, -1, -1);

    /**
     * Whether this vote beats another one: later epoch, then later zxid, then greater id.
     *
     * @param other vote to compare with.
     * @return true when this one is better.
     */
    public boolean beats(final Vote other)
    {
        if (epoch != other.epoch)
        {
            return epoch > other.epoch;
        }

        return zxid != other.zxid ? zxid > other.zxid : leader > other.leader;
    }

    /**
     * Whether the history named in this vote is behind another history.
     *
     * @param otherEpoch current epoch of the other.
     * @param otherZxid  last logged zxid of the other.
     * @return true when the other history goes further.
     */
    public boolean isBehind(final long otherEpoch, final long otherZxid)
    {
        return otherEpoch > epoch || (otherEpoch == epoch && otherZxid > zxid);
    }
}
