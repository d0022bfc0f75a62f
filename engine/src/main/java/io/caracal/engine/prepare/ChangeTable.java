/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.BufferPool;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;

/**
 * The records of {@link OutstandingChanges}: a hash table by path and a list to iterate over. Removed records are
 * pooled for reuse, so that none is allocated in steady state.
 */
final class ChangeTable implements AutoCloseable
{
    private static final int BUCKETS = 1 << 14;

    /** Most removed records that are kept for reuse. What a larger wave of changes took is given back. */
    static final int IDLE_MAX = 1 << 14;

    /** Largest path buffer, in bytes, that a pooled record may keep; a larger one is given back. */
    private static final int PATH_KEPT_MAX = 128;

    private final BufferPool paths;
    private final Change[] buckets = new Change[BUCKETS];
    private final ArrayDeque<Change> idle = new ArrayDeque<>();
    private Change firstLive;
    private int size;

    ChangeTable(final MemoryLedger ledger)
    {
        paths = new BufferPool(ledger, MemoryTag.OUTSTANDING);
    }

    int size()
    {
        return size;
    }

    /** The youngest record, null when there is none. {@link Change#nextLive} leads to the others. */
    Change first()
    {
        return firstLive;
    }

    /**
     * Finds the record of a path; null when it has none. Often the table is empty, and then no bucket is looked at.
     */
    Change find(final int hash, final DirectBuffer path, final int offset, final int length)
    {
        Change change = size == 0 ? null : buckets[hash & (BUCKETS - 1)];
        while (change != null && !change.isAt(hash, path, offset, length))
        {
            change = change.nextInBucket;
        }

        return change;
    }

    /** Adds a record for a path that has none. The caller fills its state. */
    Change add(final int hash, final DirectBuffer path, final int offset, final int length)
    {
        final Change pooled = idle.pollLast();
        final Change change = pooled != null ? pooled : new Change();
        ensurePath(change, length);
        change.path.putBytes(0, path, offset, length);
        change.pathLength = length;
        change.hash = hash;
        change.lastZxid = 0;
        link(change);

        return change;
    }

    private void ensurePath(final Change change, final int length)
    {
        if (change.path != null && change.path.capacity() < length)
        {
            paths.give(change.path);
            change.path = null;
        }
        if (change.path == null)
        {
            change.path = paths.take(Math.max(1, length));
        }
    }

    private void link(final Change change)
    {
        final int bucket = change.hash & (BUCKETS - 1);
        change.nextInBucket = buckets[bucket];
        buckets[bucket] = change;
        change.previousLive = null;
        change.nextLive = firstLive;
        if (firstLive != null)
        {
            firstLive.previousLive = change;
        }
        firstLive = change;
        size++;
    }

    void remove(final Change change)
    {
        unlinkFromBucket(change);
        unlinkFromLive(change);
        final boolean isKept = idle.size() < IDLE_MAX;
        if (!isKept || change.path.capacity() > PATH_KEPT_MAX)
        {
            paths.give(change.path);
            change.path = null;
        }
        if (isKept)
        {
            idle.addLast(change);
        }
        size--;
    }

    private void unlinkFromLive(final Change change)
    {
        if (change.previousLive == null)
        {
            firstLive = change.nextLive;
        }
        else
        {
            change.previousLive.nextLive = change.nextLive;
        }
        if (change.nextLive != null)
        {
            change.nextLive.previousLive = change.previousLive;
        }
    }

    private void unlinkFromBucket(final Change change)
    {
        final int bucket = change.hash & (BUCKETS - 1);
        if (buckets[bucket] == change)
        {
            buckets[bucket] = change.nextInBucket;
            return;
        }

        Change before = buckets[bucket];
        while (before.nextInBucket != change)
        {
            before = before.nextInBucket;
        }
        before.nextInBucket = change.nextInBucket;
    }

    /** Gives the memory back. Every record must have been removed before. */
    @Override
    public void close()
    {
        Invariant.check(size == 0, "records of changes are left");
        for (Change change = idle.pollLast(); change != null; change = idle.pollLast())
        {
            if (change.path != null)
            {
                paths.give(change.path);
            }
        }
        paths.close();
    }
}
