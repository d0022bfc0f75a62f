/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.DirectoriesAbove;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.disk.RealPath;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.offline.MadeDirectories;
import io.caracal.journal.offline.StoredData;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Adds to a backup what a server has beyond it: its newest snapshot, and the transactions since the last time. The
 * server goes on meanwhile and is not asked: its files are read as a start would read them, up to the last transaction
 * that is surely durable. Transactions lie in the blocks of snapshot files, so every byte is under a checksum.
 */
public final class Backup
{
    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 5;
    private static final Pattern DATA_NAME = Pattern.compile("version-\\d+|caracal-\\d+");

    private final StoredData data;
    private final Path directory;
    private final FileSystemCalls calls = new RealFileSystem();
    private final LongConsumer progress;
    private final UnfinishedFiles unfinished;
    private final MadeDirectories directories = new MadeDirectories();
    private final List<String> damages = new ArrayList<>();
    private BackupCatalog catalog;
    private BackupLogs logs;

    /**
     * What a backup holds now.
     *
     * @param firstZxid state from which on it can give back every one.
     * @param lastZxid  latest one.
     * @param added     how many transactions this run added.
     */
    public record Result(long firstZxid, long lastZxid, long added)
    {
    }

    /**
     * A run.
     *
     * @param data      of the server, which may be running.
     * @param directory of the backup, new or one that is to be added to.
     * @param progress  hears how many transactions were written.
     */
    public Backup(final StoredData data, final Path directory, final LongConsumer progress)
    {
        this.data = data;
        this.directory = directory;
        this.progress = progress;
        unfinished = new UnfinishedFiles(directory);
    }

    /**
     * Runs. When this returns, the backup is on disk; when it fails, the backup is as it was before: not there, if it
     * is the first run. What a run that was killed has left is removed first.
     *
     * @return what the backup holds now.
     * @throws IOException            when a file cannot be read or written, or the backup is not one of this server.
     * @throws DirectoryInUseException when another run adds to the backup at this moment.
     */
    public Result run() throws IOException
    {
        requireOutside(data.layout().home());
        requireOutside(data.layout().logHome());
        try
        {
            directories.make(directory);
            return runAlone();
        }
        finally
        {
            directories.removeEmpty();
        }
    }

    /** Among the files of a server, those of a backup would be taken for its own, and its own for those of a backup. */
    private void requireOutside(final Path home) throws IOException
    {
        if (RealPath.of(directory).startsWith(home.toRealPath()))
        {
            throw new IOException(directory + " lies within " + home +
                ", the data of the server itself; name a directory outside of it, best on another disk");
        }

        requireOtherName(home.toRealPath().getParent());
    }

    /** Refuses names that mean data of ZooKeeper or of another version when they lie beside the data of a server. */
    private void requireOtherName(final Path parent) throws IOException
    {
        final Path real = RealPath.of(directory);
        if (real.startsWith(parent) && !real.equals(parent) && DATA_NAME.matcher(parent.relativize(real).getName(0)
            .toString()).matches())
        {
            throw new IOException(directory + " would be taken for data of a server by whoever reads " + parent +
                "; name another directory, best on another disk");
        }
    }

