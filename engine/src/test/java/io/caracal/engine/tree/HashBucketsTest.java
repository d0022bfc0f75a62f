/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HashBucketsTest
{
    private static final int RECORDS = 100_000;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final Records records = new Records();

    private static final class Records implements Chains
    {
        private final int[] hashes = new int[RECORDS + 1];
        private final int[] nexts = new int[RECORDS + 1];

        @Override
        public int hash(final int slot)
        {
            return hashes[slot];
        }

        @Override
        public int chainNext(final int slot)
        {
            return nexts[slot];
        }

        @Override
        public void chainNext(final int slot, final int next)
        {
            nexts[slot] = next;
        }
    }

    private int chainLength(final HashBuckets buckets, final int slot)
    {
        int length = 1;
        for (int i = buckets.head(records.hash(slot)); i != slot; i = records.chainNext(i))
        {
            assertTrue(i != 0, "the record is in its chain");
            length++;
        }

        return length;
    }

    @Test
    void shouldFindEveryRecordWhileGrowingAndShrinkingABucketAtATime()
    {
        final SeededRandom random = new SeededRandom(3);
        try (HashBuckets buckets = new HashBuckets(memory.ledger(), MemoryTag.INDEX, records))
        {
            for (int slot = 1; slot <= RECORDS; slot++)
            {
                records.hashes[slot] = (int)random.nextLong();
                final long before = buckets.moves();
                buckets.insert(slot);
                assertTrue(buckets.moves() - before <= HashBuckets.SPLITS_MAX);
                chainLength(buckets, 1 + random.nextInt(slot));
            }
            final long full = memory.ledger().totalBytes();
            long probes = 0;
            for (int slot = 1; slot <= RECORDS; slot++)
            {
                probes += chainLength(buckets, slot);
            }
            assertTrue(probes < RECORDS * 1.5, "chains are short");

            for (int slot = RECORDS; slot > 100; slot--)
            {
                final long before = buckets.moves();
                buckets.remove(slot);
                assertTrue(buckets.moves() - before <= HashBuckets.MERGES_MAX);
                chainLength(buckets, 1 + random.nextInt(slot - 1));
            }
            assertTrue(buckets.bucketCount() <= 100 * HashBuckets.MERGES_MAX, "it shrank");
            assertTrue(memory.ledger().totalBytes() < full, "and gave memory back");
            for (int slot = 1; slot <= 100; slot++)
            {
                chainLength(buckets, slot);
            }
        }
    }

    @Test
    void shouldMoveNothingWhenReserved()
    {
        final SeededRandom random = new SeededRandom(4);
        try (HashBuckets buckets = new HashBuckets(memory.ledger(), MemoryTag.INDEX, records))
        {
            buckets.reserve(RECORDS);
            for (int slot = 1; slot <= RECORDS; slot++)
            {
                records.hashes[slot] = (int)random.nextLong();
                buckets.insert(slot);
            }
            assertEquals(0, buckets.moves());
            chainLength(buckets, RECORDS / 2);
        }
    }

    @Test
    void shouldBeginWithFewBucketsOnceCleared()
    {
        final SeededRandom random = new SeededRandom(5);
        try (HashBuckets buckets = new HashBuckets(memory.ledger(), MemoryTag.INDEX, records))
        {
            for (int slot = 1; slot <= RECORDS; slot++)
            {
                records.hashes[slot] = (int)random.nextLong();
                buckets.insert(slot);
            }
            buckets.clear();
            assertEquals(0, memory.ledger().totalBytes());

            final long before = buckets.moves();
            buckets.insert(1);
            assertEquals(before, buckets.moves(), "there is room for one record");
            assertEquals(1, chainLength(buckets, 1));
        }
    }
}
