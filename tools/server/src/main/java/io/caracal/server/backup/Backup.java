/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.disk.RealPath;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.offline.MadeDirectories;
import io.caracal.journal.offline.StoredData;
import io.caracal.journal.snapshot.SnapshotFileSink;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Adds to a backup what a server has beyond it: its newest snapshot, and the transactions since the last time. The
 * server goes on meanwhile and is not asked: its files are read as a start would read them, up to the last transaction
 * that is surely durable. Transactions lie in the blocks of snapshot files, so every byte is under a checksum.
 */
public final class Backup
{
    static final int RECORD_HEAD_LENGTH = Long.BYTES;
    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 5;
    private static final Pattern DATA_NAME = Pattern.compile("version-\\d+|caracal-\\d+");

    private final StoredData data;
    private final Path directory;
    private final FileSystemCalls calls = new RealFileSystem();
    private final LongConsumer progress;
    private final UnfinishedFiles unfinished;
    private final MadeDirectories directories = new MadeDirectories();
    private BackupCatalog catalog;
    private long added;

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
                if (attempt == ATTEMPTS || !data.isLive())
                {
                    throw ex;
                }
                data.refresh();
            }
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
        catalog = BackupCatalog.exists(directory) ? BackupCatalog.read(directory) : BackupCatalog.blank(directory);
        added = 0;
        final long snapshot = copySnapshot();
        final boolean isNew = catalog.lastZxid() < 0;
        final boolean goesOn = !isNew && data.log().baseZxid() <= catalog.lastZxid();
        if (goesOn && data.log().baseZxid() < catalog.lastZxid())
        {
            checkIsSameHistory();
        }
        final long after = goesOn ? catalog.lastZxid() : snapshot;
        if (!isNew && after < catalog.lastZxid())
        {
            throw anotherHistory();
        }
        copyLog(after);
        catalog.epochs(Math.max(catalog.acceptedEpoch(), data.epochs().accepted()), Math.max(catalog.currentEpoch(),
            data
                .epochs().current()));
        catalog.write();

        return new Result(catalog.firstZxid(), catalog.lastZxid(), added);
    }

    /** The newest snapshot, if the backup lacks it; its zxid, 0 when there is none. */
    private long copySnapshot() throws IOException
    {
        final long zxid = data.log().snapshotZxid();
        if (zxid == 0 || catalog.snapshots().stream().anyMatch(each -> each.zxid() == zxid))
        {
            return zxid;
        }

        final BackupCatalog.Snapshot snapshot = new BackupCatalog.Snapshot(zxid, Files.size(data.files().file(zxid)));
        final Path target = directory.resolve(snapshot.name());
        unfinished.add(snapshot.name());
        Files.copy(data.files().file(zxid), target, StandardCopyOption.REPLACE_EXISTING);
        StoredSnapshots.read(target, new CheckOnly());
        force(target);
        catalog.snapshots().add(snapshot);

        return zxid;
    }

    private static void force(final Path file) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.force(true);
        }
    }

    /** The last transaction of the backup must be the one that the server has at that zxid. */
    private void checkIsSameHistory() throws IOException
    {
        final boolean[] isFound = new boolean[1];
        final boolean[] isPast = new boolean[1];
        // From its beginning: to read behind the end of a log that is shorter than the backup would look like damage.
        data.log().read(data.log().baseZxid(), new Records((zxid, buffer, offset, length) ->
        {
            isFound[0] |= zxid == catalog.lastZxid() && crc(buffer, offset, length) == catalog.lastCrc();
            isPast[0] |= zxid >= catalog.lastZxid();
        }), () -> !isPast[0]);
        if (!isFound[0])
        {
            throw anotherHistory();
        }
    }

    private IOException anotherHistory()
    {
        return new IOException(directory + " ends with transaction 0x" + Long.toHexString(catalog.lastZxid()) +
            ", which this server does not have: it is the backup of another one, or of what this one held before a " +
            "restore. Begin a backup in a new directory");
    }

    static int crc(final DirectBuffer buffer, final int offset, final int length)
    {
        final CRC32C crc = new CRC32C();
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        crc.update(bytes);

        return (int)crc.getValue();
    }

    private void copyLog(final long after) throws IOException
    {
        final long[] end = { after };
        final int[] crc = new int[1];
        // From one before: nothing may come after a snapshot, and the next run needs the checksum of its transaction.
        final long before = Math.max(after - 1, data.log().baseZxid());
        final long durable = data.log().read(before, new Records((zxid, buffer, offset, length) ->
        {
            crc[0] = zxid == after ? crc(buffer, offset, length) : crc[0];
            end[0] = zxid;
        }), StoredLog.Sight.TO_THE_END);
        final long last = Math.min(end[0], durable);
        if (last <= after)
        {
            requireAnything(after);
            if (after != catalog.lastZxid())
            {
                catalog.last(after, crc[0]);
            }
            return;
        }

        write(after, last);
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

    private void write(final long after, final long last) throws IOException
    {
        final ExpandableArrayBuffer record = new ExpandableArrayBuffer();
        final Path file = new StoredSnapshots(directory, calls).file(nameOf(after));
        final String name = file.getFileName().toString();
        unfinished.add(name + ".tmp", name);
        try (SnapshotFileSink store = new SnapshotFileSink(directory, calls))
        {
            store.begin(nameOf(after));
            data.log().read(after, new Records((zxid, buffer, offset, length) ->
            {
                if (zxid <= last)
                {
                    record.putLong(0, zxid);
                    record.putBytes(RECORD_HEAD_LENGTH, buffer, offset, length);
                    store.write(record, 0, RECORD_HEAD_LENGTH + length);
                    catalog.last(zxid, crc(buffer, offset, length));
                    added++;
                    progress.accept(added);
                }
            }), () -> catalog.lastZxid() < last);
            store.finish(added, 0);
        }
        final BackupCatalog.Log log = new BackupCatalog.Log(after, last, Files.size(file));
        unfinished.add(log.name());
        Files.move(file, directory.resolve(log.name()), StandardCopyOption.ATOMIC_MOVE);
        catalog.logs().add(log);
    }

    /**
     * The number for which the checksums of a log are made. No snapshot has such a number, so that a log cannot be
     * taken for a snapshot, or the other way round.
     */
    static long nameOf(final long afterZxid)
    {
        return afterZxid | Long.MIN_VALUE;
    }

    /** What is done with a record. */
    private interface Use
    {
        void accept(long zxid, DirectBuffer buffer, int offset, int length);
    }

    /** Hands records on. */
    private record Records(Use use) implements ReplayHandler
    {
        @Override
        public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
            final int length)
        {
            use.accept(zxid, buffer, offset, length);
        }

        @Override
        public void onReplayEnd(final long lastZxid)
        {
            // the file ends
        }
    }
}
