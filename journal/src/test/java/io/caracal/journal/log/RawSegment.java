/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.caracal.journal.format.RecordChunkEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds the bytes of a segment, excerpt by excerpt, as Chronicle would lay them out. */
final class RawSegment
{
    private static final int LENGTH_MAX = 64 * 1024;
    private static final int META = 0x4000_0000;
    private static final int EXCERPTS_MAX = 12;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private final List<Written> records = new ArrayList<>();
    private final RecordFrame frame;
    private int position;
    private long sequence;
    private long zxid;

    /** A record that was written, the position of its first excerpt and the one after its last. */
    record Written(long zxid, UnsafeBuffer bytes, int position, int end)
    {
    }

    RawSegment(final long segmentId)
    {
        frame = new RecordFrame(segmentId);
    }

    List<Written> records()
    {
        return records;
    }

    byte[] bytes()
    {
        return Arrays.copyOf(buffer.byteArray(), position + 64);
    }

    void fill(final FuzzedDataProvider data)
    {
        for (int i = data.consumeInt(1, EXCERPTS_MAX); i > 0; i--)
        {
            switch (data.consumeInt(0, 5))
            {
                case 0 -> foreign(data.consumeInt(0, 40));
                case 1 -> chunk(true, new byte[0], 0, 0);
                default -> record(data.consumeBytes(data.consumeInt(1, 200)), data.consumeInt(1, 3));
            }
        }
    }

    private void foreign(final int length)
    {
        buffer.putInt(position, META | length, ByteOrder.LITTLE_ENDIAN);
        position += Segment.alignedLength(length);
    }

    private void record(final byte[] written, final int chunks)
    {
        final byte[] bytes = written.length == 0 ? new byte[1] : written;
        final int start = position;
        final int part = (bytes.length + chunks - 1) / chunks;
        zxid++;
        for (int offset = 0; offset < bytes.length; offset += part)
        {
            chunk(false, bytes, offset, Math.min(part, bytes.length - offset));
        }

        records.add(new Written(zxid, new UnsafeBuffer(bytes), start, position));
    }

    private void chunk(final boolean isMark, final byte[] bytes, final int offset, final int length)
    {
        final RecordChunkEncoder chunk = frame.chunk();
        chunk.flags().clear().mark(isMark);
        chunk.sequence(++sequence).zxid(zxid).committedZxid(0).lastDurableZxid(Math.max(0, zxid - 1))
            .recordLength(bytes.length).chunkOffset(offset).chunkLength(length).padding(0);
        final int frameLength = RecordFrame.CHUNK_HEADER_LENGTH + length;
        final int start = position + Segment.EXCERPT_HEADER_LENGTH;
        frame.sealChunk(start, ByteBuffer.wrap(bytes), offset, length);
        final UnsafeBuffer target = new UnsafeBuffer(buffer, start, frameLength);
        frame.copyTo(target, 0, RecordFrame.CHUNK_HEADER_LENGTH);
        target.putBytes(RecordFrame.CHUNK_HEADER_LENGTH, bytes, offset, length);
        buffer.putInt(position, frameLength, ByteOrder.LITTLE_ENDIAN);
        position += Segment.alignedLength(frameLength);
    }
}
