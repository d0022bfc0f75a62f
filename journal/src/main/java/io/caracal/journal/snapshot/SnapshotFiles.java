/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.journal.disk.FileSystemCalls;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directory of snapshot files: names, lists, what goes and what stays. */
final class SnapshotFiles
{
    private static final Pattern NAME = Pattern.compile("snapshot-([0-9a-f]{16})");
    private static final Pattern TEMPORARY_NAME = Pattern.compile("snapshot-[0-9a-f]{16}\\.tmp");
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

    Path file(final long zxid)
    {
        return directory.resolve(String.format(Locale.ROOT, "snapshot-%016x", zxid));
    }

    Path temporary(final long zxid)
    {
        return directory.resolve(String.format(Locale.ROOT, "snapshot-%016x.tmp", zxid));
    }

    /** Zxids of the published files, newest first: those up to the one that the manifest names. */
    List<Long> published(final long newestZxid) throws IOException
    {
        final List<Long> zxids = all();
        zxids.removeIf(zxid -> zxid > newestZxid);
        return zxids;
    }

    /** Zxids of all files with a final name, newest first. */
    List<Long> all() throws IOException
    {
        final List<Long> zxids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory))
        {
            for (final Path entry : entries)
            {
                final Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches())
                {
                    zxids.add(Long.parseUnsignedLong(name.group(1), HEXADECIMAL));
                }
            }
        }

        zxids.sort(Comparator.reverseOrder());
        return zxids;
    }

    /** Removes what was begun and never published. */
    void sweep(final long newestZxid) throws IOException
    {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory))
        {
            for (final Path entry : entries)
            {
                if (TEMPORARY_NAME.matcher(entry.getFileName().toString()).matches())
                {
                    calls.remove(entry);
                }
            }
        }

        for (final long zxid : all())
        {
            if (zxid > newestZxid)
            {
                calls.remove(file(zxid));
            }
        }
    }

    /** Oldest of the newest so many, as a purge would leave them; 0 when there is none. */
    long oldestKept(final long newestZxid, final int retainCount) throws IOException
    {
        final List<Long> zxids = published(newestZxid);
        return zxids.isEmpty() ? 0 : zxids.get(Math.min(retainCount, zxids.size()) - 1);
    }

    /** Removes all but the newest so many; returns how many went. */
    int purge(final long newestZxid, final int retainCount) throws IOException
    {
        final List<Long> zxids = published(newestZxid);
        for (int i = retainCount; i < zxids.size(); i++)
        {
            calls.remove(file(zxids.get(i)));
        }

        if (zxids.size() > retainCount)
        {
            calls.forceDirectory(directory);
        }

        return Math.max(0, zxids.size() - retainCount);
    }
}
