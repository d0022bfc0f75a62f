/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.BufferPurpose;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Frames that crossed the ring and cannot be delivered yet, in chains of blocks, one chain for each connection.
 *
 * <pre>
 *   0 moment of arrival   8 length   16 frame bytes, padded to 8
 * </pre>
 */
final class Parking
{
    static final int ARRIVAL_OFFSET = 0;
    static final int LENGTH_OFFSET = 8;
    static final int FRAME_OFFSET = 16;

    private static final int BLOCK_LENGTH_LEAST = 4 << 10;

    private final BlockPool pool;
    private long bytes;

    Parking(final BlockPool pool)
    {
        this.pool = pool;
    }

    static int recordLength(final int frameLength)
    {
        return FRAME_OFFSET + BitUtil.align(frameLength, Long.BYTES);
    }

    /**
     * Bytes of all parked frames. A frame that is still arriving in pieces does not count, because its rest has yet to
     * be read.
     */
    long bytes()
    {
        return bytes;
    }

    /** Copies a frame to the end of a connection's chain. Returns false if there is no memory. */
    boolean tryPark(final RingConnection connection, final DirectBuffer buffer, final int offset, final int length,
        final long arrivalNs)
    {
        final int recordLength = recordLength(length);
        Block block = connection.lastParked;

        if (block == null || block.room() < recordLength)
        {
            block = pool.tryTake(BufferPurpose.PARKED, Math.max(recordLength, BLOCK_LENGTH_LEAST));

            if (block == null)
            {
                return false;
            }

            link(connection, block);
        }

        block.buffer.putLong(block.end + ARRIVAL_OFFSET, arrivalNs);
        block.buffer.putInt(block.end + LENGTH_OFFSET, length);
        block.buffer.putBytes(block.end + FRAME_OFFSET, buffer, offset, length);
        block.end += recordLength;
        bytes += recordLength;

        return true;
    }

    /** Begins a frame that arrives in pieces. Returns false if there is no memory. */
    boolean tryBeginLarge(final RingConnection connection, final int length, final long arrivalNs)
    {
        dropLarge(connection);
        final Block block = pool.tryTake(BufferPurpose.PARKED, recordLength(length));

        if (block == null)
        {
            return false;
        }

        block.buffer.putLong(ARRIVAL_OFFSET, arrivalNs);
        block.buffer.putInt(LENGTH_OFFSET, length);
        block.end = FRAME_OFFSET;
        connection.large = block;

        return true;
    }

    /** Adds a piece. Returns true if the frame is now whole. */
    boolean addPiece(final RingConnection connection, final DirectBuffer buffer, final int offset, final int length)
    {
        final Block block = connection.large;
        block.buffer.putBytes(block.end, buffer, offset, length);
        block.end += length;

        return FRAME_OFFSET + block.buffer.getInt(LENGTH_OFFSET) == block.end;
    }

    /** Adds the long frame, which is now whole, to the parked ones. */
    void parkLarge(final RingConnection connection)
    {
        final Block block = connection.large;
        connection.large = null;
        block.end = recordLength(block.buffer.getInt(LENGTH_OFFSET));
        bytes += block.end;
        link(connection, block);
    }

    /** Removes the oldest frame, which was delivered. */
    void removeFirst(final RingConnection connection)
    {
        final Block block = connection.firstParked;
        final int recordLength = recordLength(block.buffer.getInt(block.start + LENGTH_OFFSET));
        block.start += recordLength;
        bytes -= recordLength;

        if (block.size() == 0)
        {
            connection.firstParked = block.next;

            if (block.next == null)
            {
                connection.lastParked = null;
            }

            pool.give(block);
        }
    }

    void drop(final RingConnection connection)
    {
        dropLarge(connection);

        while (connection.hasParked())
        {
            removeFirst(connection);
        }
    }

    private void dropLarge(final RingConnection connection)
    {
        if (connection.large != null)
        {
            pool.give(connection.large);
            connection.large = null;
        }
    }

    private static void link(final RingConnection connection, final Block block)
    {
        if (connection.lastParked == null)
        {
            connection.firstParked = block;
        }
        else
        {
            connection.lastParked.next = block;
        }

        connection.lastParked = block;
    }
}
