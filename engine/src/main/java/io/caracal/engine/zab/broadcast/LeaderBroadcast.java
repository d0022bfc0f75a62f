/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.Invariant;
import io.caracal.engine.zab.Quorum;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;
import org.agrona.DirectBuffer;

/**
 * Phase 3 of ZAB on a leader: numbers proposals, appends them to the leader's log, and counts acknowledgements until a
 * quorum has made them durable. The leader acknowledges a proposal itself when its own journal reports it durable.
 */
public final class LeaderBroadcast
{
    private final ServerLog log;
    private final long serverId;
    private final long epochBegin;
    private final AckTracker acks;
    private long lastProposedZxid;
    private boolean isEstablished;

    /**
     * Creates the broadcast of an epoch that a quorum has promised.
     *
     * @param log      of the leader, at the end of its history.
     * @param serverId of the leader, one of the voters.
     * @param quorum   of voters.
     * @param epoch    promised, later than that of the history.
     */
    public LeaderBroadcast(final ServerLog log, final long serverId, final Quorum quorum, final long epoch)
    {
        Invariant.check(epoch > Zxid.epoch(log.lastZxid()), "an epoch must be later than the history before it");
        this.log = log;
        this.serverId = serverId;
        epochBegin = Zxid.pack(epoch, 0);
        lastProposedZxid = epochBegin;
        acks = new AckTracker(quorum);
    }

    /**
     * A voter has adopted the epoch: the history that it was given is durable on its disk.
     *
     * @param voter      its id.
     * @param joinedZxid end of that history, which may reach into this epoch.
     */
    public void onAdopted(final long voter, final long joinedZxid)
    {
        acks.onAck(voter, Math.max(joinedZxid, epochBegin));
        if (!isEstablished && acks.committedZxid() >= epochBegin)
        {
            isEstablished = true;
            log.onCommitted(log.lastZxid());
        }
        commit();
    }

    /**
     * Whether a quorum has adopted the epoch, so that its whole initial history is committed.
     *
     * @return true from then on.
     */
    public boolean isEstablished()
    {
        return isEstablished;
    }

    /**
     * The zxid that the next proposal gets.
     *
     * @return next zxid of the epoch.
     */
    public long nextZxid()
    {
        return lastProposedZxid + 1;
    }

    /**
     * The last zxid proposed, or the beginning of the epoch (counter 0) when nothing was proposed yet.
     *
     * @return zxid.
     */
    public long lastProposedZxid()
    {
        return lastProposedZxid;
    }

    /**
     * Longest payload that can ever be proposed.
     *
     * @return bytes.
     */
    public int payloadLengthMax()
    {
        return log.payloadLengthMax();
    }

    /**
     * Proposes {@link #nextZxid()}.
     *
     * @param payload holds the transaction; copied before the call returns.
     * @param offset  of the transaction.
     * @param length  of the transaction, at most {@link #payloadLengthMax()}.
     * @return false when refused, because too much is under way or the journal takes nothing at the moment. Nothing
     *         changes then.
     */
    public boolean propose(final DirectBuffer payload, final int offset, final int length)
    {
        Invariant.check(isEstablished, "proposed before the epoch is established");
        final long zxid = nextZxid();
        if (!log.propose(zxid, payload, offset, length))
        {
            return false;
        }
        lastProposedZxid = zxid;

        return true;
    }

    /**
     * The leader's journal has made everything up to a zxid durable. Only now does the leader acknowledge it to itself.
     *
     * @param zxid durable in the leader's journal.
     */
    public void onDurable(final long zxid)
    {
        if (zxid > epochBegin)
        {
            onAck(serverId, zxid);
        }
    }

    /**
     * A voter that has adopted the epoch has made everything up to a zxid durable.
     *
     * @param voter its server id.
     * @param zxid  durable on its disk; a zxid of an earlier epoch does not count.
     */
    public void onAck(final long voter, final long zxid)
    {
        if (zxid > epochBegin)
        {
            Invariant.check(zxid <= lastProposedZxid, "acknowledged what was never proposed");
            acks.onAck(voter, zxid);
            commit();
        }
    }

    private void commit()
    {
        if (acks.committedZxid() > epochBegin)
        {
            log.onCommitted(acks.committedZxid());
        }
    }
}
