/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.disk.FileWindow;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.format.MessageHeaderDecoder;
import io.caracal.journal.format.MessageHeaderEncoder;
import io.caracal.journal.format.RecordChunkDecoder;
import io.caracal.journal.format.RecordChunkEncoder;
import io.caracal.journal.format.SegmentHeadDecoder;
import io.caracal.journal.format.SegmentHeadEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Header and checksum of an excerpt. The checksum covers the segment's id and the excerpt's position, which are not
 * written; then header and block, with the checksum field as zero; then the bytes. So a stale copy of a record, however
 * whole, is never taken for a record of this segment at this position.
 *
 * <pre>
 *   0            8            16           24          24 + block
 *   +------------+------------+------------+------------+
 *   | segment id | position   | SBE header | SBE block  | bytes of the chunk
 *   +------------+------------+------------+------------+
 *   |&lt;-- not written --------&gt;|&lt;-- written as it stands ------------ ...
 * </pre>
 *
 * Used by one thread. Holds native memory until it is closed. A decoder that it returned is valid until the next call.
 */
final class RecordFrame implements AutoCloseable
{
    /** Length of what precedes the bytes of a chunk. */
    static final int CHUNK_HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + RecordChunkEncoder.BLOCK_LENGTH;

    /** Length of a segment head. */
    static final int SEGMENT_HEAD_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + SegmentHeadEncoder.BLOCK_LENGTH;

    private static final int SEED_LENGTH = 16;
    private static final int CRC_OFFSET = SEED_LENGTH + MessageHeaderEncoder.ENCODED_LENGTH;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(SEED_LENGTH + CHUNK_HEADER_LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer frame = new UnsafeBuffer(memory);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final RecordChunkEncoder chunkEncoder = new RecordChunkEncoder();
    private final RecordChunkDecoder chunkDecoder = new RecordChunkDecoder();
    private final SegmentHeadEncoder segmentEncoder = new SegmentHeadEncoder();
    private final SegmentHeadDecoder segmentDecoder = new SegmentHeadDecoder();
    private final CRC32C crc = new CRC32C();
    private final long segmentId;

    RecordFrame(final long segmentId)
    {
        this.segmentId = segmentId;
    }

    /** Returns the encoder of a chunk, to be filled in before {@link #sealChunk}. */
    RecordChunkEncoder chunk()
    {
        return chunkEncoder.wrapAndApplyHeader(frame, SEED_LENGTH, headerEncoder).crc(0);
    }

    /** Computes the checksum over what {@link #chunk} was filled with and the chunk's bytes. */
    void sealChunk(final long position, final ByteBuffer bytes, final int offset, final int length)
    {
        seed(position);
        chunkEncoder.crc(checksum(CHUNK_HEADER_LENGTH, bytes, offset, length));
    }

    void sealSegmentHead(final long position, final long ordinal)
    {
        segmentEncoder.wrapAndApplyHeader(frame, SEED_LENGTH, headerEncoder).crc(0).reserved(0).segmentId(segmentId)
            .ordinal(ordinal);
        seed(position);
        segmentEncoder.crc(checksum(SEGMENT_HEAD_LENGTH, memory, 0, 0));
    }

    /** Copies the sealed header. */
    void copyTo(final UnsafeBuffer target, final int offset, final int length)
    {
        target.putBytes(offset, frame, SEED_LENGTH, length);
    }

    /**
     * Reads and checks the chunk of the excerpt whose length word lies at a position of a file.
     *
     * @return the decoder; null when no whole, valid chunk of this segment lies there.
     */
    RecordChunkDecoder chunkAt(final FileWindow window, final long headerPosition) throws IOException
    {
        if (!window.load(headerPosition, Integer.BYTES))
        {
            return null;
        }

        final int length = window.buffer().getInt(window.offset(headerPosition));
        if (length < CHUNK_HEADER_LENGTH || length > CHUNK_HEADER_LENGTH + ChunkRing.CHUNK_LENGTH_MAX)
        {
            return null;
        }

        final long start = headerPosition + Segment.EXCERPT_HEADER_LENGTH;
        return window.load(start, length) ? checkChunk(start, window.buffer(), window.memory(), window.offset(start),
            length) : null;
    }

    /**
     * Reads and checks a chunk.
     *
     * @return the decoder; null when these bytes are not a valid chunk of this segment at this position.
     */
    RecordChunkDecoder checkChunk(final long position, final DirectBuffer buffer, final ByteBuffer bytes,
        final int offset, final int length)
    {
        if (!load(buffer, offset, length, CHUNK_HEADER_LENGTH, RecordChunkDecoder.TEMPLATE_ID,
            RecordChunkDecoder.BLOCK_LENGTH))
        {
            return null;
        }

        chunkDecoder.wrap(frame, CRC_OFFSET, RecordChunkDecoder.BLOCK_LENGTH, headerDecoder.version());
        final int chunkLength = length - CHUNK_HEADER_LENGTH;
        if (chunkDecoder.chunkLength() != chunkLength)
        {
            return null;
        }

        return isSealed(position, CHUNK_HEADER_LENGTH, bytes, offset + CHUNK_HEADER_LENGTH, chunkLength) ?
            chunkDecoder : null;
    }

    /** Reads and checks a segment head. Returns its ordinal, or -1 when these bytes are not a head of this segment. */
    long checkSegmentHead(final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!load(buffer, offset, length, SEGMENT_HEAD_LENGTH, SegmentHeadDecoder.TEMPLATE_ID,
            SegmentHeadDecoder.BLOCK_LENGTH))
        {
            return -1;
        }

        segmentDecoder.wrap(frame, CRC_OFFSET, SegmentHeadDecoder.BLOCK_LENGTH, headerDecoder.version());
        return isSealed(position, SEGMENT_HEAD_LENGTH, memory, 0, 0) ? segmentDecoder.ordinal() : -1;
    }

    private boolean load(final DirectBuffer buffer, final int offset, final int length, final int headLength,
        final int templateId, final int blockLength)
    {
        if (length < headLength)
        {
            return false;
        }

        headerDecoder.wrap(buffer, offset);
        if (headerDecoder.templateId() != templateId || headerDecoder.schemaId() != RecordChunkDecoder.SCHEMA_ID ||
            headerDecoder.blockLength() != blockLength)
        {
            return false;
        }

        frame.putBytes(SEED_LENGTH, buffer, offset, headLength);
        headerDecoder.wrap(frame, SEED_LENGTH);
        return true;
    }

    private boolean isSealed(final long position, final int headLength, final ByteBuffer bytes, final int offset,
        final int length)
    {
        final int written = frame.getInt(CRC_OFFSET, ByteOrder.LITTLE_ENDIAN);
        frame.putInt(CRC_OFFSET, 0);
        seed(position);
        return (int)checksum(headLength, bytes, offset, length) == written;
    }

    private void seed(final long position)
    {
        frame.putLong(0, segmentId, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(Long.BYTES, position, ByteOrder.LITTLE_ENDIAN);
    }

    private long checksum(final int headLength, final ByteBuffer bytes, final int offset, final int length)
    {
        crc.reset();
        memory.limit(SEED_LENGTH + headLength).position(0);
        crc.update(memory);

        if (length > 0)
        {
            bytes.limit(offset + length).position(offset);
            crc.update(bytes);
        }

        return crc.getValue();
    }

    @Override
    public void close()
    {
        frame.wrap(0, 0);
        BufferUtil.free(memory);
    }
}
