/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import java.util.Arrays;

/**
 * Remembers which proposed transaction has changed which records, in zxid order. It is a ring that grows with the
 * number of transactions under way and never shrinks.
 */
final class TouchQueue
{
    private static final int INITIAL_CAPACITY = 1 << 12;

    private long[] zxids = new long[INITIAL_CAPACITY];
    private Change[] changes = new Change[INITIAL_CAPACITY];
    private int head;
    private int count;

    void add(final long zxid, final Change change)
    {
        if (count == zxids.length)
        {
            grow();
        }

        final int index = (head + count) & (zxids.length - 1);
        zxids[index] = zxid;
        changes[index] = change;
        count++;
    }

    /** Returns the next record that a transaction has changed; null when none is left. */
    Change peek(final long zxid)
    {
        return count == 0 || zxids[head] != zxid ? null : changes[head];
    }

    /** Removes and returns the next record that a transaction has changed; null when none is left. */
    Change poll(final long zxid)
    {
        final Change change = peek(zxid);
        if (change == null)
        {
            return null;
        }

        changes[head] = null;
        head = (head + 1) & (zxids.length - 1);
        count--;

        return change;
    }

    private void grow()
    {
        final int capacity = zxids.length;
        final long[] newZxids = Arrays.copyOf(zxids, capacity * 2);
        final Change[] newChanges = Arrays.copyOf(changes, capacity * 2);
        for (int i = 0; i < capacity; i++)
        {
            newZxids[i] = zxids[(head + i) & (capacity - 1)];
            newChanges[i] = changes[(head + i) & (capacity - 1)];
        }
        zxids = newZxids;
        changes = newChanges;
        head = 0;
    }
}
