/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import java.util.ArrayDeque;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Pools native buffers that come and go with requests. Up to a bound, lengths are rounded up to powers of two and
 * buffers are kept for the next use, so that nothing is allocated in a steady state. A longer buffer has exactly the
 * requested length and is freed at once. Not thread-safe.
 */
public final class BufferPool implements AutoCloseable
{
    private static final int SMALLEST_SHIFT = 6;
    private static final int KEPT_SHIFT_MAX = 16;
    private static final int KEPT_PER_CLASS_MAX = 16 * 1024;
    private static final long KEPT_BYTES_PER_CLASS_MAX = 8L * 1024 * 1024;

    private final MemoryLedger ledger;
    private final MemoryTag tag;
    private final ArrayDeque<UnsafeBuffer>[] kept;

    /**
     * An empty pool.
     *
     * @param ledger counts native memory.
     * @param tag    who owns the buffers.
     */
    @SuppressWarnings({ "unchecked", "rawtypes" })
    public BufferPool(final MemoryLedger ledger, final MemoryTag tag)
    {
        this.ledger = ledger;
        this.tag = tag;
        kept = new ArrayDeque[KEPT_SHIFT_MAX + 1];
        for (int i = 0; i < kept.length; i++)
        {
            kept[i] = new ArrayDeque<>();
        }
    }

    /**
     * Takes a buffer.
     *
     * @param length minimum capacity in bytes.
     * @return a buffer with undefined content; give it back with {@link #give}.
     */
    public UnsafeBuffer take(final int length)
    {
        final int shift = shiftFor(length);
        if (shift <= KEPT_SHIFT_MAX)
        {
            final UnsafeBuffer buffer = kept[shift].pollLast();
            return buffer != null ? buffer : ledger.allocate(tag, 1 << shift);
        }

        return ledger.allocate(tag, length);
    }

    /**
     * Gives a buffer back.
     *
     * @param buffer from {@link #take}; not to be used any more.
     */
    public void give(final UnsafeBuffer buffer)
    {
        final int capacity = buffer.capacity();
        final int shift = shiftFor(capacity);
        if (shift <= KEPT_SHIFT_MAX && capacity == 1 << shift && hasRoom(shift))
        {
            kept[shift].addLast(buffer);
        }
        else
        {
            ledger.free(tag, buffer);
        }
    }

    private boolean hasRoom(final int shift)
    {
        final int count = kept[shift].size();

        return count < KEPT_PER_CLASS_MAX && ((long)(count + 1) << shift) <= KEPT_BYTES_PER_CLASS_MAX;
    }

    private static int shiftFor(final int length)
    {
        return Math.max(SMALLEST_SHIFT, Integer.numberOfTrailingZeros(BitUtil.findNextPositivePowerOfTwo(length)));
    }

    @Override
    public void close()
    {
        for (final ArrayDeque<UnsafeBuffer> buffers : kept)
        {
            while (!buffers.isEmpty())
            {
                ledger.free(tag, buffers.pollLast());
            }
        }
    }
}
