/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.Arrays;

/** The members of an ensemble: voters, which form quorums, and observers, which only learn. Immutable. */
public final class Ensemble
{
    private final long[] voters;
    private final long[] observers;

    /**
     * Creates an ensemble.
     *
     * @param voters    server ids of all voters, at least one, each once.
     * @param observers server ids of all observers, none of them a voter.
     */
    public Ensemble(final long[] voters, final long[] observers)
    {
        this.voters = voters.clone();
        this.observers = observers.clone();
        Arrays.sort(this.voters);
        Arrays.sort(this.observers);
        for (final long observer : observers)
        {
            if (isVoter(observer))
            {
                throw new IllegalArgumentException("server " + observer + " cannot be voter and observer");
            }
        }
    }

    /**
     * An ensemble of a single server.
     *
     * @param serverId the only voter.
     * @return an ensemble of one.
     */
    public static Ensemble ofOne(final long serverId)
    {
        return new Ensemble(new long[]{ serverId }, new long[0]);
    }

    /**
     * The quorum that a decision needs.
     *
     * @return majority of the voters.
     */
    public Quorum quorum()
    {
        return new Quorum(voters);
    }

    /**
     * Whether a server votes.
     *
     * @param serverId of the server.
     * @return true for a voter.
     */
    public boolean isVoter(final long serverId)
    {
        return Arrays.binarySearch(voters, serverId) >= 0;
    }

    /**
     * Whether a server belongs to the ensemble.
     *
     * @param serverId of the server.
     * @return true for a voter or an observer.
     */
    public boolean isMember(final long serverId)
    {
        return isVoter(serverId) || Arrays.binarySearch(observers, serverId) >= 0;
    }

    /**
     * Number of members.
     *
     * @return voters and observers together.
     */
    public int size()
    {
        return voters.length + observers.length;
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
     * Server id of a member. Voters come first; within each group ids ascend.
     *
     * @param index 0 to {@code size() - 1}.
     * @return its server id.
     */
    public long serverId(final int index)
    {
        return index < voters.length ? voters[index] : observers[index - voters.length];
    }
}
