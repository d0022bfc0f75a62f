/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.disk.Corruption;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the segment directories that the manifest does not name: spares that were never used, segments that were
 * dropped before they could be removed. One with records whose number the manifest has not reached yet is no garbage:
 * it was appended to, hence named, hence the manifest is not the one it was.
 */
final class SegmentSweep
{
    private static final Pattern NAME = Pattern.compile("(\\d{10,})-([0-9a-f]{16})");
    private static final int HEXADECIMAL = 16;

    private SegmentSweep()
    {
    }

    /** What may be removed. */
    static List<Path> garbage(final Path segments, final LogState state, final Path manifest) throws IOException
    {
        final List<Path> found = new ArrayList<>();

        try (DirectoryStream<Path> entries = Files.newDirectoryStream(segments))
        {
            for (final Path entry : entries)
            {
                final Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches() && state.named(Long.parseLong(name.group(1))) == null)
                {
                    final long id = Long.parseUnsignedLong(name.group(2), HEXADECIMAL);
                    if (Long.parseLong(name.group(1)) >= state.nextOrdinal() && hasRecords(entry, id))
                    {
                        throw Corruption.at(manifest, 0, "does not name " + entry + ", which holds records");
                    }

                    found.add(entry);
                }
            }
        }

        Collections.sort(found);
        return found;
    }

    private static boolean hasRecords(final Path directory, final long id) throws IOException
    {
        final Path file = directory.resolve(Segment.FILE_NAME);
        if (!Files.exists(file))
        {
            return false;
        }

        final long first = SegmentScanner.firstPosition(file, id);
        if (first < 0)
        {
            return false;
        }

        try (SegmentScanner scanner = new SegmentScanner(file, id, first, Long.MAX_VALUE))
        {
            return scanner.next();
        }
    }
}
