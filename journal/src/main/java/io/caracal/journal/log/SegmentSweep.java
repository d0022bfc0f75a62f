/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.disk.Corruption;
import io.caracal.journal.disk.DirectoryEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The segment directories that the manifest does not name: spares that were never used, and segments that were dropped
 * and not removed yet. A directory with records whose ordinal the manifest has not reached yet is not garbage. Records
 * were appended to it, so it was named, so this manifest is not the one that named it. If this manifest belongs to
 * another server, the unnamed segments are the log. So dropped segments are removed only after the log was read to its
 * end.
 */
final class SegmentSweep
{
    private static final Pattern NAME = Pattern.compile("(\\d{10,18})-([0-9a-f]{16})");
    private static final int HEXADECIMAL = 16;

    private final List<Path> unused = new ArrayList<>();
    private final List<Path> dropped = new ArrayList<>();
    private long nextOrdinal;

    private SegmentSweep(final long nextOrdinal)
    {
        this.nextOrdinal = nextOrdinal;
    }

    /**
     * Looks for such directories.
     *
     * @param segments directory of all segments.
     * @param state    what the manifest says.
     * @param manifest its file, for messages to people.
     * @throws io.caracal.engine.port.CorruptionException when the manifest should name one of them.
     */
    static SegmentSweep of(final Path segments, final LogState state, final Path manifest) throws IOException
    {
        final SegmentSweep sweep = new SegmentSweep(state.nextOrdinal());
        for (final Path entry : DirectoryEntries.of(segments))
        {
            final Matcher name = NAME.matcher(entry.getFileName().toString());
            if (name.matches())
            {
                sweep.look(entry, Long.parseLong(name.group(1)), Long.parseUnsignedLong(name.group(2), HEXADECIMAL),
                    state, manifest);
            }
        }

        return sweep;
    }

    private void look(final Path directory, final long ordinal, final long id, final LogState state,
        final Path manifest) throws IOException
    {
        if (state.named(ordinal) != null)
        {
            return;
        }

        nextOrdinal = Math.max(nextOrdinal, ordinal + 1);
        if (ordinal < state.nextOrdinal())
        {
            dropped.add(directory);
            return;
        }

        if (hasRecords(directory, id))
        {
            throw Corruption.at(manifest, 0, "does not name " + directory + ", which holds records");
        }

        unused.add(directory);
    }

    /** Directories that hold no records. */
    List<Path> unused()
    {
        return List.copyOf(unused);
    }

    /** Directories that may hold records which were given up. */
    List<Path> dropped()
    {
        return List.copyOf(dropped);
    }

    /** An ordinal for the next segment that no directory has, not even one that the manifest does not name. */
    long nextOrdinal()
    {
        return nextOrdinal;
    }

    /** Whether a file holds records, wherever they lie in it: the head and the first record may be damaged. */
    private static boolean hasRecords(final Path directory, final long id) throws IOException
    {
        final Path file = directory.resolve(Segment.FILE_NAME);
        if (!Files.exists(file))
        {
            return false;
        }

        final long first = Math.max(0, SegmentScanner.firstPosition(file, id));
        try (SegmentScanner scanner = new SegmentScanner(file, id, first, Long.MAX_VALUE))
        {
            return scanner.findProofOfDurable(Long.MIN_VALUE, scanner.fileLength()) >= 0;
        }
    }
}
