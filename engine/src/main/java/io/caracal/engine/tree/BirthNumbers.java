/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import java.util.Arrays;

/**
 * Sorts slots by the zxid that created them and by their place within it: a radix sort from the lowest digit up, in
 * which each pass goes through memory in order. Digits that are the same everywhere cost nothing. The arrays grow as
 * needed and are used again.
 */
final class BirthNumbers
{
    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int DIGIT_MASK = DIGITS - 1;

    private final int[] ends = new int[DIGITS];
    private int[] slots = new int[DIGITS];
    private int[] orders = new int[DIGITS];
    private long[] zxids = new long[DIGITS];
    private int[] otherSlots = new int[DIGITS];
    private int[] otherOrders = new int[DIGITS];
    private long[] otherZxids = new long[DIGITS];
    private int count;

    void clear()
    {
        count = 0;
    }

    void add(final int slot, final long zxid, final int order)
    {
        if (count == slots.length)
        {
            grow(2 * count);
        }
        slots[count] = slot;
        zxids[count] = zxid;
        orders[count] = order;
        count++;
    }

    private void grow(final int length)
    {
        slots = Arrays.copyOf(slots, length);
        orders = Arrays.copyOf(orders, length);
        zxids = Arrays.copyOf(zxids, length);
        otherSlots = new int[length];
        otherOrders = new int[length];
        otherZxids = new long[length];
    }

    int count()
    {
        return count;
    }

    /** The slot at a rank of the order of creation, once {@link #sort} was called. */
    int slot(final int index)
    {
        return slots[index];
    }

    void sort()
    {
        long zxidsDiffer = 0;
        int ordersDiffer = 0;
        for (int i = 1; i < count; i++)
        {
            zxidsDiffer |= zxids[i] ^ zxids[0];
            ordersDiffer |= orders[i] ^ orders[0];
        }

        for (int shift = 0; shift < Integer.SIZE; shift += DIGIT_BITS)
        {
            if ((ordersDiffer >>> shift & DIGIT_MASK) != 0)
            {
                sortByOrders(shift);
            }
        }
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS)
        {
            if ((zxidsDiffer >>> shift & DIGIT_MASK) != 0)
            {
                sortByZxids(shift);
            }
        }
    }

    private void sortByOrders(final int shift)
    {
        Arrays.fill(ends, 0);
        for (int i = 0; i < count; i++)
        {
            ends[orders[i] >>> shift & DIGIT_MASK]++;
        }
        sumUp();
        for (int i = count - 1; i >= 0; i--)
        {
            move(i, --ends[orders[i] >>> shift & DIGIT_MASK]);
        }
        swap();
    }

    private void sortByZxids(final int shift)
    {
        Arrays.fill(ends, 0);
        for (int i = 0; i < count; i++)
        {
            ends[(int)(zxids[i] >>> shift) & DIGIT_MASK]++;
        }
        sumUp();
        for (int i = count - 1; i >= 0; i--)
        {
            move(i, --ends[(int)(zxids[i] >>> shift) & DIGIT_MASK]);
        }
        swap();
    }

    private void sumUp()
    {
        for (int digit = 1; digit < DIGITS; digit++)
        {
            ends[digit] += ends[digit - 1];
        }
    }

    private void move(final int from, final int to)
    {
        otherSlots[to] = slots[from];
        otherOrders[to] = orders[from];
        otherZxids[to] = zxids[from];
    }

    private void swap()
    {
        final int[] sortedSlots = otherSlots;
        final int[] sortedOrders = otherOrders;
        final long[] sortedZxids = otherZxids;
        otherSlots = slots;
        otherOrders = orders;
        otherZxids = zxids;
        slots = sortedSlots;
        orders = sortedOrders;
        zxids = sortedZxids;
    }
}
