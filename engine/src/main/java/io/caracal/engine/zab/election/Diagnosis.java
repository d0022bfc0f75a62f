/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.PeerLinks;
import io.caracal.engine.zab.Vote;
import java.util.function.IntPredicate;

/**
 * Finds out what prevents an election from ending. The result is for people only: it decides nothing, and is computed
 * rarely.
 */
final class Diagnosis
{
    private final Ensemble members;
    private final PeerLinks links;
    private final Ballot ballot;
    private final long self;

    Diagnosis(final Ensemble members, final PeerLinks links, final Ballot ballot, final long self)
    {
        this.members = members;
        this.links = links;
        this.ballot = ballot;
        this.self = self;
    }

    /** Diagnosis for a server whose vote counts, or for an observer. */
    Standstill ofVoter()
    {
        final long elsewhere = leaderElsewhere();

        if (elsewhere != Vote.NOBODY)
        {
            return new Standstill(Obstacle.LEADER_NOT_LINKED, elsewhere);
        }

        if (!isQuorum(this::isHere))
        {
            return first(Obstacle.TOO_FEW_LINKED, voter -> !isHere(voter));
        }

        return isQuorum(voter -> isHere(voter) && ballot.votes(voter)) ? new Standstill(Obstacle.NONE, self) :
            first(Obstacle.TOO_FEW_VOTE, voter -> isHere(voter) && !ballot.votes(voter));
    }

    /** Diagnosis for a server whose vote does not count because its history may be lost. */
    Standstill ofDoubt(final boolean isBlank)
    {
        final long elsewhere = leaderElsewhere();

        return elsewhere != Vote.NOBODY ? new Standstill(Obstacle.LEADER_NOT_LINKED, elsewhere) : first(isBlank ?
            Obstacle.BLANK : Obstacle.IN_DOUBT,
            voter -> !isHere(voter) ||
                !(members.serverId(voter) == self || ballot.isLooking(voter, isBlank)));
    }

    /** A leader that some linked voter follows but that is not linked with this server. */
    private long leaderElsewhere()
    {
        for (int i = 0; i < members.voterCount(); i++)
        {
            if (!isHere(i) && isFollowed(members.serverId(i)))
            {
                return members.serverId(i);
            }
        }

        return Vote.NOBODY;
    }

    private boolean isFollowed(final long leader)
    {
        for (int i = 0; i < members.voterCount(); i++)
        {
            if (isHere(i) && ballot.leader(i) == leader)
            {
                return true;
            }
        }

        return false;
    }

    private boolean isHere(final int voter)
    {
        return members.serverId(voter) == self || links.isUp(members.serverId(voter));
    }

    private boolean isQuorum(final IntPredicate isIn)
    {
        final boolean[] voters = new boolean[members.voterCount()];
        for (int i = 0; i < voters.length; i++)
        {
            voters[i] = isIn.test(i);
        }

        return members.quorum().isReached(voters);
    }

    private Standstill first(final Obstacle obstacle, final IntPredicate isExample)
    {
        for (int i = 0; i < members.voterCount(); i++)
        {
            if (isExample.test(i))
            {
                return new Standstill(obstacle, members.serverId(i));
            }
        }

        return new Standstill(Obstacle.NONE, self);
    }
}
