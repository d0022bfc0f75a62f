/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.journal.format.RecordChunkDecoder;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A chunk is valid in one segment and at one position, and only as it was written. */
class RecordFrameTest
{
    private static final long SEGMENT_ID = 0x5E6_3E47L;
    private static final long POSITION = 262_148;
    private static final int LENGTH = 100;

    private final ByteBuffer bytes = ByteBuffer.allocate(RecordFrame.CHUNK_HEADER_LENGTH + LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    @Test
    void shouldTakeAChunkOnlyOfItsSegmentAndAtItsPosition()
    {
        seal();

        try (RecordFrame reader = new RecordFrame(SEGMENT_ID); RecordFrame stranger = new RecordFrame(SEGMENT_ID + 1))
        {
            assertNotNull(chunk(reader, POSITION));
            assertNull(chunk(stranger, POSITION), "a stale copy from another segment");
            assertNull(chunk(reader, POSITION + 4), "a stale copy from another place");
        }
    }

    @Test
    void shouldTakeNoChunkOfWhichOneBitHasFlipped()
    {
        seal();

        try (RecordFrame reader = new RecordFrame(SEGMENT_ID))
        {
            for (int bit = 0; bit < bytes.capacity() * Byte.SIZE; bit++)
            {
                flip(bit);
                assertNull(chunk(reader, POSITION), "bit " + bit);
                flip(bit);
            }

            assertEquals(7, chunk(reader, POSITION).zxid());
        }
    }

    private void seal()
    {
        for (int i = 0; i < LENGTH; i++)
        {
            bytes.put(RecordFrame.CHUNK_HEADER_LENGTH + i, (byte)i);
        }

        try (RecordFrame frame = new RecordFrame(SEGMENT_ID))
        {
            frame.chunk().sequence(3).zxid(7).committedZxid(6).lastDurableZxid(5).recordLength(LENGTH).chunkOffset(0)
                .chunkLength(LENGTH).padding(0).flags().clear();
            frame.sealChunk(POSITION, bytes, RecordFrame.CHUNK_HEADER_LENGTH, LENGTH);
            frame.copyTo(buffer, 0, RecordFrame.CHUNK_HEADER_LENGTH);
        }
        bytes.clear();
    }

    private RecordChunkDecoder chunk(final RecordFrame reader, final long position)
    {
        return reader.checkChunk(position, buffer, bytes, 0, bytes.capacity());
    }

    private void flip(final int bit)
    {
        final int index = bit / Byte.SIZE;
        bytes.put(index, (byte)(bytes.get(index) ^ 1 << bit % Byte.SIZE));
    }
}
