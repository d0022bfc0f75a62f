/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.PeerLinks;
import io.caracal.engine.zab.Vote;
import org.junit.jupiter.api.Test;

class DiagnosisTest
{
    private static final Vote FOR_1 = new Vote(1, 1, 5);

    private final Ensemble members = new Ensemble(new long[]{ 1, 2, 3 }, new long[]{ 4 });
    private final PeerLinks links = new PeerLinks(members, 1);
    private final Ballot ballot = new Ballot(members);
    private final Diagnosis diagnosis = new Diagnosis(members, links, ballot, 1);

    @Test
    void shouldMissVotersBeforeVotes()
    {
        ballot.onVote(1, FOR_1);
        links.onUp(4, 1);
        assertEquals(new Standstill(Obstacle.TOO_FEW_LINKED, 2), diagnosis.ofVoter(), "an observer is no voter");
        links.onUp(3, 1);
        assertEquals(new Standstill(Obstacle.TOO_FEW_VOTE, 3), diagnosis.ofVoter());
        ballot.onVote(3, FOR_1);
        assertEquals(new Standstill(Obstacle.NONE, 1), diagnosis.ofVoter());
    }

    @Test
    void shouldCountFollowersThatVotedAndNoOthers()
    {
        ballot.onVote(1, FOR_1);
        links.onUp(2, 1);
        links.onUp(3, 1);
        ballot.onLeader(2, 3, false, false);
        assertEquals(new Standstill(Obstacle.TOO_FEW_VOTE, 2), diagnosis.ofVoter());
        ballot.onLeader(2, 3, false, true);
        assertEquals(new Standstill(Obstacle.NONE, 1), diagnosis.ofVoter());
    }

    @Test
    void shouldNameTheLeaderOfOthersThatIsNotLinked()
    {
        ballot.onVote(1, FOR_1);
        links.onUp(2, 1);
        ballot.onLeader(2, 3, false, true);
        assertEquals(new Standstill(Obstacle.LEADER_NOT_LINKED, 3), diagnosis.ofVoter());
        assertEquals(new Standstill(Obstacle.LEADER_NOT_LINKED, 3), diagnosis.ofDoubt(false));

        links.onUp(3, 1);
        assertEquals(new Standstill(Obstacle.NONE, 1), diagnosis.ofVoter());
    }

    @Test
    void shouldBelieveNobodyAboutALeaderWhoIsNotLinkedItself()
    {
        ballot.onVote(1, FOR_1);
        ballot.onLeader(2, 3, false, true);
        assertEquals(new Standstill(Obstacle.TOO_FEW_LINKED, 2), diagnosis.ofVoter());
        links.onUp(2, 1);
        ballot.onLeader(2, 1, false, true);
        assertEquals(new Standstill(Obstacle.NONE, 1), diagnosis.ofVoter(), "who still follows this server");
    }

    @Test
    void shouldWaitForAllWhereTheOwnDiskIsInDoubt()
    {
        links.onUp(2, 1);
        ballot.onVote(2, Vote.NONE);
        ballot.onBlank(2, true);
        assertEquals(new Standstill(Obstacle.IN_DOUBT, 3), diagnosis.ofDoubt(false));
        assertEquals(new Standstill(Obstacle.BLANK, 3), diagnosis.ofDoubt(true));

        links.onUp(3, 1);
        ballot.onVote(3, FOR_1);
        assertEquals(new Standstill(Obstacle.NONE, 1), diagnosis.ofDoubt(false));
        assertEquals(new Standstill(Obstacle.BLANK, 3), diagnosis.ofDoubt(true), "it holds history");
    }

    @Test
    void shouldTakeNumbersOfLaterRecordsForNoObstacle()
    {
        assertEquals(Obstacle.DISK, Obstacle.of(Obstacle.DISK.ordinal()));
        assertEquals(Obstacle.NONE, Obstacle.of(Obstacle.values().length));
        assertEquals(Obstacle.NONE, Obstacle.of(-1));
    }
}
