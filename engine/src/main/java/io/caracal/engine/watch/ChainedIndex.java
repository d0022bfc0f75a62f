/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.memory.MemoryLedger;

/**
 * A hash index whose chains run through the records themselves. It grows by linear hashing: each insertion splits at
 * most one bucket, so there is never a pause to rehash everything. It does not shrink.
 */
abstract class ChainedIndex
{
    private static final int BUCKETS_MIN = 16;
    private static final int HEAD_SHIFT = 2;

    private final RecordPages heads;
    private int size;
    private int bucketCount = BUCKETS_MIN;
    private int lowMask = BUCKETS_MIN - 1;

    ChainedIndex(final MemoryLedger ledger)
    {
        heads = new RecordPages(ledger, HEAD_SHIFT);
    }

    /** Hash of a record that is in the index. */
    abstract int hash(int record);

    /** Next record in the chain. */
    abstract int next(int record);

    /** Sets the next record in the chain. */
    abstract void next(int record, int following);

    /** First record of the chain that a record with this hash would be in. */
    final int first(final int hash)
    {
        return size == 0 ? RecordPages.NONE : heads.getInt(bucket(hash), 0);
    }

    final void insert(final int record, final int hash)
    {
        heads.ensure(bucketCount);
        push(bucket(hash), record);

        if (++size > bucketCount && bucketCount < Integer.MAX_VALUE)
        {
            split();
        }
    }

    final void remove(final int record, final int hash)
    {
        final int bucket = bucket(hash);
        final int following = next(record);
        int current = heads.getInt(bucket, 0);
        size--;

        if (current == record)
        {
            heads.putInt(bucket, 0, following);
            return;
        }

        while (next(current) != record)
        {
            current = next(current);
        }

        next(current, following);
    }

    private int bucket(final int hash)
    {
        final int wide = hash & (lowMask << 1 | 1);
        return wide < bucketCount ? wide : hash & lowMask;
    }

    private void push(final int bucket, final int record)
    {
        next(record, heads.getInt(bucket, 0));
        heads.putInt(bucket, 0, record);
    }

    /** Divides the records of one bucket between it and a new one. */
    private void split()
    {
        final int from = bucketCount & lowMask;
        bucketCount++;

        if (bucketCount > (lowMask << 1 | 1))
        {
            lowMask = lowMask << 1 | 1;
        }

        heads.ensure(bucketCount);
        int record = heads.getInt(from, 0);
        heads.putInt(from, 0, RecordPages.NONE);

        while (record != RecordPages.NONE)
        {
            final int following = next(record);
            push(bucket(hash(record)), record);
            record = following;
        }
    }

    void close()
    {
        heads.close();
        size = 0;
        bucketCount = BUCKETS_MIN;
        lowMask = BUCKETS_MIN - 1;
    }
}
