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
 * Makes and proposes all transactions of a leader, one after the other: first {@link #begin}, then the caller writes
 * the body into {@link #txn}, then {@link #propose}. Each transaction carries the name of the request that it is made
 * from, by which the server of that request recognizes it.
 */
final class Proposer
{
    private final Node node;
    private final LeaderBroadcast broadcast;
    private final OutstandingChanges changes;
    private final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer(4096));
    /** Requests that became transactions in this epoch, applied or not. Those of earlier epochs are all applied. */
    private final OriginTable prepared = new OriginTable();
    private long originServer;
    private long originIncarnation;
    private long originSequence;
    private long heldZxid;
    private boolean isClosed;

    Proposer(final Node node, final LeaderBroadcast broadcast, final OutstandingChanges changes)
    {
        this.node = node;
        this.broadcast = broadcast;
        this.changes = changes;
    }

    /** The writer of the transaction that was begun. */
    TxnWriter txn()
    {
        return txn;
    }

    /** The zxid that the next proposed transaction gets. */
    long nextZxid()
    {
        return broadcast.nextZxid();
    }

    /** Longest transaction that can be logged and sent to other servers, in bytes. */
    int lengthMax()
    {
        return Math.min(broadcast.payloadLengthMax(), node.sender().txnLengthMax());
    }

    /** Whether in this epoch neither this request of a server nor a later one has become a transaction. */
    boolean isNext(final long server, final long incarnation, final long sequence)
    {
        return prepared.isNext(server, incarnation, sequence);
    }

    /** Begins a transaction that no request asks for. */
    void begin(final long sessionId)
    {
        begin(sessionId, node.serverId(), node.incarnation(), 0);
    }

    /** Begins a transaction that is made from a request. */
    void begin(final long sessionId, final long server, final long incarnation, final long sequence)
    {
        final DataTree tree = node.replica().tree();
        final long digestZxid = tree.keepsDigest() ? node.replica().lastAppliedZxid() : Outcome.NO_DIGEST;
        originServer = server;
        originIncarnation = incarnation;
        originSequence = sequence;
        txn.begin(sessionId, node.nowMs(), server, incarnation, sequence, digestZxid, tree.digest());
    }

    /** Proposes what was written, when no client waits for it. */
    boolean propose()
    {
        return propose(EventSink.NO_ARRIVAL);
    }

    /**
     * Proposes what was written. Returns false when it cannot be proposed now; what was prepared for it is then undone.
     */
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
     * Proposes nothing more until a transaction is applied here, because it replaces the whole tree and what follows
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

    /** Proposes nothing any more, because the leader is about to step down. */
    void close()
    {
        isClosed = true;
    }

    boolean isClosed()
    {
        return isClosed;
    }
}
