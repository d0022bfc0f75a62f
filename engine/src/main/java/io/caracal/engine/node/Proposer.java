/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Outcome;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.prepare.OutstandingChanges;
import io.caracal.engine.session.OriginTable;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.txn.TxnWriter;
import io.caracal.engine.zab.broadcast.LeaderBroadcast;
import org.agrona.ExpandableArrayBuffer;

/**
 * Makes and proposes all transactions of a leader, one after the other: {@link #begin}, then the caller writes the body
 * into {@link #txn}, then {@link #propose}. Each transaction bears the name of the request that it is made of, by which
 * the server that the request came from knows it again.
 */
final class Proposer
{
    private final Node node;
    private final LeaderBroadcast broadcast;
    private final OutstandingChanges changes;
    private final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer(4096));
    /** Requests of this epoch that became transactions, applied or not; those of earlier epochs are all applied. */
    private final OriginTable prepared = new OriginTable();
    private long originServer;
    private long originIncarnation;
    private long originSequence;
    private long nowMs;
    private long heldZxid;
    private boolean isClosed;

    Proposer(final Node node, final LeaderBroadcast broadcast, final OutstandingChanges changes)
    {
        this.node = node;
        this.broadcast = broadcast;
        this.changes = changes;
    }

    /** The wall clock, for the times of transactions from now on. */
    void time(final long newNowMs)
    {
        nowMs = newNowMs;
    }

    /** Where the transaction that was begun is written. */
    TxnWriter txn()
    {
        return txn;
    }

    /** The zxid that the transaction gets which is proposed next. */
    long nextZxid()
    {
        return broadcast.nextZxid();
    }

    /** Longest transaction that can be logged, and sent to other servers. */
    int lengthMax()
    {
        return Math.min(broadcast.payloadLengthMax(), node.sender().txnLengthMax());
    }

    /** Whether neither this request of a server nor a later one has become a transaction in this epoch. */
    boolean isNext(final long server, final long incarnation, final long sequence)
    {
        return prepared.isNext(server, incarnation, sequence);
    }

    /** Begins a transaction that no request asks for. */
    void begin(final long sessionId)
    {
        begin(sessionId, node.serverId(), node.incarnation(), 0);
    }

    /** Begins a transaction that is made of a request. */
    void begin(final long sessionId, final long server, final long incarnation, final long sequence)
    {
        final DataTree tree = node.replica().tree();
        final long digestZxid = tree.keepsDigest() ? node.replica().lastAppliedZxid() : Outcome.NO_DIGEST;
        originServer = server;
        originIncarnation = incarnation;
        originSequence = sequence;
        txn.begin(sessionId, nowMs, server, incarnation, sequence, digestZxid, tree.digest());
    }

    /** Proposes what was written, for no client. */
    boolean propose()
    {
        return propose(EventSink.NO_ARRIVAL);
    }

    /** Proposes what was written; false when it cannot be proposed now, and what was prepared for it is undone. */
    boolean propose(final long arrivalNs)
    {
        final long zxid = broadcast.nextZxid();
        if (isClosed || isHeld() || !broadcast.propose(txn.buffer(), 0, txn.length()))
        {
            changes.rollback();
            return false;
        }

        changes.commit(zxid);
        if (originSequence != 0)
        {
            prepared.onTxn(originServer, originIncarnation, originSequence);
        }
        node.events().onProposed(zxid, arrivalNs);
        node.events().onCount(Count.PROPOSALS, 1);
        node.events().onCount(Count.PROPOSAL_BYTES, txn.length());

        return true;
    }

    /** Drops the transaction that was begun, and undoes what was prepared for it. */
    void drop()
    {
        changes.rollback();
    }

    /**
     * Proposes nothing more until a transaction is applied here. For one that replaces the whole tree: what follows it
     * has to be prepared on the new tree.
     */
    void hold(final long zxid)
    {
        heldZxid = zxid;
    }

    private boolean isHeld()
    {
        return heldZxid > node.replica().lastAppliedZxid();
    }

    /** Proposes nothing any more: the leader is about to step down. */
    void close()
    {
        isClosed = true;
    }

    boolean isClosed()
    {
        return isClosed;
    }
}
