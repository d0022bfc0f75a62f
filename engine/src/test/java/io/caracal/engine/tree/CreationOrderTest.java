/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.SeededRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreationOrderTest
{
    private static final class Records implements LinkedRecords
    {
        private final int[] keys;
        private final int[] nexts;
        private final int[] previouses;

        Records(final int count)
        {
            keys = new int[count + 1];
            nexts = new int[count + 1];
            previouses = new int[count + 1];
        }

        @Override
        public int next(final int slot)
        {
            return nexts[slot];
        }

        @Override
        public void next(final int slot, final int next)
        {
            nexts[slot] = next;
        }

        @Override
        public int previous(final int slot)
        {
            return previouses[slot];
        }

        @Override
        public void previous(final int slot, final int previous)
        {
            previouses[slot] = previous;
        }

        /** Some of them were created by the same transaction. */
        @Override
        public long bornZxid(final int slot)
        {
            return 0x1_0000_0000L * (keys[slot] / 1000) + keys[slot] / 3;
        }

        @Override
        public int bornOrder(final int slot)
        {
            return keys[slot] % 3 * 300;
        }

        @Override
        public boolean isBefore(final int slot, final int other)
        {
            return keys[slot] < keys[other];
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 5, 8, 9, 100, 4097 })
    void shouldSortAListWhereItStands(final int count)
    {
        assertSorts(count, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 5, 8, 9, 100, 256, 257, 4097, 100_000 })
    void shouldSortACopyOfTheNumbers(final int count)
    {
        assertSorts(count, count);
    }

    private static void assertSorts(final int count, final int copiedMax)
    {
        final SeededRandom random = new SeededRandom(count);
        final Records records = new Records(count);
        for (int i = 1; i <= count; i++)
        {
            records.keys[i] = i;
            records.nexts[i] = i == count ? 0 : i + 1;
        }
        for (int i = count; i > 1; i--)
        {
            final int other = 1 + random.nextInt(i);
            final int key = records.keys[i];
            records.keys[i] = records.keys[other];
            records.keys[other] = key;
        }

        final CreationOrder order = new CreationOrder(records, copiedMax);
        order.sort(count == 0 ? 0 : 1);
        int slot = order.head();
        int previous = 0;
        for (int i = 1; i <= count; i++)
        {
            assertEquals(i, records.keys[slot]);
            assertEquals(previous, records.previouses[slot]);
            previous = slot;
            slot = records.nexts[slot];
        }
        assertEquals(0, slot);
        assertEquals(previous, order.tail());
    }
}
