/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.apply.DigestHistory;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.apply.TxnApplier;
import io.caracal.engine.apply.TxnEvents;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.ReplicaImage;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.snapshot.SnapshotWalk;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.zab.EpochEnds;
import java.security.SecureRandom;
import org.agrona.DirectBuffer;

/**
 * A replica without a server. It takes the same native memory as in a server, whatever the number of znodes. Used by
 * one thread.
 */
public final class OfflineReplica implements AutoCloseable
{
    private static final int RECORDS_PER_SLICE = 4096;

    private final MemoryLedger ledger = new MemoryLedger();
    private final EpochEnds epochEnds = new EpochEnds();
    private final Replica replica;
    private final SnapshotLoader loader;
    private final TxnApplier applier;
    private final DigestHistory digests = new DigestHistory(true);

    /** Creates an empty replica. TTL znodes are recognized by their marks. */
    public OfflineReplica()
    {
        final DataTree tree = new DataTree(ledger,
            new TreeOptions(new SecureRandom().nextLong(), true, new EphemeralOwner(true, false)));
        replica = new Replica(tree, new QuotaTable(tree, false));
        loader = ReplicaImage.loader(replica, epochEnds);
        applier = new TxnApplier(replica, new Unwatched());
    }

    /** Ignores the events, because there are no watches. */
    private static final class Unwatched implements TxnEvents
    {
        @Override
        public void onCreated(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            // nobody to tell
        }

        @Override
        public void onDeleting(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            // nobody to tell
        }

        @Override
        public void onDataChanged(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            // nobody to tell
        }
    }

    /**
     * Returns the replica.
     *
     * @return owned by this object.
     */
    public Replica replica()
    {
        return replica;
    }

    /**
     * Returns the last zxid of each epoch.
     *
     * @return owned by this object.
     */
    public EpochEnds epochEnds()
    {
        return epochEnds;
    }

    /**
     * Prepares for loading one of our snapshots. {@link #loaded} must follow.
     *
     * @return the loader, to be handed to the reader of the file.
     */
    public SnapshotLoader loader()
    {
        loader.restart();

        return loader;
    }

    /** Ends a load without a snapshot. The tree is that of a server in which nothing was ever written. */
    public void endLoad()
    {
        loader.onLoadEnd(0, 0, 0);
        loaded();
    }

    /** Ends the load of a snapshot. Transactions may follow. */
    public void loaded()
    {
        replica.lastAppliedZxid(loader.zxid());
        replica.quotas().rebuild();
        digests.restart(loader.zxid(), replica.tree().digest());
    }

    /**
     * Applies one of our transactions and compares the digest that its leader recorded.
     *
     * @param zxid   of the transaction.
     * @param buffer holds the transaction.
     * @param offset where it begins.
     * @param length its length in bytes.
     * @throws BrokenInvariantException when the transaction contradicts the tree, or the tree's digest differs from the
     *                                  leader's.
     */
    public void apply(final long zxid, final DirectBuffer buffer, final int offset, final int length)
    {
        final Outcome outcome = applier.apply(zxid, buffer, offset, length);
        epochEnds.onLogged(zxid);
        if (outcome.digestZxid() != Outcome.NO_DIGEST)
        {
            digests.compare(outcome.digestZxid(), outcome.digest());
        }
        digests.onApplied(zxid, replica.tree().digest());
    }

    /**
     * Writes a snapshot of the replica.
     *
     * @param store receives the snapshot; it must never refuse.
     */
    public void write(final SnapshotSink store)
    {
        try (SnapshotWalk walk = ReplicaImage.walk(store, ledger, replica, epochEnds))
        {
            write(walk, replica.lastAppliedZxid());
        }
    }

    private static void write(final SnapshotWalk walk, final long zxid)
    {
        boolean isWritten = walk.begin(zxid);
        while (isWritten && walk.isRunning())
        {
            isWritten = walk.doWork(RECORDS_PER_SLICE, Long.MAX_VALUE) >= 0;
        }
    }

    /**
     * Writes a snapshot of the tree alone.
     *
     * @param zxid of the state that the snapshot represents.
     * @param sink receives the snapshot; it must never refuse.
     */
    void writeTree(final long zxid, final SnapshotSink sink)
    {
        try (SnapshotWalk walk = new SnapshotWalk(sink, ledger, replica.tree()))
        {
            write(walk, zxid);
        }
    }

    /**
     * Returns the native memory in use.
     *
     * @return bytes.
     */
    public long memory()
    {
        return ledger.totalBytes();
    }

    @Override
    public void close()
    {
        replica.close();
    }
}
