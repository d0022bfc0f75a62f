/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.PeerLinks;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.PeerStatement;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.codec.PeerState;
import java.util.Arrays;

/**
 * One search for a leader. Each server first votes for itself and then for any better server it hears of. When a quorum
 * agrees, the decision is made at once if every linked voter agrees, otherwise after a short wait for the ones that
 * disagree or are silent. A server that already has a leader answers with it; that is believed when a quorum says the
 * same and the leader itself confirms it.
 * <p>
 * A server whose own history may be lost, or that has not served with these voters, does not vote, but may follow. It
 * votes only while every voter is linked and looking for a leader, because then every acknowledged transaction must be
 * among them. It decides only when all that have a history agree with it: one that looks and has not voted yet may hold
 * more than the others. A blank server votes only when all voters are blank.
 */
public final class Election
{
    private static final long NEVER = Long.MAX_VALUE;

    private final Ensemble members;
    private final PeerLinks links;
    private final PeerSender sender;
    private final Candidate self;
    private final long finalizeWaitNs;
    private final Ballot ballot;
    private final boolean[] isToBeTold;
    private Vote vote;
    private long round;
    private boolean votes;
    private long agreedNs = NEVER;

    /**
     * What this server contributes to an election.
     *
     * @param serverId    of this server.
     * @param epoch       its current epoch.
     * @param zxid        last zxid that it logged.
     * @param isVoter     whether it is one of the voters.
     * @param isTrusted   whether its history certainly contains all that it ever acknowledged, and the voters are those
     *                    that this server has served with.
     * @param isBlank     whether it has never adopted any history.
     * @param isWithdrawn whether it wants neither to lead nor to vote, because it is about to leave.
     */
    public record Candidate(long serverId, long epoch, long zxid, boolean isVoter, boolean isTrusted, boolean isBlank,
        boolean isWithdrawn)
    {
        private boolean votesAlways()
        {
            return isVoter && isTrusted && !isWithdrawn;
        }

        private boolean votesInFullAssemblyOnly()
        {
            return isVoter && !isTrusted && !isWithdrawn;
        }
    }

    /**
     * Begins a round.
     *
     * @param members        of the ensemble.
     * @param links          of this server.
     * @param sender         to other servers.
     * @param self           this server.
     * @param round          later than every round that this server took part in.
     * @param finalizeWaitNs how long a decision waits for voters that disagree or are silent.
     */
    public Election(final Ensemble members, final PeerLinks links, final PeerSender sender, final Candidate self,
        final long round, final long finalizeWaitNs)
    {
        this.members = members;
        this.links = links;
        this.sender = sender;
        this.self = self;
        this.round = Math.max(round, followersRound() + 1);
        this.finalizeWaitNs = finalizeWaitNs;
        ballot = new Ballot(members);
        isToBeTold = new boolean[members.size()];
        votes = self.votesAlways();
        vote = votes ? ownVote() : Vote.NONE;
        changed();
        hearAll();
    }

    /** Counts the statements that others made before this election began; they hold until they say something else. */
    private void hearAll()
    {
        for (int i = 0; i < members.size(); i++)
        {
            final long server = members.serverId(i);
            if (links.isUp(server))
            {
                onStatement(server, links.statement(server));
            }
        }
    }

    /**
     * The latest round among servers that still follow this one because they have not heard that it no longer leads.
     */
    private long followersRound()
    {
        long latest = 0;
        for (int i = 0; i < members.size(); i++)
        {
            final PeerStatement statement = links.statement(members.serverId(i));
            if (links.isUp(members.serverId(i)) && isFollower(statement))
            {
                latest = Math.max(latest, statement.round());
            }
        }

        return latest;
    }

    private boolean isFollower(final PeerStatement statement)
    {
        return statement.state() == PeerState.FOLLOWING && statement.vote().leader() == self.serverId();
    }

    /**
     * Whether a server follows this one because of its earlier leadership. That is no vote for it: this server may have
     * just stepped down because others have a more recent history, and would otherwise be elected again and again.
     */
    private boolean isOfEarlierLead(final PeerStatement statement)
    {
        return isFollower(statement) && statement.round() != round;
    }

    private Vote ownVote()
    {
        return new Vote(self.serverId(), self.epoch(), self.zxid());
    }

    /** This server's vote or round has changed, so all other servers have to be told. */
    private void changed()
    {
        ballot.onVote(self.serverId(), vote);
        Arrays.fill(isToBeTold, true);
        agreedNs = NEVER;
    }

    /**
     * The present round.
     *
     * @return a number that only rises.
     */
    public long round()
    {
        return round;
    }

    /**
     * Whether the vote of this server counts.
     *
     * @return true unless its own history may be lost.
     */
    public boolean votes()
    {
        return votes;
    }

    /**
     * A link came up. The other end knows nothing about this server yet.
     *
     * @param server at the other end.
     */
    public void onLinkUp(final long server)
    {
        tell(server);
    }

