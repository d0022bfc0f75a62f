/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.Journal;
import io.caracal.engine.zab.Quorum;
import io.caracal.engine.zab.Zxid;
import org.agrona.DirectBuffer;

/**
 * Phase 3 of ZAB on a leader: numbers proposals, hands them to the own journal (and to followers, when there are
 * any), and
 * commits in zxid order what a quorum has made durable. The leader's own acknowledgement is its journal's word.
 */
public final class LeaderBroadcast implements AutoCloseable
{
    private final Journal journal;
    private final long serverId;
    private final AckTracker acks;
    private final ProposalRing proposals;
    private final CommitHandler commits;
    private long lastProposedZxid;

    /**
     * A leader of an established epoch.
     *
     * @param journal       own log, where everything up to {@code lastZxid} is durable and applied.
     * @param ledger        books of native memory.
     * @param serverId      own id, one of the voters.
     * @param quorum        who votes.
     * @param epoch         established epoch, later than that of {@code lastZxid}.
     * @param lastZxid      last zxid of the initial history.
     * @param ringCapacity  bytes of proposals under way, a multiple of 16.
     * @param commits       receives what is committed.
     */
    public LeaderBroadcast(final Journal journal, final MemoryLedger ledger, final long serverId, final Quorum quorum,
        final long epoch, final long lastZxid, final int ringCapacity, final CommitHandler commits)
    {
        Invariant.check(epoch > Zxid.epoch(lastZxid), "an epoch must be later than the history before it");
        this.journal = journal;
        this.serverId = serverId;
        this.commits = commits;
        lastProposedZxid = Zxid.pack(epoch, 0);
        acks = new AckTracker(quorum, lastProposedZxid);
        proposals = new ProposalRing(ledger, ringCapacity);
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
     * Last zxid proposed; that of the epoch's beginning when nothing was proposed yet.
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
        return Math.min(proposals.lengthMax(), journal.recordLengthMax());
    }

    /**
     * Proposes {@link #nextZxid()}.
     *
     * @param payload holds the transaction; copied before the call returns.
     * @param offset  of the transaction.
     * @param length  of the transaction, at most {@link #payloadLengthMax()}.
     * @return false when refused: too much is under way, or the journal takes nothing at the moment. Nothing changed.
     */
    public boolean propose(final DirectBuffer payload, final int offset, final int length)
    {
        final long zxid = nextZxid();
        if (!proposals.hasRoom(length) || !journal.append(zxid, acks.committedZxid(), payload, offset, length))
        {
            return false;
        }

        Invariant.check(proposals.offer(zxid, payload, offset, length), "room for a proposal vanished");
        lastProposedZxid = zxid;

        return true;
    }

    /**
     * The own journal made everything up to a zxid durable: the leader acknowledges to itself, and only now.
     *
     * @param zxid durable in the own journal.
     * @return number of proposals committed by this.
     */
    public int onDurable(final long zxid)
    {
        return onAck(serverId, zxid);
    }

    /**
     * A voter made everything up to a zxid durable.
     *
     * @param voter server id.
     * @param zxid  durable there.
     * @return number of proposals committed by this.
     */
    public int onAck(final long voter, final long zxid)
    {
        Invariant.check(zxid <= lastProposedZxid, "acknowledged what was never proposed");

        return commitUpTo(acks.onAck(voter, zxid));
    }

    private int commitUpTo(final long zxid)
    {
        int committed = 0;
        while (!proposals.isEmpty() && proposals.headZxid() <= zxid)
        {
            final long head = proposals.headZxid();
            commits.onCommit(head, proposals.buffer(), proposals.headOffset(), proposals.headLength());
            proposals.removeHead();
            committed++;
        }

        return committed;
    }

    @Override
    public void close()
    {
        proposals.close();
    }
}
