/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.Vote;
import org.junit.jupiter.api.Test;

class BallotTest
{
    private static final Vote FOR_2 = new Vote(2, 1, 5);

    private final Ballot ballot = new Ballot(new Ensemble(new long[]{ 1, 2, 3 }, new long[0]));

    /**
     * A server that is linked but has said nothing may know more than all others, so one that has lost its disk must
     * not vote without having heard from it.
     */
    @Test
    void shouldNotTakeSilenceForLooking()
    {
        ballot.onVote(1, Vote.NONE);
        ballot.onVote(2, FOR_2);
        assertFalse(ballot.areAllLooking(1, false));
        ballot.onVote(3, Vote.NONE);
        assertTrue(ballot.areAllLooking(1, false));
    }

    @Test
    void shouldNotTakeAVoterOfAnEarlierRoundForLooking()
    {
        ballot.onVote(2, FOR_2);
        ballot.onVote(3, Vote.NONE);
        ballot.onLate(3);
        assertFalse(ballot.areAllLooking(1, false));
        ballot.onVote(3, Vote.NONE);
        ballot.clearVotes(1);
        assertFalse(ballot.areAllLooking(1, false));
    }

    @Test
    void shouldNotTakeAVoterThatHasALeaderForLooking()
    {
        ballot.onVote(2, FOR_2);
        ballot.onLeader(3, 2, false, false);
        assertFalse(ballot.areAllLooking(1, false));
        ballot.forget(3);
        assertFalse(ballot.areAllLooking(1, false));
    }

    /** When it is linked again it may have a leader, so it must be heard again. */
    @Test
    void shouldNotTakeAVoterForLookingWhoseLinkHasEnded()
    {
        ballot.onVote(2, FOR_2);
        ballot.onVote(3, Vote.NONE);
        assertTrue(ballot.areAllLooking(1, false));
        ballot.forget(3);
        assertFalse(ballot.areAllLooking(1, false));
    }

    /** It joined without a vote, so it must not help anybody to lead. */
    @Test
    void shouldNotMakeALeaderOfAFollowerWithoutAVote()
    {
        ballot.onVote(2, FOR_2);
        ballot.onLeader(3, 2, false, false);
        assertFalse(ballot.isQuorumFor(FOR_2));
        ballot.onLeader(2, 2, true, true);
        assertEquals(Vote.NOBODY, ballot.establishedLeader(Vote.NOBODY));
        ballot.onLeader(3, 2, false, true);
        assertTrue(ballot.isQuorumFor(FOR_2));
        assertEquals(2, ballot.establishedLeader(Vote.NOBODY));
    }

    /** A voter that only looks may hold more than the others, unless it says that it holds nothing. */
    @Test
    void shouldNotTakeLookingForAgreement()
    {
        ballot.onVote(1, FOR_2);
        ballot.onVote(2, FOR_2);
        assertFalse(ballot.haveAllAgreed(FOR_2), "nothing was heard of the third one");
        ballot.onVote(3, Vote.NONE);
        assertFalse(ballot.haveAllAgreed(FOR_2));
        ballot.onBlank(3, true);
        assertTrue(ballot.haveAllAgreed(FOR_2));
        ballot.forget(3);
        assertFalse(ballot.haveAllAgreed(FOR_2), "its link has ended");
        ballot.onLeader(3, 2, false, true);
        assertTrue(ballot.haveAllAgreed(FOR_2));
    }
}
