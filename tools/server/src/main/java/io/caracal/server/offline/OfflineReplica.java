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
 * A replica that no server serves. It lies in native memory as a server's does, at the same size, whatever the number
 * of znodes. One thread.
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

    /** An empty replica; TTL znodes are recognized by their marks. */
    public OfflineReplica()
    {
        final DataTree tree = new DataTree(ledger,
            new TreeOptions(new SecureRandom().nextLong(), true, new EphemeralOwner(true, false)));
        replica = new Replica(tree, new QuotaTable(tree, false));
        loader = ReplicaImage.loader(replica, epochEnds);
        applier = new TxnApplier(replica, new Unwatched());
    }

    /** Nobody watches. */
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
     * The replica.
     *
     * @return owned by this object.
     */
    public Replica replica()
    {
        return replica;
    }

    /**
     * Last zxid of each epoch.
     *
     * @return owned by this object.
     */
    public EpochEnds epochEnds()
    {
        return epochEnds;
    }

    /**
     * Loads a snapshot of ours; {@link #loaded} comes after it.
     *
     * @return for the one who reads the file.
     */
    public SnapshotLoader loader()
    {
        loader.restart();

        return loader;
    }

    /** There is no snapshot: the tree is that of a server in which nothing was ever written. */
    public void endLoad()
    {
        loader.onLoadEnd(0, 0, 0);
        loaded();
    }

    /** A snapshot was loaded: transactions may follow. */
    public void loaded()
    {
        replica.lastAppliedZxid(loader.zxid());
        replica.quotas().rebuild();
        digests.restart(loader.zxid(), replica.tree().digest());
    }

    /**
     * Applies one transaction of ours and compares the digest that its leader wrote down.
     *
     * @param zxid   of it.
     * @param buffer holds it.
     * @param offset of it.
     * @param length of it.
     * @throws BrokenInvariantException when the transaction contradicts the tree, or the tree has another digest than
     *                                  it had on the leader.
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
     * @param store takes it, at once: it never refuses.
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
     * @param zxid of the state that it is to stand for.
     * @param sink takes it, at once: it never refuses.
     */
    void writeTree(final long zxid, final SnapshotSink sink)
    {
        try (SnapshotWalk walk = new SnapshotWalk(sink, ledger, replica.tree()))
        {
            write(walk, zxid);
        }
    }

    /**
     * Native memory in use.
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
