/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * Sorts a linked list by creation, where it stands: merge sort from the bottom up, without recursion or memory. A
 * list that is nearly sorted, as after a load, costs little more than one pass for each doubling of its length.
 */
final class CreationOrder
{
    private static final int NONE = 0;

    private final LinkedRecords records;
    private int head;
    private int tail;

    CreationOrder(final LinkedRecords records)
    {
        this.records = records;
    }

    /** Sorts the list that begins here; then ask for {@link #head()} and {@link #tail()}. */
    void sort(final int first)
    {
        head = first;
        int width = 1;
        while (mergeRuns(width) > 1)
        {
            width *= 2;
        }
        linkBackwards();
    }

    int head()
    {
        return head;
    }

    int tail()
    {
        return tail;
    }

    /** One pass: merges neighbouring runs; the number of merges it took. */
    private int mergeRuns(final int width)
    {
        int merges = 0;
        int left = head;
        head = NONE;
        tail = NONE;
        while (left != NONE)
        {
            merges++;
            int right = left;
            int leftLength = 0;
            while (leftLength < width && right != NONE)
            {
                leftLength++;
                right = records.next(right);
            }
            left = merge(left, leftLength, right, width);
        }

        return merges;
    }

    /** Merges two runs onto the result; the begin of what follows them. */
    private int merge(final int leftHead, final int leftCount, final int rightHead, final int rightCount)
    {
        int left = leftHead;
        int leftLength = leftCount;
        int right = rightHead;
        int rightLength = rightCount;
        while (leftLength > 0 || (rightLength > 0 && right != NONE))
        {
            final boolean takesRight = leftLength == 0 || (rightLength > 0 && right != NONE && records.isBefore(right,
                left));
            final int taken = takesRight ? right : left;
            if (takesRight)
            {
                right = records.next(right);
                rightLength--;
            }
            else
            {
                left = records.next(left);
                leftLength--;
            }
            append(taken);
        }
        if (tail != NONE)
        {
            records.next(tail, NONE);
        }

        return right;
    }

    private void append(final int slot)
    {
        if (tail == NONE)
        {
            head = slot;
        }
        else
        {
            records.next(tail, slot);
        }
        tail = slot;
    }

    private void linkBackwards()
    {
        int previous = NONE;
        for (int slot = head; slot != NONE; slot = records.next(slot))
        {
            records.previous(slot, previous);
            previous = slot;
        }
        tail = previous;
    }
}
