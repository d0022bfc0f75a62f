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
 * Where all transactions of a leader are made and proposed, one after the other: {@link #begin}, then its body is
 * written, then {@link #propose}. Each bears the name of the request that it is made of.
 */
final class Proposer
{
    private final Node node;
    private final LeaderBroadcast broadcast;
    private final OutstandingChanges changes;
    private final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer(4096));
    /** What was made of requests in this epoch, applied or not; before it, everything is applied. */
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

    /** Whether what was written is too long to be logged, or to be sent to other servers. */
    boolean isTooLong()
    {
        return txn.length() > Math.min(broadcast.payloadLengthMax(), node.sender().txnLengthMax());
    }

    /** Nothing was made of this request of a server in this epoch, nor of a later one. */
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

    /** Proposes what was written for nobody who waits. */
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

    /** What was begun is not proposed, and what was prepared for it is undone. */
    void drop()
    {
        changes.rollback();
    }

    /** Nothing follows a transaction that was proposed before that is applied here: it will change everything. */
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
