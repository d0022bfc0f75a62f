/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.disk.DataLayout;
import io.caracal.server.offline.OfflineLoad;
import io.caracal.server.offline.OfflineReplica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Brings a replica to what a backup or the data of a server holds at some point of its history, or to what a single
 * snapshot holds. Every file that is used is checked whole.
 */
public interface Restore
{
    /**
     * So many epochs are passed over, more than were used since: sessions and zxids of what is lost then never come to
     * mean something else.
     */
    int EPOCHS_SKIPPED = 1024;

    /**
     * A restore of whatever lies there.
     *
     * @param source   directory of a backup, or a snapshot file of Caracal.
     * @param replica  empty; is filled.
     * @param until    where to stop, in a backup; a snapshot is one moment and has no other.
     * @param progress hears how many transactions were applied.
     * @return the restore.
     * @throws IOException when it is neither, or damaged; the message says what to do.
     */
    static Restore of(final Path source, final OfflineReplica replica, final OfflineLoad.Until until,
        final LongConsumer progress) throws IOException
    {
        return Files.isRegularFile(source) ? new SnapshotRestore(source, replica, until) : new BackupRestore(source,
            replica, until, progress);
    }

    /**
     * Whether there is a backup.
     *
     * @param directory any.
     * @return true when it holds the catalog of one.
     */
    static boolean isBackup(final Path directory)
    {
        return BackupCatalog.exists(directory);
    }

    /**
     * A restore from the data of a stopped server.
     *
     * @param layout       of its files.
     * @param replica      empty; is filled.
     * @param until        where to stop.
     * @param isUpToDamage whether the history is to end where the log is damaged; if not, damage is an error.
     * @param progress     hears how many transactions were applied.
     * @return the restore.
     */
    static Restore ofData(final DataLayout layout, final OfflineReplica replica, final OfflineLoad.Until until,
        final boolean isUpToDamage, final LongConsumer progress)
    {
        return new DataRestore(layout, replica, until, isUpToDamage, progress);
    }

    /**
     * Loads.
     *
     * @return how many transactions were applied after the snapshot.
     * @throws IOException         when that point cannot be reached.
     * @throws CorruptionException when a file is damaged; names it.
     */
    long load() throws IOException;

    /**
     * The first transaction after the point at which the restore stopped.
     *
     * @return null when none is known: the restore went to the end.
     */
    default OfflineLoad.LeftOut leftOut()
    {
        return null;
    }

    /**
     * Time of the last transaction that was applied, by the clock of the server that led.
     *
     * @return milliseconds since 1970; 0 when none was applied after a snapshot, which holds no times.
     */
    default long lastTimeMs()
    {
        return 0;
    }

    /**
     * The damage that did not keep it from loading.
     *
     * @return what is wrong with which file, and what that costs.
     */
    default List<String> damages()
    {
        return List.of();
    }

    /**
     * The accepted epoch that the restored server begins with.
     *
     * @return an epoch.
     */
    long acceptedEpoch();

    /**
     * The current epoch of the server when what is restored was written.
     *
     * @return an epoch.
     */
    long currentEpoch();
}
