/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.duty.ChunkRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Excerpts on their way into a segment's file. They are laid out one behind the other, in Chronicle's layout, and then
 * written together. Storing into a mapping would cost a fault for each page touched, and an interrupt of the other
 * processors when that page is forced. A system call costs the same for one page as for many. Belongs to the journal
 * thread.
 *
 * <pre>
 *   length i32 | SBE header | SBE block | bytes | zeros to a multiple of four | length i32 | ...
 * </pre>
 *
 * The first length word is written last. Until then a reader of the file finds its end there, and never an incomplete
 * excerpt.
 */
final class ExcerptBatch implements AutoCloseable
{
    /** Room for the longest chunk, and for most batches as a whole. */
    private static final int CAPACITY = 2 * ChunkRing.CHUNK_LENGTH_MAX;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private int length;

    boolean isEmpty()
    {
        return length == 0;
    }

    boolean hasRoom(final int chunkLength)
    {
        return length + excerptLength(chunkLength) <= CAPACITY;
    }

    /**
     * Adds the excerpt of a chunk. The chunk of the frame must be filled in; it is sealed here.
     *
     * @param position of the excerpt's length word in the file.
     * @return bytes that the excerpt takes in the file.
     */
    int add(final RecordFrame frame, final long position, final DirectBuffer bytes, final int offset,
        final int chunkLength)
    {
        Invariant.check(hasRoom(chunkLength), "batch of excerpts beyond its room");

        final int excerptLength = excerptLength(chunkLength);
        final int start = length + Segment.EXCERPT_HEADER_LENGTH;
        final int bytesStart = start + RecordFrame.CHUNK_HEADER_LENGTH;
        buffer.putInt(length, RecordFrame.CHUNK_HEADER_LENGTH + chunkLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(length + excerptLength - Integer.BYTES, 0);
        buffer.putBytes(bytesStart, bytes, offset, chunkLength);
        frame.sealChunk(position + Segment.EXCERPT_HEADER_LENGTH, memory, bytesStart, chunkLength);
        frame.copyTo(buffer, start, RecordFrame.CHUNK_HEADER_LENGTH);
        length += excerptLength;
        return excerptLength;
    }

    /**
     * Writes the whole batch to the file and empties it.
     *
     * @param position in the file of the first excerpt's length word.
     */
    void writeTo(final FileSystemCalls calls, final FileChannel channel, final Path file, final long position)
        throws IOException
    {
        memory.limit(length).position(Segment.EXCERPT_HEADER_LENGTH);
        calls.write(channel, file, memory, position + Segment.EXCERPT_HEADER_LENGTH);
        memory.limit(Segment.EXCERPT_HEADER_LENGTH).position(0);
        calls.write(channel, file, memory, position);
        length = 0;
    }

    @Override
    public void close()
    {
        length = CAPACITY;
        buffer.wrap(0, 0);
        BufferUtil.free(memory);
    }

    private static int excerptLength(final int chunkLength)
    {
        return Segment.alignedLength(RecordFrame.CHUNK_HEADER_LENGTH + chunkLength);
    }
}
