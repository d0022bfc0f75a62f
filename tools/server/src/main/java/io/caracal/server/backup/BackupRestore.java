/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import io.caracal.engine.zab.Zxid;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.snapshot.StoredSnapshots;
import io.caracal.server.offline.OfflineLoad;
import io.caracal.server.offline.OfflineReplica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/** Brings a replica to a point of the history that a backup holds. Every file that is used is checked whole. */
final class BackupRestore implements Restore
{
    private final BackupCatalog catalog;
    private final Path directory;
    private final OfflineReplica replica;
    private final OfflineLoad.Until until;
    private final LongConsumer progress;
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final TxnHeaderDecoder header = new TxnHeaderDecoder();
    private final List<String> damages = new ArrayList<>();
    private CorruptionException lostBeginning;
    private OfflineLoad.LeftOut leftOut;
    private long lastTimeMs;
    private long txnCount;

    /**
     * A restore.
     *
     * @param directory of the backup.
     * @param replica   empty; is filled.
     * @param until     where to stop.
     * @param progress  hears how many transactions were applied.
     * @throws IOException when the backup is damaged.
     */
    BackupRestore(final Path directory, final OfflineReplica replica, final OfflineLoad.Until until,
        final LongConsumer progress) throws IOException
    {
        if (!BackupCatalog.exists(directory))
        {
            throw new IOException(Files.exists(directory) ?
                directory + " holds no backup: there is no catalog. Nor is it the dataDir of a server: there is no " +
                    DataLayout.HOME_NAME :
                "there is no " + directory + "; name the directory of a backup, a snapshot file, or a dataDir");
        }
        catalog = BackupCatalog.read(directory);
        this.directory = directory;
        this.replica = replica;
        this.until = until;
        this.progress = progress;
    }

    @Override
    public long load() throws IOException
    {
        if (until.zxid() != Long.MAX_VALUE && until.zxid() > catalog.lastZxid())
        {
            throw new IOException("the backup ends at zxid 0x" + Long.toHexString(catalog.lastZxid()) +
                "; name that or an earlier one");
        }

        return until.timeMs() == Long.MAX_VALUE ? fromTheNewest() : toTheTime();
    }

    private long fromTheNewest() throws IOException
    {
        for (int i = catalog.snapshots().size() - 1; i >= 0; i--)
        {
            final BackupCatalog.Snapshot snapshot = catalog.snapshots().get(i);
            if (snapshot.zxid() <= until.zxid() && isLoaded(snapshot))
            {
                return replay();
            }
        }

        return fromTheBeginning();
    }

    /** Whether a snapshot is whole. One that is damaged does no harm where logs lead to the state that it held. */
    private boolean isLoaded(final BackupCatalog.Snapshot snapshot) throws IOException
    {
        try
        {
            loadSnapshot(snapshot);

            return true;
        }
        catch (final CorruptionException ex)
        {
            if (isBeginning(snapshot))
            {
                throw ex;
            }
            damages.add(ex.damage());

            return false;
        }
    }

    /**
     * Reaches a point in time. Only the log holds the times of transactions, so it has to be read from a beginning: its
     * own, or a snapshot to which no log leads. The latest beginning that is not after that time is taken.
     */
    private long toTheTime() throws IOException
    {
        for (int i = catalog.snapshots().size() - 1; i >= 0; i--)
        {
            final BackupCatalog.Snapshot snapshot = catalog.snapshots().get(i);
            if (isBeginning(snapshot) && isBeginningLoaded(snapshot))
            {
                final long applied = replay();
                if (SnapshotAge.isBefore(directory.resolve(snapshot.name()), until.timeMs(), applied))
                {
                    return applied;
                }
                leftOut = null;
            }
        }

        return fromTheBeginning();
    }

    /** Whether a beginning is whole. One that is damaged does no harm where an earlier one leads to the point. */
    private boolean isBeginningLoaded(final BackupCatalog.Snapshot snapshot) throws IOException
    {
        try
        {
            loadSnapshot(snapshot);

            return true;
        }
        catch (final CorruptionException ex)
        {
            damages.add(ex.damage());
            lostBeginning = ex;

            return false;
        }
    }

    private boolean isBeginning(final BackupCatalog.Snapshot snapshot)
    {
        return catalog.logs().stream().noneMatch(log -> log.afterZxid() < snapshot.zxid() &&
            snapshot.zxid() <= log.lastZxid());
    }

