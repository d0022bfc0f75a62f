/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.zab.History;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;

/**
 * Sends to each learner the transactions it has not seen. Voters get proposals and the zxid up to which they are
 * committed; observers get committed transactions. When a learner's stream is full, the next duty cycle continues where
 * this one stopped. A learner so slow that the history in memory no longer reaches back to its position is given up, so
 * that no learner ever slows down the others.
 */
public final class LearnerFeed
{
    private final ServerLog log;
    private final PeerSender sender;
    private final EventSink events;

    /**
     * Creates a feed.
     *
     * @param log    of the leader.
     * @param sender to other servers.
     * @param events is told how much waits for each learner.
     */
    public LearnerFeed(final ServerLog log, final PeerSender sender, final EventSink events)
    {
        this.log = log;
        this.sender = sender;
        this.events = events;
    }

    /**
     * Whether a learner can still be served from the history in memory.
     *
     * @param learner that is live.
     * @return false when it has to be synchronized again.
     */
    public boolean isInReach(final LearnerLink learner)
    {
        return log.history().isKept(learner.position);
    }

    /**
     * Sends what the learner has not seen, as long as its stream takes it.
     *
     * @param learner live and {@link #isInReach in reach}.
     * @return messages sent.
     */
    public int feed(final LearnerLink learner)
    {
        final History history = log.history();
        final long limitZxid = learner.isVoter ? Long.MAX_VALUE : log.committedZxid();
        tell(history, learner, limitZxid);
        int sent = 0;
        boolean isTaken = true;
        while (isTaken && history.hasRecord(learner.position) && history.zxidAt(learner.position) <= limitZxid)
        {
            isTaken = sendRecord(history, learner);
            sent += isTaken ? 1 : 0;
        }
        if (isTaken && learner.phase == LearnerLink.Phase.UP && learner.toldCommittedZxid < log.committedZxid())
        {
            sent += sendCommit(learner) ? 1 : 0;
        }

        return sent;
    }

    /**
     * Reports how many transactions wait for a learner. This is done only when all of them belong to one epoch, because
     * only there is the difference of zxids the number of transactions.
     */
    private void tell(final History history, final LearnerLink learner, final long limitZxid)
    {
        if (history.hasRecord(learner.position))
        {
            final long zxid = history.zxidAt(learner.position);
            final long last = Math.min(limitZxid, history.lastZxid());
            if (zxid <= last && Zxid.epoch(zxid) == Zxid.epoch(last))
            {
                events.onLearnerTurn(learner.serverId, zxid, last - zxid + 1, learner.isVoter);
            }
        }
    }

    private boolean sendRecord(final History history, final LearnerLink learner)
    {
        final long position = learner.position;
        final long committedZxid = log.committedZxid();
        if (!sender.proposal(learner.serverId, learner.conversation, history.zxidAt(position), committedZxid,
            history.buffer(), history.offsetAt(position), history.lengthAt(position)))
        {
            return false;
        }
        learner.position = history.positionAfter(position);
        learner.toldCommittedZxid = learner.phase == LearnerLink.Phase.UP ? committedZxid : learner.toldCommittedZxid;

        return true;
    }

    private boolean sendCommit(final LearnerLink learner)
    {
        final long committedZxid = log.committedZxid();
        final boolean isSent = sender.commit(learner.serverId, learner.conversation, committedZxid);
        learner.toldCommittedZxid = isSent ? committedZxid : learner.toldCommittedZxid;

        return isSent;
    }
}
