/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The buckets of a hash table that grows and shrinks one bucket at a time (linear hashing), so there is never a second
 * table and never a pause. Each bucket is the head of a chain of records; the chains run through the records
 * themselves.
 *
 * <pre>
 *   0            split            2^level        2^level + split
 *   | split already | not yet split | their halves |
 *
 *   bucket of a hash: its low level+1 bits if that bucket exists, else its low level bits
 * </pre>
 */
final class HashBuckets implements AutoCloseable
{
    private static final int NONE = 0;
    private static final int CHUNK_SHIFT = 14;
    private static final int CHUNK_BUCKETS = 1 << CHUNK_SHIFT;
    private static final int CHUNK_MASK = CHUNK_BUCKETS - 1;
    private static final int LEVEL_MIN = 4;
    private static final int BUCKETS_MAX = 1 << 30;

    /**
     * Buckets per record up to which the table grows: chains stay short, so a look-up rarely reads a record in vain.
     */
    private static final int BUCKETS_PER_RECORD = 2;

    /** Buckets per record above which the table shrinks. */
    private static final int BUCKETS_PER_RECORD_MAX = 4;

    /** Most buckets that one insertion splits: enough to keep pace. */
    static final int SPLITS_MAX = BUCKETS_PER_RECORD;

    /** Most buckets that one removal merges: enough to keep pace. */
    static final int MERGES_MAX = BUCKETS_PER_RECORD_MAX;

    private final MemoryLedger ledger;
    private final MemoryTag tag;
    private final Chains chains;
    private UnsafeBuffer[] chunks = new UnsafeBuffer[4];
    private int chunkCount;
    private int level = LEVEL_MIN;
    private int bucketCount;
    private long recordCount;
    private long moves;

    HashBuckets(final MemoryLedger ledger, final MemoryTag tag, final Chains chains)
    {
        this.ledger = ledger;
        this.tag = tag;
        this.chains = chains;
    }

    /** First record of the chain for a hash. A record with this hash, if there is one, is in this chain. */
    int head(final int hash)
    {
        return bucketCount == 0 ? NONE : get(bucket(hash));
    }

    private int bucket(final int hash)
    {
        final int bucket = hash & ((2 << level) - 1);

        return bucket < bucketCount ? bucket : hash & ((1 << level) - 1);
    }

    private int get(final int bucket)
    {
        return chunks[bucket >>> CHUNK_SHIFT].getInt((bucket & CHUNK_MASK) << 2);
    }

    private void put(final int bucket, final int head)
    {
        chunks[bucket >>> CHUNK_SHIFT].putInt((bucket & CHUNK_MASK) << 2, head);
    }

    /** Puts a record into the chain of its hash. */
    void insert(final int slot)
    {
        if (bucketCount == 0)
        {
            reserve(0);
        }
        final int bucket = bucket(chains.hash(slot));
        chains.chainNext(slot, get(bucket));
        put(bucket, slot);
        recordCount++;

        for (int i = 0; i < SPLITS_MAX && bucketCount < recordCount * BUCKETS_PER_RECORD &&
            bucketCount < BUCKETS_MAX; i++)
        {
            split();
        }
    }

    /**
     * Puts records into a table that has room for them. All buckets are read before the first one changes: they are
     * scattered in memory, and reading them together lets their cache misses overlap.
     */
    void insertAll(final int[] slots, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            chains.chainNext(slots[i], head(chains.hash(slots[i])));
        }
        for (int i = 0; i < count; i++)
        {
            insert(slots[i]);
        }
    }

    /** Takes a record, which must be present, out of the chain of its hash. */
    void remove(final int slot)
    {
        final int bucket = bucket(chains.hash(slot));
        int previous = NONE;
        for (int i = get(bucket); i != slot; i = chains.chainNext(i))
        {
            previous = i;
        }

        final int next = chains.chainNext(slot);
        if (previous == NONE)
        {
            put(bucket, next);
        }
        else
        {
            chains.chainNext(previous, next);
        }
        recordCount--;

        for (int i = 0; i < MERGES_MAX && bucketCount > recordCount * BUCKETS_PER_RECORD_MAX &&
            bucketCount > 1 << LEVEL_MIN; i++)
        {
            merge();
        }
    }

    /** Buckets split or merged so far: the work that growing costs. */
    long moves()
    {
        return moves;
    }

    int bucketCount()
    {
        return bucketCount;
    }

    /** Sizes an empty table for this many records, so that filling it moves nothing. */
    void reserve(final long records)
    {
        level = LEVEL_MIN;
        while (1L << level < Math.min(records * BUCKETS_PER_RECORD, BUCKETS_MAX))
        {
            level++;
        }
        final long wanted = Math.max(1L << LEVEL_MIN, Math.min(records * BUCKETS_PER_RECORD, BUCKETS_MAX));
        if (wanted < 1L << level)
        {
            level--;
        }
        bucketCount = (int)wanted;
        while ((long)chunkCount << CHUNK_SHIFT < bucketCount)
        {
            addChunk();
        }
    }

    private void addChunk()
    {
        if (chunkCount == chunks.length)
        {
            chunks = Arrays.copyOf(chunks, chunkCount * 2);
        }
        chunks[chunkCount++] = ledger.allocate(tag, CHUNK_BUCKETS * Integer.BYTES);
    }

    private void split()
    {
        final int added = bucketCount;
        final int from = added - (1 << level);
        if (added >>> CHUNK_SHIFT == chunkCount)
        {
            addChunk();
        }

        int stays = NONE;
        int goes = NONE;
        int slot = get(from);
        while (slot != NONE)
        {
            final int next = chains.chainNext(slot);
            if ((chains.hash(slot) & (1 << level)) != 0)
            {
                chains.chainNext(slot, goes);
                goes = slot;
            }
            else
            {
                chains.chainNext(slot, stays);
                stays = slot;
            }
            slot = next;
        }
        put(from, stays);
        put(added, goes);

        moves++;
        bucketCount++;
        if (bucketCount == 2 << level)
        {
            level++;
        }
    }

    private void merge()
    {
        bucketCount--;
        if (bucketCount < 1 << level)
        {
            level--;
        }

        final int into = bucketCount - (1 << level);
        int slot = get(bucketCount);
        int head = get(into);
        while (slot != NONE)
        {
            final int next = chains.chainNext(slot);
            chains.chainNext(slot, head);
            head = slot;
            slot = next;
        }
        put(into, head);
        put(bucketCount, NONE);
        moves++;

        // Keep one chunk of slack, so that a table at the edge of a chunk does not free it and allocate it again.
        if (chunkCount > 1 && bucketCount <= (chunkCount - 2) << CHUNK_SHIFT)
        {
            ledger.free(tag, chunks[--chunkCount]);
            chunks[chunkCount] = null;
        }
    }

    /** Forgets all records and frees all memory. */
    void clear()
    {
        while (chunkCount > 0)
        {
            ledger.free(tag, chunks[--chunkCount]);
            chunks[chunkCount] = null;
        }
        bucketCount = 0;
        recordCount = 0;
    }

    @Override
    public void close()
    {
        clear();
    }
}
