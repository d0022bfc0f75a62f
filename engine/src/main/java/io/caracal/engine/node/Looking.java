/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.zab.PeerStatement;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.election.Election;

/** Phase 0 of ZAB: looks for a leader, or becomes one. A server that is alone decides at once. */
final class Looking extends NotServing implements Role
{
    private final Node node;
    private Election election;
    private long leader = Vote.NOBODY;

    Looking(final Node node)
    {
        this.node = node;
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

        if (election == null)
        {
            election = new Election(node.members(), node.links(), node.sender(), candidate(), node.round() + 1,
                node.context().ensemble().finalizeWaitNs());
        }
        leader = election.doWork(node.watchNs());
        node.round(election.round());

        return leader == Vote.NOBODY ? 0 : 1;
    }

    private Election.Candidate candidate()
    {
        final boolean isBlank = node.epochs().current() == 0 && node.log().lastZxid() == 0;
        final boolean isKnown = node.epochs().accepted() > 0 || node.context().ensemble().mayBeginBlank();

        return new Election.Candidate(node.serverId(), node.epochs().current(), node.log().lastZxid(),
            node.isVoter(), isKnown && node.isTrusted(), isBlank, node.isLeaving());
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
        return election == null ? Long.MAX_VALUE : node.toNowNs(election.nextDeadlineNs());
    }

    @Override
    public Role next()
    {
        if (leader == Vote.NOBODY)
        {
            return this;
        }

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
