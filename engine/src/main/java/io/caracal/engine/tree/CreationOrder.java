/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * Sorts linked lists by creation. The numbers of a list are copied out and sorted by their digits, and the list is
 * linked anew. So its records, which are scattered in memory, are touched only twice. A list that is too long to be
 * copied is sorted in place by a bottom-up merge sort, without recursion or extra memory. An instance serves one load.
 */
final class CreationOrder
{
    /**
     * Most records of a list whose numbers are copied out. This takes a little more than a hundred megabytes of heap,
     * for a moment.
     */
    static final int COPIED_MAX = 1 << 22;

    private static final int NONE = 0;

    private final LinkedRecords records;
    private final int copiedMax;
    private final BirthNumbers numbers = new BirthNumbers();
    private int head;
    private int tail;

    CreationOrder(final LinkedRecords records, final int copiedMax)
    {
        this.records = records;
        this.copiedMax = copiedMax;
    }

    /** Sorts the list that begins with this record; {@link #head()} and {@link #tail()} then tell its ends. */
    void sort(final int first)
    {
        if (isCopied(first))
        {
            numbers.sort();
            link();
        }
        else
        {
            sortInPlace(first);
        }
    }

    private boolean isCopied(final int first)
    {
        numbers.clear();
        int slot = first;
        while (slot != NONE && numbers.count() < copiedMax)
        {
            numbers.add(slot, records.bornZxid(slot), records.bornOrder(slot));
            slot = records.next(slot);
        }

        return slot == NONE;
    }

    private void link()
    {
        head = NONE;
        tail = NONE;
        for (int i = 0; i < numbers.count(); i++)
        {
            final int slot = numbers.slot(i);
            records.previous(slot, tail);
            append(slot);
        }
        if (tail != NONE)
        {
            records.next(tail, NONE);
        }
    }

    private void sortInPlace(final int first)
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

    /** Merges neighboring runs in one pass; returns the number of merges. */
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

    /** Merges two runs onto the result; returns the first record after them. */
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
