/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.snapshot.StoredSnapshots;
import io.caracal.server.offline.OfflineLoad;
import io.caracal.server.offline.OfflineReplica;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/** A backup as it lies on disk, for those who look into it. Nothing is changed. */
public final class StoredBackup
{
    private final Path directory;
    private final BackupCatalog catalog;

    private StoredBackup(final Path directory, final BackupCatalog catalog)
    {
        this.directory = directory;
        this.catalog = catalog;
    }

    /**
     * Opens a backup.
     *
     * @param directory in which {@link Restore#isBackup} has found one.
     * @return the backup.
     * @throws IOException when its catalog is damaged, or a file is missing or has another length.
     */
    public static StoredBackup open(final Path directory) throws IOException
    {
        return new StoredBackup(directory, BackupCatalog.read(directory).requireFiles());
    }

    /**
     * Where the transactions begin.
     *
     * @return last zxid before the first of them.
     */
    public long baseZxid()
    {
        return catalog.logs().isEmpty() ? catalog.lastZxid() : catalog.logs().get(0).afterZxid();
    }

    /**
     * The state from which on every one can be given back.
     *
     * @return its zxid.
     */
    public long firstZxid()
    {
        return catalog.firstZxid();
    }

    /**
     * The newest snapshot.
     *
     * @return its zxid, 0 when there is none.
     */
    public long snapshotZxid()
    {
        final List<BackupCatalog.Snapshot> snapshots = catalog.snapshots();

        return snapshots.isEmpty() ? 0 : snapshots.get(snapshots.size() - 1).zxid();
    }

    /**
     * The files that hold transactions.
     *
     * @return in order.
     */
    public List<Path> logs()
    {
        final List<Path> files = new ArrayList<>();
        catalog.logs().forEach(log -> files.add(directory.resolve(log.name())));

        return files;
    }

    /**
     * Delivers transactions; there may be gaps between them, where the server had removed history.
     *
     * @param afterZxid those up to and including this one are left out.
     * @param handler   receives the others.
     * @param sight     asked between files whether to go on.
     * @throws IOException when a file cannot be read, or is damaged.
     */
    public void read(final long afterZxid, final ReplayHandler handler, final StoredLog.Sight sight) throws IOException
    {
        for (final BackupCatalog.Log log : catalog.logs())
        {
            if (log.lastZxid() > afterZxid && sight.goesOn())
            {
                read(log.name(), BackupLogs.nameOf(log.afterZxid()), new CheckOnly()
                {
                    @Override
                    public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
                    {
                        final long zxid = buffer.getLong(offset);
                        if (zxid > afterZxid && sight.goesOn())
                        {
                            handler.onRecord(zxid, 0, buffer, offset + BackupLogs.RECORD_HEAD_LENGTH, length -
                                BackupLogs.RECORD_HEAD_LENGTH);
                        }
                    }
                });
            }
        }
        handler.onReplayEnd(catalog.lastZxid());
    }

    /**
     * Reads all files, and brings a replica to the end of the backup, as a restore would.
     *
     * @param replica  empty; is filled.
     * @param handler  receives all transactions.
     * @param progress hears how many transactions were applied.
     * @return how many were applied.
     * @throws IOException when a file cannot be read or is damaged, or contradicts another.
     */
    public long verify(final OfflineReplica replica, final ReplayHandler handler, final LongConsumer progress)
        throws IOException
    {
        for (final BackupCatalog.Snapshot snapshot : catalog.snapshots())
        {
            read(snapshot.name(), snapshot.zxid(), new CheckOnly());
        }
        read(0, handler, StoredLog.Sight.TO_THE_END);
        try
        {
            return new BackupRestore(directory, replica, OfflineLoad.Until.END, progress).load();
        }
        catch (final CorruptionException ex)
        {
            throw damaged(ex);
        }
    }

    private void read(final String name, final long zxid, final SnapshotHandler handler) throws IOException
    {
        try
        {
            StoredSnapshots.read(directory.resolve(name), zxid, handler);
        }
        catch (final CorruptionException ex)
        {
            throw damaged(ex);
        }
    }

    private static IOException damaged(final CorruptionException damage)
    {
        return new IOException(
            damage.damage() + "; this backup is damaged: begin another one in a new directory, and " +
                "keep this one for the moments before",
            damage);
    }
}
