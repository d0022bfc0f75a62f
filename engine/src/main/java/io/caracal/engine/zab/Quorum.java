/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.Arrays;
import org.agrona.collections.ArrayUtil;

/**
 * A majority quorum over a fixed set of voters, which are known by their server ids.
 */
public final class Quorum
{
    private final long[] voters;

    /**
     * Creates a quorum.
     *
     * @param voters server ids of all voters, at least one, each once.
     */
    public Quorum(final long... voters)
    {
        if (voters.length == 0)
        {
            throw new IllegalArgumentException("an ensemble needs at least one voter");
        }

        this.voters = Arrays.copyOf(voters, voters.length);
        Arrays.sort(this.voters);
    }

    /**
     * Number of voters.
     *
     * @return one or more.
     */
    public int voterCount()
    {
        return voters.length;
    }

    /**
     * Place of a voter in the sorted set.
     *
     * @param serverId of the voter.
     * @return 0 to {@code voterCount() - 1}, or {@link ArrayUtil#UNKNOWN_INDEX} when it does not vote.
     */
    public int indexOf(final long serverId)
    {
        final int index = Arrays.binarySearch(voters, serverId);

        return index >= 0 ? index : ArrayUtil.UNKNOWN_INDEX;
    }

    /**
     * Highest position that a quorum of voters has reached.
     *
     * @param positions position of each voter, indexed by {@link #indexOf}.
     * @param scratch   as long as {@code positions}; overwritten.
     * @return the largest value that more than half of the voters have reached.
     */
    public long reachedByQuorum(final long[] positions, final long[] scratch)
    {
        System.arraycopy(positions, 0, scratch, 0, positions.length);
        Arrays.sort(scratch);

        return scratch[(scratch.length - 1) / 2];
    }

    /**
     * Whether a subset of the voters is a quorum.
     *
     * @param isIn whether each voter is in the subset, indexed by {@link #indexOf}.
     * @return true when it has more than half of the voters.
     */
    public boolean isReached(final boolean[] isIn)
    {
        int count = 0;
        for (final boolean each : isIn)
        {
            count += each ? 1 : 0;
        }

        return count > voters.length / 2;
    }
}
