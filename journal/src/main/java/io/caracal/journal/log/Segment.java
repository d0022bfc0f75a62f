/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.journal.Removal;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.format.RecordChunkEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * A segment while it takes appends: a Chronicle queue of one cycle in a directory of its own, with its blocks reserved.
 * The journal writes and forces the queue's file through a channel of its own. The bulk thread creates the segment, the
 * journal thread then owns it, and at last gives it back to the bulk thread to be closed.
 *
 * <pre>
 *   excerpt:  length i32 | SBE header | SBE block | bytes | padding to four bytes
 *             ^ position of the header          position of the frame = that + 4
 * </pre>
 */
final class Segment
{
    /** Name of the file that holds the excerpts. */
    static final String FILE_NAME = ChronicleSettings.CYCLE_NAME + ".cq4";

    private static final String PRECREATED_NAME = ChronicleSettings.CYCLE_NAME + ChronicleSettings.PRECREATED_SUFFIX;

    /** Length of an excerpt's length word. */
    static final int EXCERPT_HEADER_LENGTH = 4;

    /** Length of the zeros that stay at the end of a segment, so that a reader of the file finds its end. */
    static final int SLACK_LENGTH = 4096;

    private static final int EXCERPT_ALIGNMENT = 4;

    private final long ordinal;
    private final long id;
    private final int length;
    private final FileSystemCalls calls;
    private final Path directory;
    private final Path file;
    private final FileChannel channel;
    private final RecordFrame frame;
    private final ZxidIndex index;
    private final ExcerptBatch batch = new ExcerptBatch();
    private final long firstPosition;
    private long writtenPosition;
    private long position;
    private long wholePosition;
    private volatile long publishedPosition;
    private long sequence;

