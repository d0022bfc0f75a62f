/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.journal.disk.FileWindow;
import io.caracal.journal.format.RecordChunkDecoder;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Reads the records of a segment from the raw file. It walks the length words of the excerpts and steps over
 * Chronicle's own. It accepts a record only if its checksum, its position and its sequence number in the segment are
 * right. Chronicle never opens what another process left. Used by one thread.
 */
final class SegmentScanner implements AutoCloseable
{
    private static final int NOT_COMPLETE = 0x80000000;
    private static final int META = 0x40000000;
    private static final int LENGTH_MASK = 0x3FFFFFFF;
    private static final long ANY = -1;

    /**
     * Length of the window: longer than a chunk, but not larger than needed, because reading ahead behind the end of a
     * segment only fills memory with zeros.
     */
    private static final int WINDOW_LENGTH = 512 * 1024;

    private final Path file;
    private final long segmentId;
    private final FileWindow window;
    private final RecordFrame frame;
    private final ExpandableArrayBuffer assembly = new ExpandableArrayBuffer();
    private long limit;
    private long position;
    private long chunkPosition;
    private long recordPosition;
    private long cutPosition;
    private long sequence;
    private int assembled;
    private long zxid;
    private long committedZxid;
    private long durableZxid;
    private long unprovenPosition;
    private DirectBuffer buffer;
    private int offset;
    private int length;

    /**
     * Opens a segment's file.
     *
     * @param firstPosition of the excerpt header of its first record.
     * @param limit         where to stop: the cut of a closed segment, or the end of the file.
     */
    SegmentScanner(final Path file, final long segmentId, final long firstPosition, final long limit) throws IOException
    {
        this.file = file;
        this.segmentId = segmentId;
        window = new FileWindow(file, WINDOW_LENGTH);
        frame = new RecordFrame(segmentId);
        this.limit = Math.min(limit, window.fileLength());
        position = firstPosition;
        cutPosition = firstPosition;
        unprovenPosition = firstPosition;
    }

    /**
     * Creates a scanner that begins at some record, not necessarily the first. It takes the sequence number it finds
     * there as the beginning.
     */
    static SegmentScanner within(final Path file, final long segmentId, final long recordPosition, final long limit)
        throws IOException
    {
        final SegmentScanner scanner = new SegmentScanner(file, segmentId, recordPosition, limit);
        scanner.sequence = ANY;
        return scanner;
    }

    /**
     * Creates a scanner that begins at a record which is said to lie at a place.
     *
     * @return null when that very record does not lie there whole.
     */
    static SegmentScanner at(final RecordPlace place, final Path file, final long segmentId, final long limit)
        throws IOException
    {
        final SegmentScanner scanner = within(file, segmentId, place.position(), limit);
        boolean isThere = false;
        try
        {
            isThere = scanner.isAt(place.zxid()) && scanner.next();
            scanner.rewind(place.position());
        }
        finally
        {
            if (!isThere)
            {
                scanner.close();
            }
        }

        return isThere ? scanner : null;
    }

    /**
     * Creates a scanner that begins at some record and follows a segment while it is being appended to.
     *
     * @param limit up to which the segment is whole; {@link #limit} moves it on.
     */
    static SegmentScanner following(final Path file, final long segmentId, final long recordPosition, final long limit)
        throws IOException
    {
        final SegmentScanner scanner = within(file, segmentId, recordPosition, limit);
        scanner.limit(limit);
        return scanner;
    }

    /** Moves the limit up to which the segment is whole. */
    void limit(final long newLimit)
    {
        limit = Math.min(newLimit, window.fileLength());
        window.end(limit);
    }

    /**
     * Returns the position after a segment's head, walking from the start of the file.
     *
     * @return -1 when there is no valid head of that segment.
     */
    static long firstPosition(final Path file, final long segmentId) throws IOException
    {
        try (SegmentScanner scanner = new SegmentScanner(file, segmentId, 0, Long.MAX_VALUE))
        {
            return scanner.skipHead();
        }
    }

    /**
     * Whether the segment's head ends at a position. It tells this segment's file from that of another segment, and
     * from zeros, where there is no record to tell it.
     */
    boolean hasHead(final long end) throws IOException
    {
        final long start = end - Segment.alignedLength(RecordFrame.SEGMENT_HEAD_LENGTH) + Segment.EXCERPT_HEADER_LENGTH;
        return start >= 0 && window.load(start, RecordFrame.SEGMENT_HEAD_LENGTH) && frame.checkSegmentHead(start,
            window.buffer(), window.offset(start), RecordFrame.SEGMENT_HEAD_LENGTH) >= 0;
    }

    /**
     * Advances to the next whole record.
     *
     * @return false at the limit, or where the valid excerpts end.
     */
    boolean next() throws IOException
    {
        while (position < limit)
        {
            final RecordChunkDecoder chunk = nextChunk();
            if (chunk == null)
            {
                return false;
            }

            takeProof(chunk);
            if (chunk.flags().mark())
            {
                cutPosition = position;
            }
            else if (isRecordComplete(chunk))
            {
                cutPosition = position;
                return true;
            }
        }

        return false;
    }

    long zxid()
    {
        return zxid;
    }

    long committedZxid()
    {
        return committedZxid;
    }

