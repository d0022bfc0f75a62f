/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.BufferPurpose;
import io.caracal.transport.MemoryShare;
import org.agrona.BitUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Messages from the engine to one gateway that found the ring full or are too long for it. They leave in order as soon
 * as the ring has room. While one waits, all later messages wait behind it.
 *
 * <pre>
 *   0 connection id   8 moment   16 type   20 length   24 frame bytes, padded to 8
 * </pre>
 */
final class Overflow
{
    private static final int ID_OFFSET = 0;
    private static final int HANDED_OVER_OFFSET = 8;
    private static final int TYPE_OFFSET = 16;
    private static final int LENGTH_OFFSET = 20;
    private static final int FRAME_OFFSET = 24;
    private static final int BLOCK_LENGTH = 64 << 10;

    private final BlockPool pool;
    private final MemoryShare memory;
    private final OneToOneRingBuffer ring;
    private final int bytesMax;
    private Block first;
    private Block last;
    private long bytes;
    private int sentOfFirst;

    Overflow(final BlockPool pool, final MemoryShare memory, final OneToOneRingBuffer ring, final int bytesMax)
    {
        this.pool = pool;
        this.memory = memory;
        this.ring = ring;
        this.bytesMax = bytesMax;
    }

    boolean isEmpty()
    {
        return first == null;
    }

    /** Bytes that wait, including what is kept beside each message. */
    long bytes()
    {
        return bytes;
    }

    /**
     * Claims room for a frame at the end of the returned block plus {@link #FRAME_OFFSET}. Returns null if the bound is
     * reached. A frame as long as the bound finds room when nothing waits.
     */
    Block tryClaim(final long connectionId, final int length)
    {
        final int recordLength = FRAME_OFFSET + BitUtil.align(length, Long.BYTES);

        if (bytes + length > bytesMax)
        {
            return null;
        }

        if (last == null || last.room() < recordLength)
        {
            final Block block = pool.tryTake(BufferPurpose.OVERFLOW, Math.max(recordLength, BLOCK_LENGTH));

            if (block == null)
            {
                return null;
            }

            link(block);
        }

        head(connectionId, RingMessage.FRAME, length);

        return last;
    }

    static int frameOffset(final Block block)
    {
        return block.end + FRAME_OFFSET;
    }

    /** Commits the last claim. */
    void commit(final int length, final long handedOverNs)
    {
        last.buffer.putLong(last.end + HANDED_OVER_OFFSET, handedOverNs);
        final int recordLength = FRAME_OFFSET + BitUtil.align(length, Long.BYTES);
        last.end += recordLength;
        bytes += recordLength;
    }

    /**
     * Adds a message without a frame. It is never refused, because it is small and there are only a few for each
     * connection.
     */
    void command(final long connectionId, final int type)
    {
        if (last == null || last.room() < FRAME_OFFSET)
        {
            Block block = pool.tryTake(BufferPurpose.OVERFLOW, BLOCK_LENGTH);

            if (block == null)
            {
                block = new Block(memory.allocateReserve(BufferPurpose.OVERFLOW, BLOCK_LENGTH));
                block.purpose = BufferPurpose.OVERFLOW;
            }

            link(block);
        }

        head(connectionId, type, 0);
        commit(0, 0);
    }

    /** Moves as much as fits into the ring. Returns the number of messages that left whole. */
    int drain()
    {
        int workCount = 0;

        while (first != null && (first.size() > 0 ? trySendFirst() : dropEmptyFirst()))
        {
            workCount++;
        }

        return workCount;
    }

    void close()
    {
        pool.giveChain(first);
        first = null;
        last = null;
        bytes = 0;
    }

    private boolean trySendFirst()
    {
        final int at = first.start;
        final int type = first.buffer.getInt(at + TYPE_OFFSET);
        final int length = first.buffer.getInt(at + LENGTH_OFFSET);
        final boolean isSent = RingMessage.PAYLOAD_OFFSET + length <= ring.maxMsgLength() ?
            trySendWhole(at, type, length) : trySendPieces(at, length);

        if (isSent)
        {
            final int recordLength = FRAME_OFFSET + BitUtil.align(length, Long.BYTES);
            first.start += recordLength;
            bytes -= recordLength;

            if (first.size() == 0)
            {
                dropEmptyFirst();
            }
        }

        return isSent;
    }

    private boolean trySendWhole(final int at, final int type, final int length)
    {
        final int to = ring.tryClaim(type, RingMessage.PAYLOAD_OFFSET + length);

        if (to < 0)
        {
            return false;
        }

        final AtomicBuffer out = ring.buffer();
        out.putLong(to + RingMessage.ID_OFFSET, first.buffer.getLong(at + ID_OFFSET));
        out.putLong(to + RingMessage.HANDED_OVER_OFFSET, first.buffer.getLong(at + HANDED_OVER_OFFSET));
        out.putBytes(to + RingMessage.PAYLOAD_OFFSET, first.buffer, at + FRAME_OFFSET, length);
        ring.commit(to);

        return true;
    }

    private boolean trySendPieces(final int at, final int length)
    {
        while (sentOfFirst < length)
        {
            final boolean isHead = sentOfFirst == 0;
            final int payloadOffset = isHead ? RingMessage.HEAD_PAYLOAD_OFFSET : RingMessage.PAYLOAD_OFFSET;
            final int piece = Math.min(length - sentOfFirst, ring.maxMsgLength() - payloadOffset);
            final int to = ring.tryClaim(isHead ? RingMessage.FRAME_HEAD : RingMessage.FRAME_PART,
                payloadOffset + piece);

            if (to < 0)
            {
                return false;
            }

            final AtomicBuffer out = ring.buffer();
            out.putLong(to + RingMessage.ID_OFFSET, first.buffer.getLong(at + ID_OFFSET));
            out.putLong(to + RingMessage.HANDED_OVER_OFFSET, first.buffer.getLong(at + HANDED_OVER_OFFSET));

            if (isHead)
            {
                out.putInt(to + RingMessage.TOTAL_OFFSET, length);
            }

            out.putBytes(to + payloadOffset, first.buffer, at + FRAME_OFFSET + sentOfFirst, piece);
            ring.commit(to);
            sentOfFirst += piece;
        }

        sentOfFirst = 0;

        return true;
    }

    private boolean dropEmptyFirst()
    {
        final Block done = first;
        first = done.next;

        if (first == null)
        {
            last = null;
        }

        pool.give(done);

        return true;
    }

    private void head(final long connectionId, final int type, final int length)
    {
        last.buffer.putLong(last.end + ID_OFFSET, connectionId);
        last.buffer.putInt(last.end + TYPE_OFFSET, type);
        last.buffer.putInt(last.end + LENGTH_OFFSET, length);
    }

    private void link(final Block block)
    {
        if (last == null)
        {
            first = block;
        }
        else
        {
            last.next = block;
        }

        last = block;
    }
}
