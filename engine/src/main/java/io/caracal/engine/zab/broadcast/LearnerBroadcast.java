/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.codec.ProposalDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Phase 3 of ZAB on a learner: appends the leader's proposals to the log in order. A voter acknowledges them once they
 * are durable; one acknowledgement covers everything up to its zxid.
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
     * Creates the learner's side; nothing is acknowledged yet.
     *
     * @param log          of the learner.
     * @param sender       to other servers.
     * @param events       told of proposals.
     * @param leader       server id of the leader.
     * @param conversation with the leader.
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
     * Whether a proposal directly follows the last logged transaction.
     *
     * @param message of the leader.
     * @return false when there is a hole before it; then nothing more of this conversation can be logged.
     */
    public boolean isNext(final ProposalDecoder message)
    {
        return Zxid.follows(message.zxid(), log.lastZxid());
    }

    /**
     * Logs a proposal. The committed zxid in the message takes effect even when there is no room for the proposal,
     * because applying the committed transactions may be what makes room.
     *
     * @param message that {@link #isNext is next}; not kept.
     * @return false when the log takes nothing at the moment; the message has to be offered again.
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
     * Whether there is room for the last proposal, so that it does not have to wait until something is applied.
     *
     * @return false when only applying what is committed would make room.
     */
    public boolean hasRoom()
    {
        return log.history().hasRoom(view.capacity());
    }

    /**
     * Acknowledges what would survive a crash, and nothing else. This is where the promise of durability is made.
     *
     * @param joinedZxid end of the history that was acknowledged as a whole after synchronization.
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
