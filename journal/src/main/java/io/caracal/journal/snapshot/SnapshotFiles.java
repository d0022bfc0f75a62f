/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.DirectoryEntries;
import io.caracal.journal.disk.FileSystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directory of snapshot files: their names and lists, and which files are removed. */
final class SnapshotFiles
{
    /** Stands for the zxid of a file without a final name. */
    static final long NOT_NAMED = -1;

    private static final Pattern NAME = Pattern.compile("snapshot-([0-9a-f]{16})");
    private static final Pattern TEMPORARY_NAME = Pattern.compile("snapshot-[0-9a-f]{16}\\.(tmp|part)");
    private static final Pattern RECEIVED_NAME = Pattern.compile("snapshot-([0-9a-f]{16})\\.received");
    private static final int HEXADECIMAL = 16;

    private final Path directory;
    private final FileSystemCalls calls;

    SnapshotFiles(final Path directory, final FileSystemCalls calls)
    {
        this.directory = directory;
        this.calls = calls;
    }

    Path directory()
    {
        return directory;
    }

    /** Returns the zxid in a final name, or {@link #NOT_NAMED} when the name is not a final one. */
    static long zxidOf(final Path file)
    {
        final Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseUnsignedLong(name.group(1), HEXADECIMAL) : NOT_NAMED;
    }

    private static long receivedZxidOf(final Path file)
    {
        final Matcher name = RECEIVED_NAME.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseUnsignedLong(name.group(1), HEXADECIMAL) : NOT_NAMED;
    }

    Path file(final long zxid)
    {
        return directory.resolve(String.format(Locale.ROOT, "snapshot-%016x", zxid));
    }

    Path temporary(final long zxid)
    {
        return directory.resolve(String.format(Locale.ROOT, "snapshot-%016x.tmp", zxid));
    }

    /** Path of a snapshot from another server while it arrives. */
    Path incoming(final long zxid)
    {
        return directory.resolve(String.format(Locale.ROOT, "snapshot-%016x.part", zxid));
    }

    /** Path of a snapshot from another server that is whole and forced. The manifest may or may not name it. */
    Path received(final long zxid)
    {
        return directory.resolve(String.format(Locale.ROOT, "snapshot-%016x.received", zxid));
    }

    /**
     * Puts the received snapshot that the manifest names in place: removes all others for good, then gives it its final
     * name. The order matters. A later snapshot in the directory was either replaced by the received one, or shows that
     * the log is an older copy. Only the name of the received one tells these cases apart, so it must last until the
     * others are gone.
     */
    void putInPlace(final long zxid) throws IOException
    {
        final List<Long> others = all();
        others.removeIf(other -> other == zxid);
        removeForGood(others);
        calls.rename(received(zxid), file(zxid));
        calls.forceDirectory(directory);
    }

    /**
     * Removes files and forces the directory, so that they do not come back after a power cut. They would not belong to
     * the log by then.
     */
    void removeForGood(final List<Long> zxids) throws IOException
    {
        for (final long zxid : zxids)
        {
            calls.remove(file(zxid));
        }

        if (!zxids.isEmpty())
        {
            calls.forceDirectory(directory);
        }
    }

    /** Zxids of the published files, newest first: those up to the one that the manifest names. */
    List<Long> published(final long newestZxid) throws IOException
    {
        final List<Long> zxids = all();
        zxids.removeIf(zxid -> zxid > newestZxid);
        return zxids;
    }

    /**
     * Whether there is a published snapshot at or after the oldest zxid, or the newest one under the name with which it
     * was received.
     */
    boolean isAnyFrom(final long oldestZxid, final long newestZxid) throws IOException
    {
        return published(newestZxid).stream().anyMatch(zxid -> zxid >= oldestZxid) ||
            Files.exists(received(newestZxid));
    }

    /** Zxids of all files with a final name, newest first. */
    List<Long> all() throws IOException
    {
        final List<Long> zxids = new ArrayList<>();
        for (final Path entry : entries())
        {
            final long zxid = zxidOf(entry);
            if (zxid != NOT_NAMED)
            {
                zxids.add(zxid);
            }
        }

        zxids.sort(Comparator.reverseOrder());
        return zxids;
    }

    /**
     * Finishes what an earlier process left. Puts a received snapshot in place if the manifest names it, and removes
     * what was only begun.
     */
    void sweep(final long newestZxid) throws IOException
    {
        for (final Path entry : entries())
        {
            if (TEMPORARY_NAME.matcher(entry.getFileName().toString()).matches())
            {
                calls.remove(entry);
            }
            else if (receivedZxidOf(entry) == newestZxid)
            {
                putInPlace(newestZxid);
            }
        }
    }

    /**
     * Removes what does not count, after manifest and log have proved to belong together: received snapshots that the
     * manifest does not name, and own snapshots that precede the log, so that it does not continue from them.
     */
    void removeUseless(final long newestZxid, final long baseZxid) throws IOException
    {
        for (final Path entry : entries())
        {
            final long zxid = zxidOf(entry);
            final boolean isBefore = zxid != NOT_NAMED && zxid < baseZxid && zxid != newestZxid;
            if (isBefore || receivedZxidOf(entry) != NOT_NAMED)
            {
                calls.remove(entry);
            }
        }
    }

    /** Zxids of the files with a final name that are later than the newest published snapshot, newest first. */
    List<Long> unpublished(final long newestZxid) throws IOException
    {
        final List<Long> zxids = all();
        zxids.removeIf(zxid -> zxid <= newestZxid);
        return zxids;
    }

    /**
     * Like {@link #unpublished}, once the log was read to its end. Refuses a log that ends before such a snapshot,
     * because the records of what a snapshot holds were durable when it got its name.
     */
    List<Long> unpublished(final long newestZxid, final long lastZxid, final Path logHome) throws IOException
    {
        final List<Long> later = unpublished(newestZxid);
        if (!later.isEmpty() && later.get(0) > lastZxid)
        {
            throw isOlder(file(later.get(0)), lastZxid, logHome);
        }

        return later;
    }

    /** The common remedy would be wrong: what is whole of this log is less than the snapshot holds. */
    private static CorruptionException isOlder(final Path snapshot, final long lastZxid, final Path logHome)
    {
        return new CorruptionException(
            snapshot + ", offset 0: is of a later state than the last record of the log in " + logHome + ", zxid 0x" +
                Long.toHexString(lastZxid) + ": the log may be an older copy, or of another server; caracal restore " +
                "of this file alone gives back that state",
            "Bring back the log that belongs here; in an ensemble, if it is lost, move the folder " +
                DataLayout.HOME_NAME + " away (that of dataLogDir, too) and let this server take over the state of " +
                "the others.");
    }

    /** Zxid of the oldest of the given number of newest snapshots, which a purge would leave; 0 when there is none. */
    long oldestKept(final long newestZxid, final int retainCount) throws IOException
    {
        final List<Long> zxids = published(newestZxid);
        return zxids.isEmpty() ? 0 : zxids.get(Math.min(retainCount, zxids.size()) - 1);
    }

    /** All published files except the given number of newest ones. */
    List<Path> purgeable(final long newestZxid, final int retainCount) throws IOException
    {
        return published(newestZxid).stream().skip(retainCount).map(this::file).toList();
    }

    private List<Path> entries() throws IOException
    {
        return DirectoryEntries.of(directory);
    }
}
