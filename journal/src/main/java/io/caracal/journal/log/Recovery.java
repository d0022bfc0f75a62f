/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.disk.Corruption;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.Rewriting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the history that survived, segment after segment, and refuses one that may lack a durable record. A segment
 * with a successor must be whole up to its cut. Only the last segment may end in a torn record, provided that no close
 * gave it a cut, and that no later record proves that what is missing had been forced.
 * <p>
 * Everything read is forced before the end is reported: a killed process may have left pages that no force has covered,
 * and the server is about to promise what it read. What no record proves to have been forced is first written over
 * itself, because a failed force leaves pages that are read as if they were on the device, and that no later force
 * writes. Runs on the caller's thread, at start-up.
 *
 * <pre>
 *   START ---&gt; READING ---&gt; FORCING ---&gt; ENDED
 *                ^  |
 *                +--+ next segment
 * </pre>
 */
final class Recovery
{
    private static final int RECORDS_MAX = 4096;
    private static final int BYTES_MAX = 4 * 1024 * 1024;

    private final Path segments;
    private final LogState state;
    private final FileSystemCalls calls;
    private final Reader reader;
    private final boolean[] read;
    private SegmentScanner scanner;
    private int index = -1;
    private long lastZxid;
    private long cutPosition;
    private long unprovenPosition;
    private long durableZxid;
    private Recovered recovered;

    /** The kinds of readers. */
    enum Reader
    {
        /** A server that starts. What it read is forced. */
        SERVER,
        /** A tool, while no server works here. Nothing is written. */
        TOOL,
        /** A tool beside a server that may append. The log ends where the tool sees its end. */
        ONLOOKER
    }

    Recovery(final Path segments, final LogState state, final FileSystemCalls calls)
    {
        this(segments, state, calls, Reader.SERVER);
    }

    Recovery(final Path segments, final LogState state, final FileSystemCalls calls, final Reader reader)
    {
        this.reader = reader;
        this.segments = segments;
        this.state = state;
        this.calls = calls;
        this.read = new boolean[state.segments().size()];
    }

    /** The last zxid that, according to a record read so far, was durable. */
    long durableZxid()
    {
        return durableZxid;
    }

    /** The end of the history; null until it was reported. */
    Recovered recovered()
    {
        return recovered;
    }

    int replay(final long afterZxid, final ReplayHandler handler)
    {
        Invariant.check(recovered == null, "replay after its end");

        try
        {
            if (index < 0)
            {
                start(afterZxid);
            }

            return scanner == null ? end(afterZxid, handler) : deliver(afterZxid, handler);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the journal cannot be read: " + ex, ex);
        }
    }

    void close() throws IOException
    {
        if (scanner != null)
        {
            scanner.close();
            scanner = null;
        }
    }

    private void start(final long afterZxid) throws IOException
    {
        if (state.baseZxid() > afterZxid)
        {
            throw Corruption.at(segments, 0, "the journal begins after zxid 0x" + Long.toHexString(state.baseZxid()) +
                ", but is needed from 0x" + Long.toHexString(afterZxid) + " on: records between are missing");
        }

        index = 0;
        while (index < state.segments().size() - 1 && state.segments().get(index).lastZxid() <= afterZxid)
        {
            index++;
        }

        lastZxid = state.baseZxid();
        if (index < state.segments().size())
        {
            lastZxid = state.segments().get(index).baseZxid();
            open(afterZxid);
        }
    }

    /** Opens the next segment. Records up to the given zxid were in the snapshot and need not be read. */
    private void open(final long afterZxid) throws IOException
    {
        final SegmentEntry entry = state.segments().get(index);
        if (entry.baseZxid() != lastZxid)
        {
            throw corrupt(entry, entry.firstPosition(), "its records come after zxid 0x" +
                Long.toHexString(entry.baseZxid()) + ", the segment before ends at 0x" + Long.toHexString(lastZxid));
        }

        try
        {
            scanner = scanner(entry, afterZxid);
        }
        catch (final NoSuchFileException ex)
        {
            if (reader == Reader.ONLOOKER)
            {
                // The segment was purged since the manifest was read. That is not damage, but a newer manifest is
                // needed.
                throw ex;
            }

            throw corrupt(entry, 0, "the file is missing");
        }

        read[index] = true;
        if (entry.isOpen() && reader != Reader.ONLOOKER && scanner.fileLength() < entry.length())
        {
            throw corrupt(entry, scanner.fileLength(), "the file ends here, but had " + entry.length() + " bytes");
        }
    }

