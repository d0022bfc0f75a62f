/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.codec.ProposalDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Phase 3 of ZAB on a learner: what its leader proposes joins the history in order, and a voter acknowledges it when it
 * is durable, everything up to one zxid at once.
 */
public final class LearnerBroadcast
{
    private final ServerLog log;
    private final PeerSender sender;
    private final EventSink events;
    private final long leader;
    private final long conversation;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long ackedZxid;

    /**
     * Nothing is acknowledged yet.
     *
     * @param log          of the learner.
     * @param sender       to other servers.
     * @param events       hear of proposals.
     * @param leader       its id.
     * @param conversation with it.
     */
    public LearnerBroadcast(final ServerLog log, final PeerSender sender, final EventSink events, final long leader,
        final long conversation)
    {
        this.log = log;
        this.sender = sender;
        this.events = events;
        this.leader = leader;
        this.conversation = conversation;
    }

    /**
     * Whether a proposal is the one after the last that is logged.
     *
     * @param message of the leader.
     * @return false: there is a hole before it, and nothing of this conversation can be logged any more.
     */
    public boolean isNext(final ProposalDecoder message)
    {
        return Zxid.follows(message.zxid(), log.lastZxid());
    }

    /**
     * Logs a proposal. What it says of commits holds also while there is no room for it: the room may be what these
     * make.
     *
     * @param message that {@link #isNext is next}; not kept.
     * @return false when the log takes nothing at the moment; the message is to come again.
     */
    public boolean onProposal(final ProposalDecoder message)
    {
        final long zxid = message.zxid();
        log.onCommitted(message.committedZxid());
        message.wrapPayload(view);
        if (!log.take(zxid, view, 0, view.capacity()))
        {
            return false;
        }
        events.onProposed(zxid, EventSink.NO_ARRIVAL);

        return true;
    }

    /**
     * Acknowledges what would survive a crash, and nothing else: the promise of durability is made here.
     *
     * @param joinedZxid end of the history that was acknowledged as a whole.
     * @return messages sent.
     */
    public int acknowledge(final long joinedZxid)
    {
        final long durableZxid = Math.min(log.durableZxid(), log.lastZxid());
        if (durableZxid <= Math.max(ackedZxid, joinedZxid) || !sender.ack(leader, conversation, durableZxid))
        {
            return 0;
        }
        ackedZxid = durableZxid;

        return 1;
    }
}
