/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.Arrays;
import org.agrona.collections.ArrayUtil;

/**
 * What a set of voters needs for a decision: a majority. The members are the server ids of all voters.
 */
public final class Quorum
{
    private final long[] voters;

    /**
     * A majority quorum.
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
     * How many voters there are.
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
     * Highest position that a quorum has reached.
     *
     * @param positions position of each voter, by {@link #indexOf}.
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
     * Whether some voters are enough for a decision.
     *
     * @param isIn for each voter, by {@link #indexOf}, whether it takes part.
     * @return true for more than half of them.
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
