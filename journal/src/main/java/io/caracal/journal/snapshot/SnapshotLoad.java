/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.Corruption;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.log.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Loads the newest whole snapshot. The candidates are the newest published one and the older ones to which the journal
 * still reaches back. If the journal reaches back to the first record, the last candidate is to use no snapshot at all.
 * What was read is forced before the end is reported, because a killed process may have renamed without forcing. Runs
 * on the caller's thread, at start-up or after a snapshot was received.
 */
final class SnapshotLoad
{
    private static final int RECORDS_MAX = 4096;
    private static final int BYTES_MAX = 4 * 1024 * 1024;

    private final SnapshotFiles files;
    private final Manifest manifest;
    private final FileSystemCalls calls;
    private final JournalEvents events;
    private final boolean isForced;
    private final StringBuilder damages = new StringBuilder();
    private Deque<Long> candidates;
    private SnapshotFileReader reader;
    private long zxid;
    private boolean isEnded;

    /**
     * Prepares one load.
     *
     * @param isForced whether this process has already forced the file itself.
     */
    SnapshotLoad(final SnapshotFiles files, final Manifest manifest, final FileSystemCalls calls,
        final JournalEvents events, final boolean isForced)
    {
        this.files = files;
        this.manifest = manifest;
        this.calls = calls;
        this.events = events;
        this.isForced = isForced;
    }

    int load(final SnapshotHandler handler)
    {
        Invariant.check(!isEnded, "load after its end");

        try
        {
            if (candidates == null)
            {
                candidates = candidates();
            }

            return reader == null ? open(handler) : deliver(handler);
        }
        catch (final SnapshotDamage ex)
        {
            return passOver(ex);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the snapshot cannot be read: " + ex, ex);
        }
    }

    void close() throws IOException
    {
        if (reader != null)
        {
            reader.close();
            reader = null;
        }
    }

    private Deque<Long> candidates() throws IOException
    {
        final Deque<Long> zxids = new ArrayDeque<>();
        final long newest = manifest.snapshotZxid();
        for (final long candidate : files.published(newest))
        {
            if (candidate == newest || candidate >= manifest.baseZxid())
            {
                zxids.add(candidate);
            }
        }

        if (newest > 0 && (zxids.isEmpty() || zxids.peekFirst() != newest))
        {
            zxids.addFirst(newest);
        }

        return zxids;
    }

    private int open(final SnapshotHandler handler) throws IOException, SnapshotDamage
    {
        if (candidates.isEmpty())
        {
            return withoutSnapshot(handler);
        }

        zxid = candidates.removeFirst();
        final Path file = files.file(zxid);
        try
        {
            reader = new SnapshotFileReader(file, zxid);
        }
        catch (final NoSuchFileException ex)
        {
            throw new SnapshotDamage(file + ", offset 0: is missing");
        }

        handler.onLoadBegin(zxid);
        return 0;
    }

    private int deliver(final SnapshotHandler handler) throws IOException, SnapshotDamage
    {
        int count = 0;
        int bytes = 0;

        while (count < RECORDS_MAX && bytes < BYTES_MAX)
        {
            if (!reader.next())
            {
                end(handler);
                break;
            }

            handler.onLoadRecord(reader.buffer(), reader.offset(), reader.length());
            bytes += reader.length();
            count++;
        }

        return count;
    }

    private void end(final SnapshotHandler handler) throws IOException
    {
        final long recordCount = reader.recordCount();
        final long digest = reader.digest();
        close();
        if (!isForced)
        {
            forceWhatWasRead();
        }

        isEnded = true;
        handler.onLoadEnd(zxid, recordCount, digest);
    }

    private void forceWhatWasRead() throws IOException
    {
        final Path file = files.file(zxid);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            calls.force(channel, file);
        }

        calls.forceDirectory(files.directory());
    }

    private int withoutSnapshot(final SnapshotHandler handler)
    {
        if (manifest.baseZxid() > 0)
        {
            throw Corruption.at(files.directory(), 0,
                "no whole snapshot from which the journal goes on:" + (damages.length() == 0 ? " none" : damages));
        }

        isEnded = true;
        handler.onLoadBegin(0);
        handler.onLoadEnd(0, 0, 0);
        return 0;
    }

    private int passOver(final SnapshotDamage damage)
    {
        try
        {
            close();
        }
        catch (final IOException ex)
        {
            damage.addSuppressed(ex);
        }

        damages.append(damages.length() == 0 ? " " : "; ").append(damage.getMessage());
        events.onSnapshotPassedOver(files.file(zxid).toString(), damage.getMessage());
        return 0;
    }
}