    /** The last zxid that, according to a chunk read so far, was durable. */
    long durableZxid()
    {
        return durableZxid;
    }

    /**
     * Where the bytes begin that no chunk so far proves to have been durable. A chunk proves it for the bytes up to the
     * record of its last durable zxid, which were forced before the chunk was written.
     */
    long unprovenPosition()
    {
        return unprovenPosition;
    }

    /** Position of the excerpt header of the current record's first chunk. */
    long recordPosition()
    {
        return recordPosition;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int offset()
    {
        return offset;
    }

    int length()
    {
        return length;
    }

    /** End of the last whole record or mark, where the segment would be cut. */
    long cutPosition()
    {
        return cutPosition;
    }

    /** Where the next excerpt header lies, or where the valid excerpts ended. */
    long position()
    {
        return position;
    }

    /**
     * Searches what follows the valid excerpts for a record which proves that a zxid after the given one was durable.
     * If there is one, the valid excerpts end because of rot, not because of a torn tail.
     *
     * @return position of the proof, or -1 when there is none.
     */
    long findProofOfDurable(final long lastKnownZxid, final long end) throws IOException
    {
        try (DurableProof proof = new DurableProof(file, window, segmentId))
        {
            return proof.find(position, lastKnownZxid, end);
        }
    }

    @Override
    public void close() throws IOException
    {
        frame.close();
        window.close();
    }

    /** Whether the first chunk of the given record comes next. */
    private boolean isAt(final long recordZxid) throws IOException
    {
        final RecordChunkDecoder chunk = position < limit ? frame.chunkAt(window, position) : null;
        return chunk != null && chunk.zxid() == recordZxid && chunk.chunkOffset() == 0 && !chunk.flags().mark();
    }

    /** Notes what a chunk that was just stepped over proves to be durable. */
    private void takeProof(final RecordChunkDecoder chunk)
    {
        if (chunk.lastDurableZxid() > durableZxid)
        {
            durableZxid = chunk.lastDurableZxid();
            unprovenPosition = durableZxid >= zxid ? chunkPosition : unprovenPosition;
        }
    }

    private void rewind(final long to)
    {
        position = to;
        cutPosition = to;
        unprovenPosition = to;
        zxid = 0;
        durableZxid = 0;
        sequence = ANY;
    }

    /**
     * Steps to the next chunk; returns null if there is no valid one. Then the position stays where the last one ended:
     * damage may look like an excerpt of Chronicle's that leads beyond everything that would prove it to be damage. For
     * the same reason nothing is stepped over before the first chunk of a scanner that takes any sequence number.
     */
    private RecordChunkDecoder nextChunk() throws IOException
    {
        long next = position;
        while (next < limit && window.load(next, Integer.BYTES))
        {
            final int word = window.buffer().getInt(window.offset(next));
            if (word == 0 || (word & NOT_COMPLETE) != 0)
            {
                return null;
            }

            if ((word & META) == 0)
            {
                return expectedChunk(next, word);
            }

            if (sequence == ANY)
            {
                return null;
            }

            next += Segment.alignedLength(word & LENGTH_MASK);
        }

        return null;
    }

    private RecordChunkDecoder expectedChunk(final long start, final int excerptLength) throws IOException
    {
        final RecordChunkDecoder chunk = frame.chunkAt(window, start);
        if (chunk == null || (sequence != ANY && chunk.sequence() != sequence + 1))
        {
            return null;
        }

        if (chunk.chunkOffset() == 0)
        {
            recordPosition = start;
        }

        sequence = chunk.sequence();
        chunkPosition = start;
        position = start + Segment.alignedLength(excerptLength);
        return chunk;
    }

    private long skipHead() throws IOException
    {
        while (window.load(position, Integer.BYTES))
        {
            final int word = window.buffer().getInt(window.offset(position));
            if (word == 0 || (word & NOT_COMPLETE) != 0)
            {
                return -1;
            }

            final long start = position + Segment.EXCERPT_HEADER_LENGTH;
            position += Segment.alignedLength(word & LENGTH_MASK);
            if ((word & META) == 0)
            {
                return window.load(start, word) && frame.checkSegmentHead(start, window.buffer(), window.offset(start),
                    word) >= 0 ? position : -1;
            }
        }

        return -1;
    }

    /** Adds a chunk to the current record; returns true when that is whole. */
    private boolean isRecordComplete(final RecordChunkDecoder chunk)
    {
        final int chunkLength = chunk.chunkLength();
        final int chunkOffset = chunk.chunkOffset();
        final int start = window.offset(position) - BitUtil.align(chunkLength, Integer.BYTES);
        zxid = chunk.zxid();
        committedZxid = chunk.committedZxid();
        length = chunk.recordLength();

        Invariant.check(chunkOffset == assembled, "chunks of a journal record out of order");

        if (chunkOffset == 0 && chunkLength == length)
        {
            buffer = window.buffer();
            offset = start;
            return true;
        }

        assembly.putBytes(assembled, window.buffer(), start, chunkLength);
        assembled += chunkLength;
        if (assembled < length)
        {
            return false;
        }

        buffer = assembly;
        offset = 0;
        assembled = 0;
        return true;
    }

    long fileLength()
    {
        return window.fileLength();
    }
}
