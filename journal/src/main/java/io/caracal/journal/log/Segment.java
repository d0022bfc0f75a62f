/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.MappedPages;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.format.RecordChunkEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.AbstractCloseable;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One segment while it takes appends: a Chronicle queue of one cycle in a directory of its own, its blocks reserved,
 * and a channel of the journal's own on the queue's file, because that is what is forced. Made by the bulk thread,
 * then owned by the journal thread, at last given back to the bulk thread to be closed.
 *
 * <pre>
 *   excerpt:  length i32 | SBE header | SBE block | bytes | padding to four bytes
 *             ^ position of the header          position of the frame = that + 4
 * </pre>
 */
final class Segment
{
    /** Of the file that holds the excerpts. */
    static final String FILE_NAME = ChronicleSettings.CYCLE_NAME + ".cq4";

    /** Of an excerpt's length word. */
    static final int EXCERPT_HEADER_LENGTH = 4;

    /** At the end of a segment: Chronicle puts an index array of its own between excerpts now and then. */
    static final int SLACK_LENGTH = 128 * 1024;

    private static final int EXCERPT_ALIGNMENT = 4;

    private final long ordinal;
    private final long id;
    private final int length;
    private final FileSystemCalls calls;
    private final Path directory;
    private final Path file;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final FileChannel channel;
    private final RecordFrame frame;
    private final ZxidIndex index;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long firstPosition;
    private long position;
    private volatile long publishedPosition;
    private long sequence;
    private long mappingAddress;
    private long unforcedFrom;
    private long unforcedTo;

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
        this.index = new ZxidIndex(length);
        this.queue = ChronicleSettings.open(directory.toFile(), length);
        this.appender = newAppender(queue);
        appendHead();
        this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Makes a segment ready for appends: directory, blocks, first excerpt, all of it forced. Bulk thread.
     *
     * @throws io.caracal.journal.disk.NoSpaceException when there is no room; nothing of it is left.
     */
    static Segment create(final Path segments, final long ordinal, final long id, final int length,
        final FileSystemCalls calls) throws IOException
    {
        final Path directory = SegmentEntry.directory(segments, ordinal, id);

        try
        {
            calls.createDirectory(directory);
            calls.reserve(directory.resolve(ChronicleSettings.CYCLE_NAME + ChronicleSettings.PRECREATED_SUFFIX),
                length);
            calls.reserve(directory.resolve(ChronicleSettings.TABLE_NAME), ChronicleSettings.TABLE_LENGTH);
        }
        catch (final IOException ex)
        {
            calls.remove(directory);
            throw ex;
        }

        final Segment segment = new Segment(directory, ordinal, id, length, calls);
        segment.force();
        calls.forceDirectory(directory);
        calls.forceDirectory(segments);
        return segment;
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

    /** As the manifest will name it. */
    SegmentEntry entry(final long baseZxid)
    {
        return new SegmentEntry(ordinal, id, baseZxid, firstPosition, 0, 0, length);
    }

    /** End of what was appended: where the next excerpt goes, or an index array of Chronicle's. */
    long position()
    {
        return position;
    }

    /** What was appended so far may be read by others. Journal thread. */
    void publish()
    {
        publishedPosition = position;
    }

    /** End of what others may read. Any thread. */
    long publishedPosition()
    {
        return publishedPosition;
    }

    /** Whether a record fits while some bytes at the end of the segment are left alone. */
    boolean hasRoom(final int recordLength, final int reserveLength)
    {
        return position + footprint(recordLength) <= length - SLACK_LENGTH - reserveLength;
    }

    /** Appends one chunk, whose bytes lie at an offset of a buffer and of the memory behind it. Journal thread. */
    void append(final ChunkHead head, final DirectBuffer buffer, final ByteBuffer memory, final int offset,
        final int chunkLength)
    {
        final RecordChunkEncoder chunk = frame.chunk();
        chunk.flags().clear().mark(head.isMark);
        chunk.sequence(++sequence).zxid(head.zxid).committedZxid(head.committedZxid)
            .lastDurableZxid(head.lastDurableZxid).recordLength(head.recordLength).chunkOffset(head.chunkOffset)
            .chunkLength(chunkLength).padding(0);

        try (DocumentContext document = appender.writingDocument())
        {
            final Bytes<?> target = document.wire().bytes();
            final long start = target.writePosition();
            final int frameLength = RecordFrame.CHUNK_HEADER_LENGTH + chunkLength;

            frame.sealChunk(start, memory, offset, chunkLength);
            final long address = target.addressForWrite(start);
            view.wrap(address, frameLength);
            frame.copyTo(view, RecordFrame.CHUNK_HEADER_LENGTH);
            view.putBytes(RecordFrame.CHUNK_HEADER_LENGTH, buffer, offset, chunkLength);
            target.writePosition(start + frameLength);
            advance(start, frameLength);
            touched(address, start, frameLength);

            if (head.chunkOffset == 0 && !head.isMark)
            {
                index.add(head.zxid, start - EXCERPT_HEADER_LENGTH);
            }
        }
    }

    /** Forces what was appended. Any error is final. */
    void force() throws IOException
    {
        MappedPages.letGo(unforcedFrom, unforcedTo);
        unforcedFrom = 0;
        unforcedTo = 0;
        calls.force(channel, file);
    }

    /** Gives back mappings and descriptors. Bulk thread, or the journal thread at the end. */
    void close() throws IOException
    {
        appender.close();
        queue.close();
        BackgroundResourceReleaser.releasePendingResources();
        channel.close();
    }

    /** Closes a segment that was never named, and removes it. */
    void discard() throws IOException
    {
        close();
        calls.remove(directory);
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

    private static ExcerptAppender newAppender(final SingleChronicleQueue queue)
    {
        final ExcerptAppender appender = queue.createAppender();
        ((AbstractCloseable)appender).singleThreadedCheckDisabled(true);
        return appender;
    }

    private void appendHead()
    {
        try (DocumentContext document = appender.writingDocument())
        {
            final Bytes<?> target = document.wire().bytes();
            final long start = target.writePosition();
            frame.sealSegmentHead(start, ordinal);
            final long address = target.addressForWrite(start);
            MappedPages.readNothingAhead(address, length - start);
            view.wrap(address, RecordFrame.SEGMENT_HEAD_LENGTH);
            frame.copyTo(view, RecordFrame.SEGMENT_HEAD_LENGTH);
            target.writePosition(start + RecordFrame.SEGMENT_HEAD_LENGTH);
            advance(start, RecordFrame.SEGMENT_HEAD_LENGTH);
        }

        firstPosition = position;
        publish();
    }

    /** The file is one mapping; should Chronicle have begun another, only what lies in that one is let go. */
    private void touched(final long address, final long start, final int frameLength)
    {
        if (unforcedFrom == 0 || address - start != mappingAddress)
        {
            mappingAddress = address - start;
            unforcedFrom = address;
        }

        unforcedTo = address + frameLength;
    }

    private void advance(final long start, final int frameLength)
    {
        Invariant.check(start >= position, "segment position went back");
        position = start - EXCERPT_HEADER_LENGTH + alignedLength(frameLength);
        Invariant.check(position <= length, "append beyond the reserved room");
    }
}
