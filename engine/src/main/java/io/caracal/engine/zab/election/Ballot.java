/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.Quorum;
import io.caracal.engine.zab.Vote;
import java.util.Arrays;

/** What each voter said in the present round, and what those said that have a leader. */
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
     * Begins a new round: what was said in earlier ones no longer counts.
     *
     * @param self this server: who follows it does so since an earlier round, when it led.
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

    /** A voter looks for a leader, and is in an earlier round. */
    void onLate(final long voter)
    {
        onVote(voter, Vote.NONE);
        if (quorum.indexOf(voter) >= 0)
        {
            isLooking[quorum.indexOf(voter)] = false;
        }
    }

    /** A voter that looks for a leader in this round; its vote may be none. */
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
     * A voter that has a leader, which may be itself. One whose history is in doubt follows without having voted, and
     * makes nobody a leader.
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

    /** Nothing is known of a voter any more. */
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

    /** The best of all votes of this round and another one. */
    Vote best(final Vote other)
    {
        Vote best = other;
        for (final Vote vote : votes)
        {
            best = vote.beats(best) ? vote : best;
        }

        return best;
    }

    /** A voter that already follows a server has voted for it, even if its vote said something else meanwhile. */
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
     * Whether every voter but one has said in this round that it looks for a leader, and, if asked, that it is blank. A
     * voter that is linked and has said nothing yet may know more than all others, so it must be heard first.
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

    /** Whether a voter, by its place among them, has said in this round that it looks for a leader. */
    boolean isLooking(final int index, final boolean andBlank)
    {
        return isLooking[index] && (!andBlank || isBlank[index]);
    }

    /** Whom a voter, by its place among them, says that it follows; {@link Vote#NOBODY}: nobody, or it said nothing. */
    long leader(final int index)
    {
        return leaders[index];
    }

    /** Whether a voter, by its place among them, has a vote that counts, or a leader that it voted for. */
    boolean votes(final int index)
    {
        return votes[index].leader() != Vote.NOBODY || (leaders[index] != Vote.NOBODY && counts[index]);
    }

    /**
     * A leader that a quorum follows, counting a server that is willing to follow it, and that says itself that it
     * leads.
     *
     * @param willing voter that would follow, {@link Vote#NOBODY} for an observer or one whose vote does not count.
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