    /**
     * Creates the scanner of a segment. A server begins near the snapshot, if the manifest names a place and that very
     * record lies there; the record's checksum covers the segment's id and its position. In any other case, and for all
     * other readers, the whole segment is read.
     */
    private SegmentScanner scanner(final SegmentEntry entry, final long afterZxid) throws IOException
    {
        final long limit = entry.isOpen() ? Long.MAX_VALUE : entry.cutPosition();
        SegmentScanner near = null;
        if (reader == Reader.SERVER && state.place().serves(entry, afterZxid))
        {
            near = SegmentScanner.at(state.place(), entry.file(segments), entry.id(), limit);
        }

        return near != null ? near : new SegmentScanner(entry.file(segments), entry.id(), entry.firstPosition(), limit);
    }

    private int deliver(final long afterZxid, final ReplayHandler handler) throws IOException
    {
        int count = 0;
        int bytes = 0;

        for (int i = 0; i < RECORDS_MAX && bytes < BYTES_MAX; i++)
        {
            if (!scanner.next())
            {
                endSegment();
                break;
            }

            if (scanner.zxid() <= lastZxid)
            {
                throw corrupt(state.segments().get(index), scanner.recordPosition(), "zxid 0x" +
                    Long.toHexString(scanner.zxid()) + " after 0x" + Long.toHexString(lastZxid));
            }

            lastZxid = scanner.zxid();
            bytes += scanner.length();
            if (lastZxid > afterZxid)
            {
                handler.onRecord(lastZxid, scanner.committedZxid(), scanner.buffer(), scanner.offset(),
                    scanner.length());
                count++;
            }
        }

        return count;
    }

    private void endSegment() throws IOException
    {
        final SegmentEntry entry = state.segments().get(index);
        durableZxid = Math.max(durableZxid, entry.isOpen() ? scanner.durableZxid() : entry.lastZxid());

        if (entry.isOpen())
        {
            if (reader != Reader.ONLOOKER)
            {
                checkTorn(entry);
            }
        }
        else if (scanner.cutPosition() != entry.cutPosition() || lastZxid != entry.lastZxid())
        {
            throw corrupt(entry, scanner.position(), "no valid record, but the segment holds records up to zxid 0x" +
                Long.toHexString(entry.lastZxid()) + ", which were durable");
        }

        if (index == state.segments().size() - 1)
        {
            cutPosition = scanner.cutPosition();
            unprovenPosition = entry.isOpen() ? scanner.unprovenPosition() : cutPosition;
            close();
            return;
        }

        close();
        index++;
        open(lastZxid);
    }

    private void checkTorn(final SegmentEntry entry) throws IOException
    {
        final long position = scanner.position();
        final long proof = scanner.findProofOfDurable(lastZxid, entry.length());
        if (proof >= 0)
        {
            throw corrupt(entry, position, "no valid record after zxid 0x" + Long.toHexString(lastZxid) +
                ", but the record at offset " + proof + " proves that there was a durable one");
        }

        if (position == entry.firstPosition() && !scanner.hasHead(position))
        {
            throw corrupt(entry, position, "no valid record, and before it no head of this segment, which was " +
                "durable before the first record: other contents are in its place, or none");
        }
    }

    private int end(final long afterZxid, final ReplayHandler handler) throws IOException
    {
        // The newest published snapshot counts, even if an older one had to be loaded.
        final long known = Math.max(afterZxid, state.snapshotZxid());
        if (lastZxid < known)
        {
            throw Corruption.at(segments, 0, "the journal ends at zxid 0x" + Long.toHexString(lastZxid) +
                ", but held every record up to 0x" + Long.toHexString(known) + " when that snapshot was published");
        }

        forceWhatWasRead();
        recovered = new Recovered(lastZxid, cutPosition);
        handler.onReplayEnd(lastZxid);
        return 0;
    }

    private void forceWhatWasRead() throws IOException
    {
        if (reader != Reader.SERVER)
        {
            return;
        }

        for (int i = 0; i < read.length; i++)
        {
            if (read[i])
            {
                final Path file = state.segments().get(i).file(segments);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
                {
                    if (i == read.length - 1)
                    {
                        Rewriting.of(channel, file, unprovenPosition, cutPosition, calls);
                    }
                    calls.force(channel, file);
                }

                calls.forceDirectory(file.getParent());
            }
        }

        if (Files.exists(segments))
        {
            calls.forceDirectory(segments);
        }
    }

    private CorruptionException corrupt(final SegmentEntry entry, final long position, final String what)
    {
        return Corruption.at(entry.file(segments), position, what);
    }
}
