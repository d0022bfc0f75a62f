/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.Quorum;
import io.caracal.engine.zab.Vote;
import java.util.Arrays;

/** The votes of the present round, and what the voters that have a leader say about it. */
final class Ballot
{
    private final Ensemble members;
    private final Quorum quorum;
    private final Vote[] votes;
    private final long[] leaders;
    private final boolean[] isLeading;
    private final boolean[] isLooking;
    private final boolean[] counts;
    private final boolean[] isBlank;
    private final boolean[] isIn;

    Ballot(final Ensemble members)
    {
        this.members = members;
        quorum = members.quorum();
        votes = new Vote[members.voterCount()];
        leaders = new long[members.voterCount()];
        isLeading = new boolean[members.voterCount()];
        isLooking = new boolean[members.voterCount()];
        counts = new boolean[members.voterCount()];
        isBlank = new boolean[members.voterCount()];
        isIn = new boolean[members.voterCount()];
        Arrays.fill(votes, Vote.NONE);
        Arrays.fill(leaders, Vote.NOBODY);
    }

    /**
     * Begins a new round, in which the votes of earlier rounds no longer count.
     *
     * @param self this server; a voter that follows it has done so since an earlier round, when it led, and does not
     *             count.
     */
    void clearVotes(final long self)
    {
        Arrays.fill(votes, Vote.NONE);
        Arrays.fill(isLooking, false);
        for (int i = 0; i < leaders.length; i++)
        {
            counts[i] &= leaders[i] != self;
        }
    }

    /** A voter is looking for a leader, but in an earlier round. */
    void onLate(final long voter)
    {
        onVote(voter, Vote.NONE);
        if (quorum.indexOf(voter) >= 0)
        {
            isLooking[quorum.indexOf(voter)] = false;
        }
    }

    /** A voter is looking for a leader in this round. Its vote may be {@link Vote#NONE}. */
    void onVote(final long voter, final Vote vote)
    {
        final int index = quorum.indexOf(voter);
        if (index >= 0)
        {
            votes[index] = vote;
            isLooking[index] = true;
            leaders[index] = Vote.NOBODY;
            isLeading[index] = false;
        }
    }

    /**
     * A voter has a leader, which may be itself. A voter whose history is in doubt follows without having voted, so it
     * does not count towards anyone's leadership.
     */
    void onLeader(final long voter, final long leader, final boolean leads, final boolean doesCount)
    {
        final int index = quorum.indexOf(voter);
        if (index >= 0)
        {
            leaders[index] = leader;
            isLooking[index] = false;
            isLeading[index] = leads;
            counts[index] = doesCount;
            votes[index] = Vote.NONE;
        }
    }

    void onBlank(final long voter, final boolean blank)
    {
        final int index = quorum.indexOf(voter);
        if (index >= 0)
        {
            isBlank[index] = blank;
        }
    }

    /** Forgets everything known about a voter. */
    void forget(final long voter)
    {
        final int index = quorum.indexOf(voter);
        if (index >= 0)
        {
            votes[index] = Vote.NONE;
            leaders[index] = Vote.NOBODY;
            isLooking[index] = false;
            isLeading[index] = false;
            isBlank[index] = false;
        }
    }

    /** The best among all votes of this round and another vote. */
    Vote best(final Vote other)
    {
        Vote best = other;
        for (final Vote vote : votes)
        {
            best = vote.beats(best) ? vote : best;
        }

        return best;
    }

    /**
     * Whether a quorum has cast a vote. A voter that already follows a server counts as having voted for it, whatever
     * history the vote names.
     */
    boolean isQuorumFor(final Vote vote)
    {
        for (int i = 0; i < votes.length; i++)
        {
            isIn[i] = hasVoted(i, vote);
        }

        return vote.leader() != Vote.NOBODY && quorum.isReached(isIn);
    }

    boolean hasVoted(final long voter, final Vote vote)
    {
        return hasVoted(quorum.indexOf(voter), vote);
    }

    private boolean hasVoted(final int index, final Vote vote)
    {
        return votes[index].equals(vote) || (leaders[index] == vote.leader() && counts[index]);
    }

    /**
     * Whether all voters have cast a vote, except those that look for a leader and have no history to lose. Who has
     * cast a vote has nothing that the server in the vote lacks.
     */
    boolean haveAllAgreed(final Vote vote)
    {
        for (int i = 0; i < votes.length; i++)
        {
            if (!hasVoted(i, vote) && !isLooking(i, true))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether every voter except one has said in this round that it is looking for a leader and, if {@code andBlank},
     * that it is blank. A voter that is linked but silent may know more than all others, so it must be heard first.
     */
    boolean areAllLooking(final long except, final boolean andBlank)
    {
        for (int i = 0; i < votes.length; i++)
        {
            if (members.serverId(i) != except && !isLooking(i, andBlank))
            {
                return false;
            }
        }

        return true;
    }

    /** Whether the voter at an index has said in this round that it is looking for a leader and, if asked, is blank. */
    boolean isLooking(final int index, final boolean andBlank)
    {
        return isLooking[index] && (!andBlank || isBlank[index]);
    }

    /**
     * The server that the voter at an index says it follows, or {@link Vote#NOBODY} if it follows none or is silent.
     */
    long leader(final int index)
    {
        return leaders[index];
    }

    /** Whether the voter at an index has cast a vote that counts, or has a leader that it voted for. */
    boolean votes(final int index)
    {
        return votes[index].leader() != Vote.NOBODY || (leaders[index] != Vote.NOBODY && counts[index]);
    }

    /**
     * Finds a server that says it leads and that a quorum follows, including a voter that is willing to follow it.
     *
     * @param willing voter that would follow; {@link Vote#NOBODY} for an observer or a server whose vote does not
     *                count.
     * @return server id, {@link Vote#NOBODY} when there is none.
     */
    long establishedLeader(final long willing)
    {
        for (int i = 0; i < leaders.length; i++)
        {
            final long leader = members.serverId(i);
            if (isLeading[i] && leaders[i] == leader && isFollowedByQuorum(leader, willing))
            {
                return leader;
            }
        }

        return Vote.NOBODY;
    }

    private boolean isFollowedByQuorum(final long leader, final long willing)
    {
        for (int i = 0; i < leaders.length; i++)
        {
            isIn[i] = (leaders[i] == leader && counts[i]) || members.serverId(i) == willing;
        }

        return quorum.isReached(isIn);
    }
}