    private Segment(final Path directory, final long ordinal, final long id, final int length,
        final FileSystemCalls calls) throws IOException
    {
        this.ordinal = ordinal;
        this.id = id;
        this.length = length;
        this.calls = calls;
        this.directory = directory;
        this.file = directory.resolve(FILE_NAME);
        this.frame = new RecordFrame(id);
        this.index = new ZxidIndex(ordinal, length);
        try
        {
            this.firstPosition = SegmentFile.create(directory, ordinal, frame, length);
            this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        catch (final Throwable ex)
        {
            closeMemory();
            throw ex;
        }
        this.writtenPosition = firstPosition;
        this.position = firstPosition;
        this.wholePosition = firstPosition;
        this.publishedPosition = firstPosition;
    }

    /**
     * Makes a segment ready for appends: creates directory, blocks and first excerpt, and forces all of it. Called on
     * the bulk thread.
     *
     * @throws io.caracal.journal.disk.NoSpaceException when there is no room. After this and any other failure, nothing
     * of the segment is left.
     */
    static Segment create(final Path segments, final long ordinal, final long id, final int length,
        final FileSystemCalls calls) throws IOException
    {
        final Path directory = SegmentEntry.directory(segments, ordinal, id);
        Segment segment = null;

        try
        {
            calls.createDirectory(directory);
            calls.reserve(directory.resolve(PRECREATED_NAME), length);
            calls.reserve(directory.resolve(ChronicleSettings.TABLE_NAME), ChronicleSettings.TABLE_LENGTH);
            segment = new Segment(directory, ordinal, id, length, calls);
            segment.fillHead();
            segment.force();
            calls.forceDirectory(directory);
            calls.forceDirectory(segments);
            return segment;
        }
        catch (final Throwable ex)
        {
            abandon(segment, directory, calls, ex);
            throw ex;
        }
    }

    /**
     * Removes what was created of a segment, as far as that is possible. Errors are added to the failure that ended the
     * creation.
     */
    private static void abandon(final Segment segment, final Path directory, final FileSystemCalls calls,
        final Throwable failure)
    {
        try
        {
            if (segment != null)
            {
                segment.close();
            }
            // Each by its name, because a directory cannot be read when no file can be opened.
            for (final String name : List.of(PRECREATED_NAME, FILE_NAME, ChronicleSettings.TABLE_NAME))
            {
                calls.remove(directory.resolve(name));
            }
            calls.remove(directory);
        }
        catch (final IOException ex)
        {
            failure.addSuppressed(ex);
        }
    }

    /**
     * Writes everything before the first record over itself. Chronicle stores to a few scattered blocks of it. A file
     * system that tracks which blocks were ever written then keeps a piece for each and for each gap. That is more than
     * ext4 keeps beside its other data of a file, so every force would have to write one more block and wait for it.
     */
    private void fillHead() throws IOException
    {
        final ByteBuffer head = ByteBuffer.allocate(Math.toIntExact(firstPosition));
        while (head.hasRemaining() && channel.read(head, head.position()) > 0)
        {
            // The next read continues where this one ended.
        }
        Invariant.check(!head.hasRemaining(), "a segment ends within its head");
        calls.write(channel, file, head.flip(), 0);
    }

    long ordinal()
    {
        return ordinal;
    }

    ZxidIndex index()
    {
        return index;
    }

    Path file()
    {
        return file;
    }

    /** The segment's entry for the manifest, still open. */
    SegmentEntry entry(final long baseZxid)
    {
        return new SegmentEntry(ordinal, id, baseZxid, firstPosition, 0, 0, length);
    }

    /** End of what was appended: where the next excerpt goes. */
    long position()
    {
        return position;
    }

    /**
     * End of the last record of which all chunks were appended, or of the last mark; this is the end that a scanner
     * sees.
     */
    long wholePosition()
    {
        return wholePosition;
    }

    /** Writes to the file what was appended so far; others may read it from now on. Called on the journal thread. */
    void publish() throws IOException
    {
        write();
        publishedPosition = position;
    }

    /** End of what others may read. May be called by any thread. */
    long publishedPosition()
    {
        return publishedPosition;
    }

    /** Whether a record fits while a number of bytes at the end of the segment stay unused. */
    boolean hasRoom(final int recordLength, final int reserveLength)
    {
        return position + footprint(recordLength) <= length - SLACK_LENGTH - reserveLength;
    }

    /** Whether a chunk can be appended before the next {@link #publish}. Called on the journal thread. */
    boolean takesChunk(final int chunkLength)
    {
        return batch.hasRoom(chunkLength);
    }

    /** Appends one chunk, whose bytes lie at an offset of a buffer. Called on the journal thread. */
    void append(final ChunkHead head, final DirectBuffer buffer, final int offset, final int chunkLength)
    {
        final RecordChunkEncoder chunk = frame.chunk();
        chunk.flags().clear().mark(head.isMark);
        chunk.sequence(++sequence).zxid(head.zxid).committedZxid(head.committedZxid)
            .lastDurableZxid(head.lastDurableZxid).recordLength(head.recordLength).chunkOffset(head.chunkOffset)
            .chunkLength(chunkLength).padding(0);

        if (head.chunkOffset == 0 && !head.isMark)
        {
            index.add(head.zxid, position);
        }

        position += batch.add(frame, position, buffer, offset, chunkLength);
        Invariant.check(position <= length, "append beyond the reserved room");
        if (head.chunkOffset + chunkLength == head.recordLength)
        {
            wholePosition = position;
        }
    }

    /** Forces what was appended. Any error is final. */
    void force() throws IOException
    {
        write();
        calls.force(channel, file);
    }

    /** Frees memory and descriptor. Called on the bulk thread, or on the journal thread at the end. */
    void close() throws IOException
    {
        closeMemory();
        channel.close();
    }

    private void closeMemory()
    {
        batch.close();
        frame.close();
    }

    /** Closes a segment that was never named, and removes it if possible. */
    void discard(final Removal removal) throws IOException
    {
        close();
        removal.tryRemove(directory);
    }

    /** Bytes that a record takes in a segment, headers included. */
    static long footprint(final int recordLength)
    {
        final long chunks = 1L + recordLength / ChunkRing.CHUNK_LENGTH_MIN;
        return recordLength + chunks * (alignedLength(RecordFrame.CHUNK_HEADER_LENGTH) + (long)EXCERPT_ALIGNMENT);
    }

    static int alignedLength(final int frameLength)
    {
        return EXCERPT_HEADER_LENGTH + BitUtil.align(frameLength, EXCERPT_ALIGNMENT);
    }

    private void write() throws IOException
    {
        if (!batch.isEmpty())
        {
            batch.writeTo(calls, channel, file, writtenPosition);
            writtenPosition = position;
        }
    }
}
