/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.BufferPurpose;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The unsent bytes of a connection: a chain of blocks. Frames are encoded in the place from which the socket takes
 * them. A connection that has nothing to send holds no block.
 * <p>
 * The first block is small, so that an event to very many connections costs little. Later blocks are large, so that the
 * replies to a pipeline leave in few pieces. If much was sent the last time, the first block is large as well, so that
 * they leave in one. A frame is never split between blocks; a frame that is longer than a block gets a block of its
 * own.
 */
final class WriteQueue
{
    static final int FIRST_BLOCK_LENGTH = 4 << 10;
    static final int BLOCK_LENGTH = 64 << 10;

    /** Maximum of blocks in one system call. */
    static final int GATHER_MAX = 16;

    private final BlockPool pool;
    private Block first;
    private Block last;
    private long bytes;
    private int firstLength = FIRST_BLOCK_LENGTH;
    private int gathered;

    WriteQueue(final BlockPool pool)
    {
        this.pool = pool;
    }

    /** Number of bytes that are committed and not sent. */
    long bytes()
    {
        return bytes;
    }

    /** Claims room for this many bytes at the end of the returned block. Returns null if there is no memory. */
    Block tryClaim(final int length)
    {
        if (last != null && last.room() >= length)
        {
            return last;
        }

        final Block block = pool.tryTake(BufferPurpose.OUTBOUND,
            Math.max(length, last == null ? firstLength : BLOCK_LENGTH));

        if (block != null)
        {
            link(block);
        }

        return block;
    }

    /** Commits the last claim. */
    void commit(final int length)
    {
        last.end += length;
        bytes += length;
    }

    /** Appends a block that was taken and filled elsewhere. */
    void append(final Block block)
    {
        link(block);
        bytes += block.size();
    }

    /**
     * Writes as much as the socket takes.
     *
     * @return bytes written; fewer than are unsent if the socket takes no more.
     */
    long writeTo(final SocketChannel channel, final ByteBuffer[] gather) throws IOException
    {
        long total = 0;

        while (bytes > 0)
        {
            final long offered = first.next == null ? offerOne() : offerMany(gather);
            final long written = first.next == null ? channel.write(first.byteBuffer) : writeMany(channel, gather);
            sent(written);
            total += written;

            if (written < offered)
            {
                break;
            }
        }

        firstLength = total > FIRST_BLOCK_LENGTH ? BLOCK_LENGTH : FIRST_BLOCK_LENGTH;

        return total;
    }

    void drop()
    {
        pool.giveChain(first);
        first = null;
        last = null;
        bytes = 0;
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

    private long offerOne()
    {
        first.byteBuffer.limit(first.end).position(first.start);

        return first.size();
    }

    private long offerMany(final ByteBuffer[] gather)
    {
        long offered = 0;
        gathered = 0;

        for (Block block = first; block != null && gathered < gather.length; block = block.next)
        {
            block.byteBuffer.limit(block.end).position(block.start);
            gather[gathered++] = block.byteBuffer;
            offered += block.size();
        }

        return offered;
    }

    private long writeMany(final SocketChannel channel, final ByteBuffer[] gather) throws IOException
    {
        return channel.write(gather, 0, gathered);
    }

    private void sent(final long written)
    {
        bytes -= written;
        long rest = written;

        while (first != null && rest >= first.size())
        {
            rest -= first.size();
            final Block done = first;
            first = done.next;
            pool.give(done);
        }

        if (first == null)
        {
            last = null;
        }
        else
        {
            first.start += (int)rest;
        }
    }
}
