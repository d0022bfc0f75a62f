/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlabTest
{
    private static final int RECORD_LENGTH = 128;
    private static final int RECORDS_PER_CHUNK = Slab.CHUNK_LENGTH_MAX / RECORD_LENGTH;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private Slab slab()
    {
        return new Slab(memory.ledger(), MemoryTag.ZNODES, RECORD_LENGTH);
    }

    @Test
    void shouldHoldNoMemoryBeforeTheFirstRecord()
    {
        try (Slab slab = slab())
        {
            assertEquals(0, memory.ledger().totalBytes());
            assertNotEquals(Slab.NONE, slab.allocate());
            assertEquals(memory.ledger().totalBytes(), memory.ledger().bytes(MemoryTag.ZNODES));
            assertTrue(memory.ledger().totalBytes() > 0);
        }
    }

    @Test
    void shouldTellWhatIsInUse()
    {
        final MemoryLedger ledger = memory.ledger();
        try (Slab slab = slab())
        {
            final int first = slab.allocate();
            final long overhead = ledger.usedBytes(MemoryTag.ZNODES) - RECORD_LENGTH;
            assertTrue(overhead >= 0 && overhead <= RECORD_LENGTH + SlabChunk.ALIGNMENT, "overhead: " + overhead);
            final int second = slab.allocate();
            assertEquals(overhead + 2 * RECORD_LENGTH, ledger.usedBytes(MemoryTag.ZNODES));
            slab.free(first);
            assertEquals(overhead + RECORD_LENGTH, ledger.usedBytes(MemoryTag.ZNODES));
            slab.free(second);
            assertEquals(overhead, ledger.usedBytes(MemoryTag.ZNODES), "a chunk is kept, nothing in it is in use");
        }
    }

    @Test
    void shouldKeepRecordsApartWhileTheyComeAndGo()
    {
        final SeededRandom random = new SeededRandom(1);
        final List<Integer> slots = new ArrayList<>();
        final Map<Integer, Long> contents = new HashMap<>();
        try (Slab slab = slab())
        {
            for (int i = 0; i < 50_000; i++)
            {
                final boolean isGrowing = i % 20_000 < 12_000;
                if (slots.isEmpty() || random.nextInt(10) < (isGrowing ? 8 : 2))
                {
                    final int slot = slab.allocate();
                    final long content = random.nextLong();
                    slab.buffer(slot).putLong(slab.offset(slot), content);
                    slab.buffer(slot).putLong(slab.offset(slot) + RECORD_LENGTH - Long.BYTES, ~content);
                    assertFalse(contents.containsKey(slot), "a slot is taken once");
                    contents.put(slot, content);
                    slots.add(slot);
                }
                else
                {
                    final int slot = slots.remove(random.nextInt(slots.size()));
                    final long content = contents.remove(slot);
                    assertEquals(content, slab.buffer(slot).getLong(slab.offset(slot)));
                    assertEquals(~content,
                        slab.buffer(slot).getLong(slab.offset(slot) + RECORD_LENGTH - Long.BYTES));
                    slab.free(slot);
                }
                assertEquals(slots.size(), slab.count());
            }
        }
    }

    @Test
    void shouldReuseFreedMemoryBeforeTakingMore()
    {
        try (Slab slab = slab())
        {
            final List<Integer> slots = new ArrayList<>();
            for (int i = 0; i < 3 * RECORDS_PER_CHUNK; i++)
            {
                slots.add(slab.allocate());
            }
            final long full = memory.ledger().totalBytes();
            for (int i = 0; i < slots.size(); i += 2)
            {
                slab.free(slots.get(i));
            }
            for (int i = 0; i < slots.size(); i += 2)
            {
                slab.allocate();
            }
            assertEquals(full, memory.ledger().totalBytes());
        }
    }

    @Test
    void shouldGiveEmptyChunksBackButOne()
    {
        try (Slab slab = slab())
        {
            final int first = slab.allocate();
            final long oneChunk = memory.ledger().totalBytes();
            final List<Integer> slots = new ArrayList<>();
            for (int i = 0; i < 10 * RECORDS_PER_CHUNK; i++)
            {
                slots.add(slab.allocate());
            }
            slots.forEach(slab::free);
            assertEquals(2 * oneChunk, memory.ledger().totalBytes());
            slab.free(first);
            assertEquals(oneChunk, memory.ledger().totalBytes());

            for (int i = 0; i < 10 * RECORDS_PER_CHUNK; i++)
            {
                slab.allocate();
            }
            assertTrue(slab.slotLimit() <= 12 * RECORDS_PER_CHUNK, "numbers of chunks given back are used again");
        }
    }

    @Test
    void shouldBeginWithTheFirstNumbersOnceCleared()
    {
        try (Slab slab = slab())
        {
            final List<Integer> slots = new ArrayList<>();
            take(slab, 10 * RECORDS_PER_CHUNK, slots);
            slots.forEach(slab::free);
            slab.clear();
            assertEquals(0, memory.ledger().totalBytes());
            take(slab, 1, slots);
            assertEquals(slots.get(0), slots.get(slots.size() - 1));
            assertEquals(RECORDS_PER_CHUNK, slab.slotLimit());
        }
    }

    @Test
    void shouldKeepRecordsOnCacheLines()
    {
        try (Slab slab = slab())
        {
            final int slot = slab.allocate();
            assertEquals(0, (slab.buffer(slot).addressOffset() + slab.offset(slot)) % 64);
        }
    }

    @Test
    void shouldPlaceBySlotAndHandOutTheGapsAfterwards()
    {
        try (Slab slab = slab())
        {
            final int far = 3 * RECORDS_PER_CHUNK + 5;
            assertTrue(slab.place(2));
            assertTrue(slab.place(far));
            assertTrue(slab.place(4));
            assertFalse(slab.place(far), "it is taken");
            slab.endPlacing();
            assertEquals(3, slab.count());
            assertFalse(slab.isInUse(RECORDS_PER_CHUNK + 1), "chunks without a record hold no memory");

            final long placed = memory.ledger().totalBytes();
            final int gaps = 2 * RECORDS_PER_CHUNK - 4;
            final List<Integer> taken = new ArrayList<>(List.of(2, 4, far));
            take(slab, gaps, taken);
            assertEquals(placed, memory.ledger().totalBytes(), "all gaps but slot 0 are taken before more memory");
            take(slab, 2 * RECORDS_PER_CHUNK, taken);
            assertEquals(4 * RECORDS_PER_CHUNK, slab.slotLimit(), "so are the numbers of chunks without a record");
            take(slab, RECORDS_PER_CHUNK, taken);
            assertEquals(taken.size(), taken.stream().distinct().count());
            assertFalse(taken.contains(Slab.NONE));
            taken.forEach(slab::free);
            assertEquals(0, slab.count());
        }
    }

    private static void take(final Slab slab, final int count, final List<Integer> taken)
    {
        for (int i = 0; i < count; i++)
        {
            taken.add(slab.allocate());
        }
    }

    @Test
    void shouldTakeRecordsOfEachLengthOfWhichTwoFitIntoAChunk()
    {
        try (Slab slab = new Slab(memory.ledger(), MemoryTag.ZNODES, Slab.RECORD_LENGTH_MAX))
        {
            final List<Integer> taken = new ArrayList<>();
            take(slab, 4, taken);
            assertEquals(4, taken.stream().distinct().count());
            taken.forEach(slot -> slab.buffer(slot).setMemory(slab.offset(slot), Slab.RECORD_LENGTH_MAX, (byte)1));
            taken.forEach(slab::free);
        }
        assertThrows(BrokenInvariantException.class,
            () -> new Slab(memory.ledger(), MemoryTag.ZNODES, Slab.RECORD_LENGTH_MAX + 1));
    }

    @Test
    void shouldStepOverEmptyChunks()
    {
        try (Slab slab = slab())
        {
            slab.place(2 * RECORDS_PER_CHUNK + 7);
            slab.endPlacing();
            assertEquals(2 * RECORDS_PER_CHUNK, slab.skipEmptyChunks(1));
            assertEquals(2 * RECORDS_PER_CHUNK + 9, slab.skipEmptyChunks(2 * RECORDS_PER_CHUNK + 9));
            assertEquals(3 * RECORDS_PER_CHUNK, slab.slotLimit());
        }
    }

    @Test
    void shouldRefuseToFreeWhatWasNeverTaken()
    {
        try (Slab slab = slab())
        {
            final int slot = slab.allocate();
            slab.free(slot);
            assertThrows(BrokenInvariantException.class, () -> slab.free(slot));
        }
    }

    @Test
    void shouldCheckBounds()
    {
        try (Slab slab = slab())
        {
            final int slot = slab.allocate();
            assertThrows(IndexOutOfBoundsException.class,
                () -> slab.buffer(slot).getLong(RECORDS_PER_CHUNK * RECORD_LENGTH));
        }
    }
}