    private long fromTheBeginning() throws IOException
    {
        if (catalog.logs().isEmpty() || catalog.logs().get(0).afterZxid() != 0)
        {
            failAtLostBeginning();
            throw beginsLater();
        }

        replica.loader().onLoadBegin(0);
        replica.endLoad();

        return replay();
    }

    /** What is missing was in that snapshot, or is behind it. */
    private void failAtLostBeginning()
    {
        if (lostBeginning != null)
        {
            throw lostBeginning;
        }
    }

    private IOException beginsLater()
    {
        return SnapshotAge.beginsLater("backup", catalog.snapshots().isEmpty() ? catalog.lastZxid() :
            catalog.snapshots().get(0).zxid());
    }

    private void loadSnapshot(final BackupCatalog.Snapshot snapshot) throws IOException
    {
        requireFile(snapshot.name(), snapshot.length());
        StoredSnapshots.read(directory.resolve(snapshot.name()), replica.loader());
        replica.loaded();
    }

    /** Only of the files that are used: the others may be damaged or missing. */
    private void requireFile(final String name, final long length) throws IOException
    {
        final String damage = catalog.damageOf(name, length);
        if (damage != null)
        {
            throw new CorruptionException(damage);
        }
    }

    private long replay() throws IOException
    {
        for (final BackupCatalog.Log log : catalog.logs())
        {
            final long applied = replica.replica().lastAppliedZxid();
            if (leftOut != null || log.lastZxid() <= applied || log.afterZxid() >= until.zxid())
            {
                continue;
            }
            if (log.afterZxid() > applied)
            {
                break;
            }
            requireFile(log.name(), log.length());
            StoredSnapshots.read(directory.resolve(log.name()), BackupLogs.nameOf(log.afterZxid()), new Transactions());
        }
        requireReached();

        return txnCount;
    }

    /** The point may lie where the backup has a gap, which a snapshot follows. */
    private void requireReached() throws IOException
    {
        final long applied = replica.replica().lastAppliedZxid();
        if (leftOut == null && applied < Math.min(until.zxid(), catalog.lastZxid()))
        {
            failAtLostBeginning();
            final String next = catalog.snapshots().stream().filter(snapshot -> snapshot.zxid() > applied).findFirst()
                .map(snapshot -> ", --to-zxid " + Long.toHexString(snapshot.zxid()) + " the next one that is there")
                .orElse("");
            throw new IOException("the transactions that follow 0x" + Long.toHexString(applied) +
                " are not in the backup: the server had removed them before it was taken; --to-zxid " +
                Long.toHexString(applied) + " restores the state before them" + next);
        }
    }

    /** Applies what a log of the backup holds. */
    private final class Transactions extends CheckOnly
    {
        @Override
        public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
        {
            final long zxid = buffer.getLong(offset);
            final int at = offset + BackupLogs.RECORD_HEAD_LENGTH;
            header.wrapAndApplyHeader(buffer, at, messageHeader);
            if (leftOut == null && (zxid > until.zxid() || header.timeMs() > until.timeMs()))
            {
                leftOut = new OfflineLoad.LeftOut(zxid, header.timeMs());
            }
            if (leftOut != null || zxid <= replica.replica().lastAppliedZxid())
            {
                return;
            }

            try
            {
                replica.apply(zxid, buffer, at, length - BackupLogs.RECORD_HEAD_LENGTH);
            }
            catch (final BrokenInvariantException ex)
            {
                throw new CorruptionException(directory + ", transaction 0x" + Long.toHexString(zxid) + ": " +
                    ex.getMessage() + ". Restore to an earlier one");
            }
            lastTimeMs = header.timeMs();
            txnCount++;
            progress.accept(txnCount);
        }
    }

    @Override
    public OfflineLoad.LeftOut leftOut()
    {
        return leftOut;
    }

    @Override
    public long lastTimeMs()
    {
        return lastTimeMs;
    }

    @Override
    public List<String> damages()
    {
        return List.copyOf(damages);
    }

    @Override
    public long acceptedEpoch()
    {
        return Math.max(Math.max(catalog.acceptedEpoch(), catalog.currentEpoch()), Zxid.epoch(catalog.lastZxid())) +
            EPOCHS_SKIPPED;
    }

    @Override
    public long currentEpoch()
    {
        // The server may have been backed up because it had lost its epochs.
        return Math.max(catalog.currentEpoch(), Zxid.epoch(replica.replica().lastAppliedZxid()));
    }
}
