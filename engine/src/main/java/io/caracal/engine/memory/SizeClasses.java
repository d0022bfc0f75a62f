/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import io.caracal.engine.Invariant;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Blocks of any length in native memory. A block lives in the {@link Slab} of the smallest class that holds it; its
 * owner remembers length and slot, and the length determines the class. Blocks above {@link #CLASS_LENGTH_MAX} are
 * allocations of their own, rounded up to pages.
 *
 * <pre>
 *   16 24 32 .. 120 128      every 8 bytes
 *   144 160 .. 240 256       then eight classes to each doubling,
 *   288 320 .. 480 512       so that at most an eighth of a block is lost
 *   ..             32768
 *   36864 40960 ..           pages, no class
 * </pre>
 *
 * Not thread-safe.
 */
public final class SizeClasses implements AutoCloseable
{
    /** The longest block that belongs to a class, in bytes. */
    public static final int CLASS_LENGTH_MAX = 32 * 1024;

    /** The longest possible block, in bytes. */
    public static final int LENGTH_MAX = 1 << 30;

    private static final int LINEAR_MAX = 128;
    private static final int LINEAR_CLASSES = 15;
    private static final int LINEAR_LOG = 7;
    private static final int STEPS_LOG = 3;
    private static final int STEPS = 1 << STEPS_LOG;
    private static final int CLASSES = LINEAR_CLASSES + 8 * STEPS;
    private static final int PAGE_LENGTH = 4096;
    private static final int LARGE_MIN = 8;

    private final MemoryLedger ledger;
    private final MemoryTag tag;
    private final Slab[] slabs = new Slab[CLASSES];
    private UnsafeBuffer[] large = new UnsafeBuffer[LARGE_MIN];
    private int[] unusedLarge = new int[LARGE_MIN];
    private int largeLimit = 1;
    private int unusedLargeCount;

    /**
     * Creates the classes without blocks and without memory.
     *
     * @param ledger counts the memory.
     * @param tag    who owns it.
     */
    public SizeClasses(final MemoryLedger ledger, final MemoryTag tag)
    {
        this.ledger = ledger;
        this.tag = tag;
    }

    /**
     * The native memory that a block takes.
     *
     * @param length of the block in bytes, 1 to {@link #LENGTH_MAX}.
     * @return bytes, at least {@code length}.
     */
    public static int blockLength(final int length)
    {
        if (length <= LINEAR_MAX)
        {
            return Math.max(16, BitUtil.align(length, 8));
        }
        if (length > CLASS_LENGTH_MAX)
        {
            return BitUtil.align(length, PAGE_LENGTH);
        }

        final int log = log(length);

        return (STEPS + step(length, log) + 1) << (log - STEPS_LOG);
    }

    private static int classOf(final int length)
    {
        if (length <= LINEAR_MAX)
        {
            return (Math.max(16, length) + 7) / 8 - 2;
        }

        final int log = log(length);

        return LINEAR_CLASSES + (log - LINEAR_LOG) * STEPS + step(length, log);
    }

    private static int log(final int length)
    {
        return 31 - Integer.numberOfLeadingZeros(length - 1);
    }

    private static int step(final int length, final int log)
    {
        return ((length - 1) >>> (log - STEPS_LOG)) & (STEPS - 1);
    }

    /**
     * Takes a block.
     *
     * @param length in bytes, 1 to {@link #LENGTH_MAX}.
     * @return its slot, greater than zero; the content is undefined.
     */
    public int allocate(final int length)
    {
        Invariant.check(length > 0 && length <= LENGTH_MAX, "length of a block out of range");

        return length > CLASS_LENGTH_MAX ? allocateLarge(length) : slab(length).allocate();
    }

    private Slab slab(final int length)
    {
        final int index = classOf(length);
        if (slabs[index] == null)
        {
            slabs[index] = new Slab(ledger, tag, blockLength(length));
        }

        return slabs[index];
    }

    private int allocateLarge(final int length)
    {
        final UnsafeBuffer block = ledger.allocateUninitialized(tag, blockLength(length));
        if (unusedLargeCount == 0 && largeLimit == large.length)
        {
            large = Arrays.copyOf(large, largeLimit * 2);
            unusedLarge = Arrays.copyOf(unusedLarge, largeLimit * 2);
        }
        final int slot = unusedLargeCount > 0 ? unusedLarge[--unusedLargeCount] : largeLimit++;
        large[slot] = block;

        return slot;
    }

    /**
     * Gives a block back.
     *
     * @param length as given to {@link #allocate}.
     * @param slot   as returned by it.
     */
    public void free(final int length, final int slot)
    {
        if (length > CLASS_LENGTH_MAX)
        {
            ledger.free(tag, large[slot]);
            large[slot] = null;
            unusedLarge[unusedLargeCount++] = slot;
        }
        else
        {
            slabs[classOf(length)].free(slot);
        }
    }

    /**
     * The memory that holds a block.
     *
     * @param length of the block.
     * @param slot   of the block.
     * @return a buffer; the block begins at {@link #offset}.
     */
    public UnsafeBuffer buffer(final int length, final int slot)
    {
        return length > CLASS_LENGTH_MAX ? large[slot] : slabs[classOf(length)].buffer(slot);
    }

    /**
     * The offset of a block within {@link #buffer}.
     *
     * @param length of the block.
     * @param slot   of the block.
     * @return bytes from the start of the buffer.
     */
    public int offset(final int length, final int slot)
    {
        return length > CLASS_LENGTH_MAX ? 0 : slabs[classOf(length)].offset(slot);
    }

    /** Frees all blocks and all memory; the classes may be used again. */
    public void clear()
    {
        for (final Slab slab : slabs)
        {
            if (slab != null)
            {
                slab.clear();
            }
        }
        for (int i = 1; i < largeLimit; i++)
        {
            if (large[i] != null)
            {
                ledger.free(tag, large[i]);
                large[i] = null;
            }
        }
        largeLimit = 1;
        unusedLargeCount = 0;
    }

    @Override
    public void close()
    {
        clear();
    }
}
