/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.BufferPurpose;
import io.caracal.transport.MemoryShare;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * A pool of blocks of direct memory, whose sizes are powers of two from 512 bytes to 1 MiB. Free blocks are kept for
 * reuse, up to a bound. Longer blocks are allocated to measure, in whole pages, and freed at once. Belongs to one
 * thread.
 */
final class BlockPool implements AutoCloseable
{
    static final int BLOCK_LENGTH_LEAST = 512;
    static final int POOLED_LENGTH_MAX = 1 << 20;

    /** Maximum of free bytes that are kept. What is given back beyond it is freed. */
    static final int POOLED_BYTES_MAX = 8 << 20;

    private static final int PAGE_LENGTH = 4096;
    private static final int LEAST_SHIFT = Integer.numberOfTrailingZeros(BLOCK_LENGTH_LEAST);
    private static final int CLASSES = Integer.numberOfTrailingZeros(POOLED_LENGTH_MAX) - LEAST_SHIFT + 1;

    private final Block[] freeByClass = new Block[CLASSES];
    private final MemoryShare memory;
    private int pooledBytes;

    BlockPool(final MemoryShare memory)
    {
        this.memory = memory;
    }

    /** Returns an empty block of at least the given length, or null if the bound on memory is reached. */
    Block tryTake(final BufferPurpose purpose, final int length)
    {
        final int capacity = capacityFor(length);

        return capacity <= POOLED_LENGTH_MAX ? tryTakePooled(purpose, capacity) : tryMake(purpose, capacity);
    }

    void give(final Block block)
    {
        block.next = null;
        block.start = 0;
        block.end = 0;

        if (block.capacity > POOLED_LENGTH_MAX || pooledBytes + block.capacity > POOLED_BYTES_MAX)
        {
            memory.free(block.purpose, block.byteBuffer);
            return;
        }

        final int sizeClass = sizeClass(block.capacity);
        memory.move(block.purpose, BufferPurpose.POOLED, block.capacity);
        block.purpose = BufferPurpose.POOLED;
        block.next = freeByClass[sizeClass];
        freeByClass[sizeClass] = block;
        pooledBytes += block.capacity;
    }

    void giveChain(final Block first)
    {
        Block block = first;

        while (block != null)
        {
            final Block next = block.next;
            give(block);
            block = next;
        }
    }

    /** Frees what is kept. Blocks still in use may be given back later and are then freed. */
    @Override
    public void close()
    {
        freeAll();
        pooledBytes = POOLED_BYTES_MAX;
    }

    /** Frees all kept blocks; returns false if there were none. */
    private boolean freeAll()
    {
        boolean isFreed = false;

        for (final Block first : freeByClass)
        {
            for (Block block = first; block != null; block = block.next)
            {
                memory.free(BufferPurpose.POOLED, block.byteBuffer);
                pooledBytes -= block.capacity;
                isFreed = true;
            }
        }

        Arrays.fill(freeByClass, null);

        return isFreed;
    }

    private Block tryTakePooled(final BufferPurpose purpose, final int capacity)
    {
        final int sizeClass = sizeClass(capacity);
        final Block block = freeByClass[sizeClass];

        if (block == null)
        {
            return tryMake(purpose, capacity);
        }

        freeByClass[sizeClass] = block.next;
        block.next = null;
        block.purpose = purpose;
        pooledBytes -= capacity;
        memory.move(BufferPurpose.POOLED, purpose, capacity);

        return block;
    }

    /** Allocates a block. If the bound is reached, free blocks of other lengths make room first. */
    private Block tryMake(final BufferPurpose purpose, final int capacity)
    {
        ByteBuffer bytes = memory.tryAllocate(purpose, capacity);

        if (bytes == null && freeAll())
        {
            bytes = memory.tryAllocate(purpose, capacity);
        }

        if (bytes == null)
        {
            return null;
        }

        final Block block = new Block(bytes);
        block.purpose = purpose;

        return block;
    }

    private static int capacityFor(final int length)
    {
        if (length > POOLED_LENGTH_MAX)
        {
            return BitUtil.align(length, PAGE_LENGTH);
        }

        return BitUtil.findNextPositivePowerOfTwo(Math.max(length, BLOCK_LENGTH_LEAST));
    }

    private static int sizeClass(final int capacity)
    {
        return Integer.numberOfTrailingZeros(capacity) - LEAST_SHIFT;
    }
}
