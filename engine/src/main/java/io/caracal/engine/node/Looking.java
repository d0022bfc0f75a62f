/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.zab.PeerStatement;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.election.Election;
import io.caracal.engine.zab.election.Obstacle;
import io.caracal.engine.zab.election.Standstill;

/** Looks for a leader or becomes one: phase 0 of ZAB. A server that is alone decides at once. */
final class Looking implements Role
{
    /** How many peer time-outs the others have to go on without this server while its disk does not keep up. */
    private static final int PATIENCE_FACTOR = 2;

    private final Node node;
    private final StandstillNews news;
    private Election election;
    private boolean isAbstaining;
    private boolean isLeaving;
    private long othersNs;
    private long leader = Vote.NOBODY;

    Looking(final Node node)
    {
        this.node = node;
        othersNs = node.watchNs();
        news = new StandstillNews(node);
    }

    @Override
    public String roleName()
    {
        return "looking";
    }

    @Override
    public int doWork(final long nowNs, final long nowMs)
    {
        if (!node.epochs().isSettled())
        {
            return node.epochs().poll();
        }

        final boolean abstains = abstains();
        if (election == null || abstains != isAbstaining || node.isLeaving() != isLeaving)
        {
            isAbstaining = abstains;
            isLeaving = node.isLeaving();
            election = new Election(node.members(), node.links(), node.sender(), candidate(), node.round() + 1,
                node.times().finalizeWaitNs());
        }
        leader = election.doWork(node.watchNs());
        node.round(election.round());
        if (isAbstaining && leader != Vote.NOBODY)
        {
            othersNs = node.watchNs();
            leader = Vote.NOBODY;
        }
        if (leader == Vote.NOBODY)
        {
            news.tell(this);
        }

        return leader == Vote.NOBODY ? 0 : 1;
    }

    @Override
    public Standstill standstill()
    {
        if (election == null)
        {
            return NO_STANDSTILL;
        }

        return isAbstaining ? new Standstill(Obstacle.DISK, node.serverId()) : election.standstill();
    }

    /**
     * Whether this server stays out of the election. A server whose disk does not keep up neither votes nor follows
     * while the others have a leader, or may be about to have one. When they have had none for a while, it is needed.
     */
    private boolean abstains()
    {
        final boolean isNeeded = node.isVoter() && node.watchNs() - othersNs > abstentionNs();

        return !node.disk().isFit() && node.members().size() > 1 && node.quorum().voterCount() > 1 && !isNeeded;
    }

    private long abstentionNs()
    {
        return PATIENCE_FACTOR * node.patience().timeoutNs();
    }

    private Election.Candidate candidate()
    {
        final boolean isBlank = node.epochs().current() == 0 && node.log().lastZxid() == 0;
        final boolean isKnown = node.epochs().accepted() > 0 || node.context().ensemble().mayBeginBlank();

        return new Election.Candidate(node.serverId(), node.knownEpoch(), node.log().lastZxid(),
            node.isVoter(), isKnown && node.isTrusted() && node.knowsVoters(), isBlank, isLeaving || isAbstaining);
    }

    @Override
    public void onLinkUp(final long server)
    {
        if (election != null)
        {
            election.onLinkUp(server);
        }
    }

    @Override
    public void onLinkDown(final long server, final LinkEnd end)
    {
        if (election != null)
        {
            election.onLinkDown(server);
        }
    }

    @Override
    public boolean onStatement(final long from, final PeerStatement statement)
    {
        if (election != null)
        {
            election.onStatement(from, statement);
        }

        return true;
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        if (election == null)
        {
            return Long.MAX_VALUE;
        }

        final long endNs = isAbstaining ? othersNs + abstentionNs() + 1 : Long.MAX_VALUE;

        return node.toNowNs(Math.min(Math.min(election.nextDeadlineNs(), endNs), news.dueNs()));
    }

    @Override
    public Role next()
    {
        if (leader == Vote.NOBODY)
        {
            return this;
        }

        node.events().onLeader(leader, 0);
        return leader == node.serverId() ? new Leading(node) : new Learning(node, leader, election.votes());
    }

    @Override
    public String reason()
    {
        return leader == node.serverId() ? "elected" : "a leader was found";
    }

    @Override
    public void close()
    {
        // Owns nothing.
    }
}
