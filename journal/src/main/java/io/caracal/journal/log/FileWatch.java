/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.duty.Duty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Checks from time to time whether the names of the files that the running server uses still lead to them. Removing or
 * replacing these files does not disturb the server. It goes on with files that nobody will find again, and
 * acknowledges what no start will read. Runs on the bulk thread, like the purge, so that files that are just being
 * purged are not reported.
 */
public final class FileWatch implements Duty
{
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(5);

    private final Map<Path, Object> keys = new LinkedHashMap<>();
    private final Map<Path, Object> segmentKeys = new HashMap<>();
    private final Path manifestFile;
    private final Path segments;
    private final Manifest manifest;
    private final SnapshotLook snapshots;
    private final JournalEvents events;
    private final long periodNs;
    private long nextNs;
    private boolean isMissing;

    /**
     * Remembers the files that are there now.
     *
     * @param layout    of the server; all its files have been created.
     * @param manifest  names the segments.
     * @param snapshots finds the snapshot that a start needs.
     * @param events    are told.
     * @throws IOException when something is missing.
     */
    public FileWatch(final DataLayout layout, final Manifest manifest, final SnapshotLook snapshots,
        final JournalEvents events) throws IOException
    {
        this(layout, manifest, snapshots, events, PERIOD_NS);
    }

    FileWatch(final DataLayout layout, final Manifest manifest, final SnapshotLook snapshots,
        final JournalEvents events, final long periodNs) throws IOException
    {
        for (final Path path : new Path[]{ layout.home(), layout.logHome(), layout.snapshots(), layout.segments(),
            layout.epochs() })
        {
            keys.put(path, key(path));
        }
        this.manifestFile = layout.manifest();
        this.segments = layout.segments();
        this.manifest = manifest;
        this.snapshots = snapshots;
        this.events = events;
        this.periodNs = periodNs;
        this.nextNs = System.nanoTime() + periodNs;
    }

    @Override
    public int doWork()
    {
        if (nextNs - System.nanoTime() > 0)
        {
            return 0;
        }

        final Path missing = firstMissing();
        if ((missing != null) != isMissing)
        {
            isMissing = missing != null;
            events.onFilesMissing(isMissing ? missing.toString() : null);
        }
        nextNs = System.nanoTime() + periodNs;
        return 1;
    }

    @Override
    public long idleNs()
    {
        return Math.max(1, nextNs - System.nanoTime());
    }

    @Override
    public void onClose()
    {
        // Nothing is held.
    }

    private Path firstMissing()
    {
        for (final Map.Entry<Path, Object> entry : keys.entrySet())
        {
            if (!isTheSame(entry.getKey(), entry.getValue()))
            {
                return entry.getKey();
            }
        }

        if (!manifest.isInPlace())
        {
            return manifestFile;
        }

        final Path snapshot = snapshotMissing();
        return snapshot == null ? firstSegmentMissing(manifest.state().segments()) : snapshot;
    }

    private Path snapshotMissing()
    {
        try
        {
            return snapshots.missing();
        }
        catch (final IOException ex)
        {
            // A failed look does not mean that the snapshots are gone.
            return null;
        }
    }

    /** Returns the first missing segment file. The file that was there at the first look must stay the same. */
    private Path firstSegmentMissing(final List<SegmentEntry> entries)
    {
        segmentKeys.keySet().retainAll(entries.stream().map(entry -> entry.file(segments)).collect(Collectors.toSet()));
        for (final SegmentEntry entry : entries)
        {
            final Path file = entry.file(segments);
            // A truncation removes the segment's name from the manifest first. Only segments that are still named are
            // missed.
            if (!isKept(file) && manifest.state().named(entry.ordinal()) != null)
            {
                return file;
            }
        }

        return null;
    }

    private boolean isKept(final Path file)
    {
        final Object known = segmentKeys.get(file);
        if (known != null)
        {
            return isTheSame(file, known);
        }

        try
        {
            segmentKeys.put(file, key(file));
            return true;
        }
        catch (final IOException ex)
        {
            return !Files.notExists(file);
        }
    }

    private static boolean isTheSame(final Path path, final Object key)
    {
        try
        {
            return Objects.equals(key, key(path));
        }
        catch (final IOException ex)
        {
            // A failed look does not mean that the file is gone, unless the system says so.
            return !Files.notExists(path);
        }
    }

    private static Object key(final Path path) throws IOException
    {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Checks whether a start would find a snapshot. */
    @FunctionalInterface
    public interface SnapshotLook
    {
        /**
         * Makes the check.
         *
         * @return where the newest snapshot should lie, if the log continues from none that is there; else null.
         * @throws IOException when the directory cannot be read.
         */
        Path missing() throws IOException;
    }
}