    private Result runAlone() throws IOException
    {
        final Path file = directory.resolve(LOCK);
        try (DirectoryLock lock = DirectoryLock.tryLock(file))
        {
            if (lock == null)
            {
                throw new DirectoryInUseException("another backup is being written to " + directory +
                    ". Wait for its end, or name another directory");
            }

            try
            {
                return runOften();
            }
            finally
            {
                if (!BackupCatalog.exists(directory))
                {
                    // There is no backup, so nothing is left of an attempt at one.
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Result runOften() throws IOException
    {
        unfinished.settle();
        for (int attempt = 1;; attempt++)
        {
            try
            {
                return attemptOrLeaveNothing();
            }
            catch (final NoSuchFileException ex)
            {
                // A purge of the server has removed what was about to be read, so this begins again with what there is
                // now.
                if (attempt == ATTEMPTS || !(data.isLive() || data.hasChanged()))
                {
                    throw ex;
                }
            }
            catch (final CorruptionException ex)
            {
                // A server has begun, or has cut its log, between two looks at the same file.
                if (attempt == ATTEMPTS || !data.hasChanged())
                {
                    throw ex;
                }
            }
            data.refresh();
        }
    }

    /** Attempts once; when that fails, removes the files that no catalog names, because nobody would ever use them. */
    private Result attemptOrLeaveNothing() throws IOException
    {
        try
        {
            return attempt();
        }
        finally
        {
            unfinished.settle();
        }
    }

    private Result attempt() throws IOException
    {
        catalog = BackupCatalog.exists(directory) ? BackupCatalog.read(directory).requireFiles() :
            BackupCatalog.blank(directory);
        logs = new BackupLogs(directory, calls, unfinished, catalog, progress);
        final boolean isNew = catalog.lastZxid() < 0;
        final boolean goesOn = !isNew && data.log().baseZxid() <= catalog.lastZxid() && goesOn();
        final long snapshot = copySnapshot(!goesOn);
        final long after = goesOn ? catalog.lastZxid() : snapshot;
        if (!isNew && after < catalog.lastZxid())
        {
            throw new IOException(directory + " ends with the snapshot 0x" + Long.toHexString(catalog.lastZxid()) +
                ", and nothing shows yet that this server has the same history. Run this again once it has a later " +
                "snapshot, or begin a backup in a new directory");
        }
        copyLog(after);
        catalog.epochs(Math.max(catalog.acceptedEpoch(), data.epochs().accepted()), Math.max(catalog.currentEpoch(),
            data.epochs().current()));
        catalog.write();
        if (isNew)
        {
            DirectoriesAbove.force(directory, calls);
        }

        return new Result(catalog.firstZxid(), catalog.lastZxid(), logs.added());
    }

    /**
     * Whether the log of the server goes on where the backup ends. If what the backup has last was given up by the
     * ensemble, the backup gives it up as well.
     */
    private boolean goesOn() throws IOException
    {
        if (data.log().baseZxid() == catalog.lastZxid())
        {
            return true;
        }

        final BackupEnd.Finding finding = new BackupEnd(directory, catalog).findIn(data.log());
        switch (finding)
        {
            case GIVEN_UP -> logs.cutBack();
            case SHORTER -> throw new IOException(directory + " ends with transaction 0x" +
                Long.toHexString(catalog.lastZxid()) + ", which this server does not have: it is behind, or gave up " +
                "what was never committed. Run this again when clients have written");
            case OTHER -> throw new IOException(directory + " ends with transaction 0x" +
                Long.toHexString(catalog.lastZxid()) + ", which this server does not have: it is the backup of " +
                "another one, or of what this one held before a restore. Begin a backup in a new directory");
            default -> {
                // nothing to mend
            }
        }

        return finding != BackupEnd.Finding.NOT_SHOWN;
    }

    /**
     * Copies the newest whole snapshot, if the backup lacks it. As at a start, one that is damaged does no harm where
     * an older one and the log hold the same.
     *
     * @param isNeeded whether the backup cannot go on without one.
     * @return its zxid; 0 when there is none, and all is in the log.
     */
    private long copySnapshot(final boolean isNeeded) throws IOException
    {
        damages.clear();
        final List<Long> zxids = data.snapshots();
        final long newest = data.log().snapshotZxid();
        if (newest > 0 && !zxids.contains(newest))
        {
            throw new NoSuchFileException(data.files().file(newest).toString());
        }
        for (final long zxid : zxids)
        {
            if (zxid >= data.log().baseZxid() && (catalog.hasSnapshot(zxid) || isCopied(zxid)))
            {
                return zxid;
            }
        }
        if (isNeeded && data.log().baseZxid() > 0)
        {
            throw new IOException(damages + ": there is no whole snapshot from which the log goes on. Run this again " +
                "once the server has written another one");
        }

        return 0;
    }

    private boolean isCopied(final long zxid) throws IOException
    {
        final Path source = data.files().file(zxid);
        final BackupCatalog.Snapshot snapshot = new BackupCatalog.Snapshot(zxid, Files.size(source));
        final Path target = directory.resolve(snapshot.name());
        unfinished.add(snapshot.name());
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        try
        {
            StoredSnapshots.read(target, new CheckOnly());
        }
        catch (final CorruptionException ex)
        {
            damages.add(ex.damage().replace(target.toString(), source.toString()));
            return false;
        }
        force(target);
        catalog.add(snapshot);

        return true;
    }

    /**
     * The damaged snapshots of the server without which the backup goes on.
     *
     * @return what is wrong with each.
     */
    public List<String> damages()
    {
        return List.copyOf(damages);
    }

    private static void force(final Path file) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.force(true);
        }
    }

    private void copyLog(final long after) throws IOException
    {
        final long[] end = { after };
        final int[] crc = new int[1];
        // From one before: nothing may come after a snapshot, and the next run needs the checksum of its transaction.
        final long before = Math.max(after - 1, data.log().baseZxid());
        final long durable = data.log().read(before, new LogRecords((zxid, committedZxid, buffer, offset, length) ->
        {
            crc[0] = zxid == after ? BackupLogs.crc(buffer, offset, length) : crc[0];
            end[0] = zxid;
        }), StoredLog.Sight.TO_THE_END);
        final long last = Math.min(end[0], durable);
        if (last <= after)
        {
            requireAnything(after);
            if (after != catalog.lastZxid())
            {
                catalog.last(new BackupCatalog.End(after, crc[0]));
            }
            return;
        }

        logs.write(data.log(), after, last);
    }

    /** Refuses to make a backup without any state, because it would look like a good one until somebody needs it. */
    private void requireAnything(final long after) throws IOException
    {
        if (after == 0 && catalog.lastZxid() <= 0)
        {
            throw new IOException("the server has nothing yet that a backup could give back: no snapshot, and no" +
                " transaction that is surely durable. Run it again once clients have written");
        }
    }
}
