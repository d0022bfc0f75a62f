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
 * Applies committed transactions to this server's replica, in the same way in each role and at start-up: tree, watch
 * events, digest, and then the replies to clients. Stops the server when the digest shows that its tree differs from
 * the leader's.
 */
final class Applying
{
    /** What a leader knows about transactions of its own epoch. */
    interface Proposed
    {
        /** Guesses which znode a transaction concerns; {@link DataTree#NONE} for no guess. */
        long guess(long zxid);

        /** A transaction was applied; no client has been told yet. */
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
    /** Null when this server does not lead. */
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
     * Applies as many committed transactions as fit in one duty cycle. Clients that wait only for what is already
     * applied are answered first, because they must see the tree as it is now.
     *
     * @param newProposed of the leader; null in other roles, which prefetch the znodes that a leader already has at
     *                    hand.
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

    /** Whether there is something to apply or to answer. */
    boolean hasWork()
    {
        return node.log().hasCommitted() || !node.desk().isCaughtUp();
    }

    /** Applies one transaction. Returns whether this duty cycle has time for another one. */
    private boolean onCommit(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        node.events().onStage(TxnStage.COMMITTED, zxid);
        node.events().onCount(Count.COMMITS, 1);
        final Outcome outcome =
            apply(zxid, payload, offset, length, proposed == null ? DataTree.NONE : proposed.guess(zxid));
        if (proposed != null)
        {
            proposed.onApplied(outcome);
        }
        node.desk().onApplied(outcome);
        node.events().onStage(TxnStage.APPLIED, zxid);
        bytes += length;

        return bytes < limits.txnBytes() && node.desk().isCaughtUp() && !node.replica().quotas().isLastTxnLong();
    }

    /** Applies everything committed in this server's log, at start-up, when no client waits. */
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

    /** The state was replaced by that of a snapshot. */
    void onSnapshotLoaded(final long zxid)
    {
        digests.restart(zxid, node.replica().tree().digest());
    }

    /**
     * A restored tree is about to replace the one that is served. No client may see one turn into the other, so every
     * client is disconnected, and its watches go with its connection.
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
            node.events().onNotice("a restored tree takes the place of everything, every session ends",
                node.serverId());
            node.snapshots().demand();
        }
    }

    /** The walks over the tree that must be told when a znode is deleted. */
    ZnodeCursors cursors()
    {
        return cursors;
    }

    /** Recent digests. */
    DigestHistory digests()
    {
        return digests;
    }
}
