/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.snapshot.SnapshotFileSink;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes the logs of a backup. What a server has last may not have been committed, and its ensemble may give it up; so
 * the catalog learns up to where everything surely was committed, and {@link #cutBack} ends the backup there.
 */
final class BackupLogs
{
    static final int RECORD_HEAD_LENGTH = Long.BYTES;

    private final Path directory;
    private final FileSystemCalls calls;
    private final UnfinishedFiles unfinished;
    private final BackupCatalog catalog;
    private final LongConsumer progress;
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer();
    private final Deque<BackupCatalog.End> uncommitted = new ArrayDeque<>();
    private long added;

    BackupLogs(final Path directory, final FileSystemCalls calls, final UnfinishedFiles unfinished,
        final BackupCatalog catalog, final LongConsumer progress)
    {
        this.directory = directory;
        this.calls = calls;
        this.unfinished = unfinished;
        this.catalog = catalog;
        this.progress = progress;
    }

    /** How many transactions were added. */
    long added()
    {
        return added;
    }

    /**
     * The number for which the checksums of a log are made. No snapshot has such a number, so that a log cannot be
     * taken for a snapshot, or the other way round.
     */
    static long nameOf(final long afterZxid)
    {
        return afterZxid | Long.MIN_VALUE;
    }

    static int crc(final DirectBuffer buffer, final int offset, final int length)
    {
        final CRC32C crc = new CRC32C();
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        crc.update(bytes);

        return (int)crc.getValue();
    }

    /** Adds what a server has after a zxid, up to another. */
    void write(final StoredLog source, final long after, final long last) throws IOException
    {
        if (catalog.lastZxid() == after && catalog.last().isKnown())
        {
            uncommitted.add(catalog.last());
        }
        try (SnapshotFileSink store = begin(after))
        {
            source.read(after, new LogRecords((zxid, committedZxid, buffer, offset, length) ->
            {
                if (zxid <= last)
                {
                    append(store, zxid, buffer, offset, length);
                    take(new BackupCatalog.End(zxid, crc(buffer, offset, length)), Math.max(committedZxid,
                        source.snapshotZxid()));
                    added++;
                    progress.accept(added);
                }
            }), () -> catalog.lastZxid() < last);
            store.finish(added, 0);
        }
        catalog.logs().add(named(after, last));
    }

    private void take(final BackupCatalog.End end, final long committedZxid)
    {
        catalog.last(end);
        uncommitted.add(end);
        while (!uncommitted.isEmpty() && uncommitted.getFirst().zxid() <= committedZxid)
        {
            catalog.committed(uncommitted.removeFirst());
        }
    }

    /** Gives up what comes after the last transaction that surely was committed. */
    void cutBack() throws IOException
    {
        final long end = catalog.committed().zxid();
        final List<BackupCatalog.Log> before = new ArrayList<>(catalog.logs());
        catalog.logs().clear();
        for (final BackupCatalog.Log log : before)
        {
            if (log.lastZxid() <= end)
            {
                catalog.logs().add(log);
            }
            else
            {
                // Removed once the catalog does without it.
                unfinished.add(log.name());
                if (log.afterZxid() < end)
                {
                    catalog.logs().add(shortened(log, end));
                }
            }
        }
        catalog.last(catalog.committed());
    }

    private BackupCatalog.Log shortened(final BackupCatalog.Log log, final long end) throws IOException
    {
        final long[] count = new long[1];
        try (SnapshotFileSink store = begin(log.afterZxid()))
        {
            StoredSnapshots.read(directory.resolve(log.name()), nameOf(log.afterZxid()), new CheckOnly()
            {
                @Override
                public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
                {
                    if (buffer.getLong(offset) <= end)
                    {
                        store.write(buffer, offset, length);
                        count[0]++;
                    }
                }
            });
            store.finish(count[0], 0);
        }

        return named(log.afterZxid(), end);
    }

    private SnapshotFileSink begin(final long after) throws IOException
    {
        final String name = written(after).getFileName().toString();
        unfinished.add(name + ".tmp", name);
        final SnapshotFileSink store = new SnapshotFileSink(directory, calls);
        store.begin(nameOf(after));

        return store;
    }

    private void append(final SnapshotFileSink store, final long zxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        record.putLong(0, zxid);
        record.putBytes(RECORD_HEAD_LENGTH, buffer, offset, length);
        store.write(record, 0, RECORD_HEAD_LENGTH + length);
    }

    /** Gives what was written its name. */
    private BackupCatalog.Log named(final long after, final long last) throws IOException
    {
        final Path file = written(after);
        final BackupCatalog.Log log = new BackupCatalog.Log(after, last, Files.size(file));
        unfinished.add(log.name());
        Files.move(file, directory.resolve(log.name()), StandardCopyOption.ATOMIC_MOVE);

        return log;
    }

    private Path written(final long after)
    {
        return new StoredSnapshots(directory, calls).file(nameOf(after));
    }
}
