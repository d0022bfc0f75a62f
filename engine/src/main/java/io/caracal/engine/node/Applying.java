/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.apply.DigestHistory;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.apply.TxnApplier;
import io.caracal.engine.apply.TxnsAhead;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.SessionFact;
import io.caracal.engine.port.TxnStage;
import io.caracal.engine.session.Session;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.zab.CommitHandler;
import org.agrona.DirectBuffer;

/**
 * Applies what is committed to this server's copy of the state, the same in each role and at start-up: tree, watch
 * events, digest, and then the replies to clients. Stops the server when the digest shows that this tree is not the one
 * that the leader had.
 */
final class Applying
{
    /** What a leader has noted about transactions of its own epoch. */
    interface Proposed
    {
        /** A guess which znode a transaction is about, {@link DataTree#NONE} for no guess. */
        long guess(long zxid);

        /** A transaction was applied, and no client was told so far. */
        void onApplied(Outcome outcome);
    }

    private final Node node;
    private final CycleLimits limits;
    private final ZnodeCursors cursors;
    private final TxnApplier applier;
    private final TxnsAhead ahead;
    private final DigestHistory digests;
    private final CommitHandler committed = this::onCommit;
    private final CommitHandler replayed = this::onReplayed;
    /** Null where this server does not lead. */
    private Proposed proposed;
    private long bytes;
    private boolean isReplaying;

    Applying(final Node node)
    {
        this.node = node;
        limits = node.context().cycleLimits();
        final DataTree tree = node.replica().tree();
        cursors = new ZnodeCursors(node.desk().txnEvents(), this::onReplacing);
        applier = new TxnApplier(node.replica(), cursors);
        ahead = new TxnsAhead(tree.lookAhead());
        digests = new DigestHistory(tree.keepsDigest());
    }

    /**
     * Applies as much of what is committed as one duty cycle bears. Clients come first that wait for nothing but what
     * was applied before: they must see the tree as it is now.
     *
     * @param newProposed of the leader, null in other roles; those fetch ahead what a leader has at hand.
     * @return work done.
     */
    int doWork(final Proposed newProposed)
    {
        proposed = newProposed;
        bytes = 0;
        final int answered = node.desk().answerDue();
        if (!node.desk().isCaughtUp())
        {
            return answered;
        }

        return answered + (proposed == null ? node.log().deliver(limits.txns(), committed, ahead) : node.log()
            .deliver(limits.txns(), committed));
    }

    /** Whether there is something to be done. */
    boolean hasWork()
    {
        return node.log().hasCommitted() || !node.desk().isCaughtUp();
    }

    /** Returns whether this duty cycle has time for another one. */
    private boolean onCommit(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        node.events().onStage(TxnStage.COMMITTED, zxid);
        node.events().onCount(Count.COMMITS, 1);
        final Outcome outcome = apply(zxid, payload, offset, length, proposed == null ? DataTree.NONE : proposed.guess(
            zxid));
        if (proposed != null)
        {
            proposed.onApplied(outcome);
        }
        node.desk().onApplied(outcome);
        node.events().onStage(TxnStage.APPLIED, zxid);
        bytes += length;

        return bytes < limits.txnBytes() && node.desk().isCaughtUp() && !node.replica().quotas().isLastTxnLong();
    }

    /** Applies everything committed of the own log at start-up, when no client waits for it. */
    void replay()
    {
        isReplaying = true;
        node.log().deliver(Integer.MAX_VALUE, replayed, ahead);
        isReplaying = false;
    }

    private boolean onReplayed(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        apply(zxid, payload, offset, length, DataTree.NONE);

        return true;
    }

    private Outcome apply(final long zxid, final DirectBuffer payload, final int offset, final int length,
        final long znode)
    {
        final Outcome outcome = applier.apply(zxid, payload, offset, length, znode);
        if (outcome.digestZxid() != Outcome.NO_DIGEST)
        {
            digests.compare(outcome.digestZxid(), outcome.digest());
        }
        digests.onApplied(node.replica().lastAppliedZxid(), node.replica().tree().digest());
        node.snapshots().onApplied(length);

        return outcome;
    }

    /** The state is that of a snapshot now. */
    void onSnapshotLoaded(final long zxid)
    {
        digests.restart(zxid, node.replica().tree().digest());
    }

    /**
     * A restored tree is about to take the place of the one that is served. Nobody may see the one turn into the other:
     * every client is disconnected, and with the connections go their watches.
     */
    private void onReplacing()
    {
        node.desk().disconnectAll();
        node.snapshots().giveUp();
        if (!isReplaying)
        {
            for (Session session = node.replica().sessions().first(); session != null; session = session.nextInTable())
            {
                node.events().onSessionFact(SessionFact.ENDED, session.id(), 0);
            }
            node.events().onNotice("a restored tree takes the place of everything, every session ends", node
                .serverId());
            node.snapshots().demand();
        }
    }

    /** Walks over the tree that must be told when a znode is deleted. */
    ZnodeCursors cursors()
    {
        return cursors;
    }

    /** What the digest was lately. */
    DigestHistory digests()
    {
        return digests;
    }
}