    /**
     * A link went down. What the other end said may no longer hold.
     *
     * @param server at the other end.
     */
    public void onLinkDown(final long server)
    {
        ballot.forget(server);
        if (votes && self.votesInFullAssemblyOnly() && members.isVoter(server))
        {
            leaveFullAssembly();
            changed();
        }
    }

    private void tell(final long server)
    {
        final int index = links.indexOf(server);
        if (index >= 0)
        {
            isToBeTold[index] = true;
        }
    }

    /**
     * Another server says whom it votes for or follows.
     *
     * @param from      server that says it.
     * @param statement what it says.
     */
    public void onStatement(final long from, final PeerStatement statement)
    {
        ballot.onBlank(from, statement.isBlank());
        switch (statement.state())
        {
            case LOOKING -> onLooking(from, statement);
            case FOLLOWING -> ballot.onLeader(from, statement.vote().leader(), false, statement.votes() &&
                !isOfEarlierLead(statement));
            case LEADING -> ballot.onLeader(from, from, true, true);
            case OBSERVING, LEAVING, NULL_VAL -> ballot.forget(from);
        }
        joinFullAssembly();
    }

    private void onLooking(final long from, final PeerStatement statement)
    {
        final Vote other =
            statement.votes() && members.isVoter(statement.vote().leader()) ? statement.vote() : Vote.NONE;
        if (statement.round() < round)
        {
            ballot.onLate(from);
            tell(from);
            return;
        }

        if (statement.round() > round)
        {
            round = statement.round();
            ballot.clearVotes(self.serverId());
            leaveFullAssembly();
            vote = votes ? better(ownVote(), other) : Vote.NONE;
            changed();
        }
        else if (votes && other.beats(vote))
        {
            vote = other;
            changed();
        }
        ballot.onVote(from, other);
    }

    private static Vote better(final Vote one, final Vote other)
    {
        return other.beats(one) ? other : one;
    }

    private void joinFullAssembly()
    {
        if (!votes && self.votesInFullAssemblyOnly() && links.hasAllVoters() &&
            ballot.areAllLooking(self.serverId(), self.isBlank()))
        {
            votes = true;
            vote = ballot.best(ownVote());
            changed();
        }
    }

    /** The assembly is no longer known to be full: a voter is missing, or has not been heard in a new round. */
    private void leaveFullAssembly()
    {
        if (self.votesInFullAssemblyOnly())
        {
            votes = false;
            vote = Vote.NONE;
        }
    }

    /**
     * Sends pending notifications, and decides on a leader if that is possible.
     *
     * @param nowNs monotonic time.
     * @return server id of the leader, {@link Vote#NOBODY} while there is none.
     */
    public long doWork(final long nowNs)
    {
        joinFullAssembly();
        tellAll();
        final long established = ballot.establishedLeader(self.votesAlways() ? self.serverId() : Vote.NOBODY);

        return established != Vote.NOBODY && established != self.serverId() ? established : decide(nowNs);
    }

    private void tellAll()
    {
        for (int i = 0; i < isToBeTold.length; i++)
        {
            if (isToBeTold[i] && links.isUp(members.serverId(i)))
            {
                isToBeTold[i] = !sender.notification(members.serverId(i), round, vote,
                    self.isWithdrawn() ? PeerState.LEAVING : PeerState.LOOKING, self.isBlank(), votes);
            }
        }
    }

    private long decide(final long nowNs)
    {
        if (!votes || !ballot.isQuorumFor(vote))
        {
            agreedNs = NEVER;
            return Vote.NOBODY;
        }

        agreedNs = agreedNs == NEVER ? nowNs : agreedNs;

        final boolean isInTime = haveAllLinkedAgreed() || nowNs - agreedNs >= finalizeWaitNs;

        return isInTime && !isWaitingForAll() ? vote.leader() : Vote.NOBODY;
    }

    /** Whether this server must not decide yet, because its own history may be lost and not all have agreed. */
    private boolean isWaitingForAll()
    {
        return self.votesInFullAssemblyOnly() && !ballot.haveAllAgreed(vote);
    }

    private boolean haveAllLinkedAgreed()
    {
        for (int i = 0; i < members.voterCount(); i++)
        {
            final long voter = members.serverId(i);
            if (links.isUp(voter) && !ballot.hasVoted(voter, vote))
            {
                return false;
            }
        }

        return true;
    }

    /**
     * Why there is no leader yet.
     *
     * @return an explanation for people of the present moment; {@link Obstacle#NONE} promises nothing.
     */
    public Standstill standstill()
    {
        final Diagnosis diagnosis = new Diagnosis(members, links, ballot, self.serverId());
        return !votes && self.votesInFullAssemblyOnly() ? diagnosis.ofDoubt(self.isBlank()) : diagnosis.ofVoter();
    }

    /**
     * When {@link #doWork} is due even if nothing happens.
     *
     * @return monotonic time, {@link Long#MAX_VALUE} when there is no such time.
     */
    public long nextDeadlineNs()
    {
        return agreedNs == NEVER || isWaitingForAll() ? NEVER : agreedNs + finalizeWaitNs;
    }
}
