/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.protocol.Allocation;
import io.caracal.engine.protocol.EventType;
import io.caracal.engine.protocol.WatcherType;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Tests for how many watches a table has room, and how much memory they take. */
class WatchTableSizeTest extends WatchFixture
{
    @Test
    void shouldRefuseWhenFull()
    {
        try (WatchTable small = new WatchTable(memory.ledger(), SEED, 2))
        {
            final UnsafeBuffer path = path("/a/b");
            assertTrue(small.addData(1, path, 0, 2));
            assertFalse(small.addPersistent(2, path, 0, 2), "needs two");
            assertEquals(1, small.watchCount());
            assertTrue(small.addChild(1, path, 0, 2));
            assertFalse(small.addRecursive(1, path, 0, 2));
            assertFalse(small.addData(1, path, 0, 4));
            assertTrue(small.addData(1, path, 0, 2), "is there already");
            assertTrue(small.addPersistent(1, path, 0, 2), "both are there already");
            assertEquals(2, small.watchCount());
            small.forget(1, Integer.MAX_VALUE);
            assertTrue(small.addPersistent(2, path, 0, 2));
            assertTrue(small.addPersistent(2, path, 0, 2), "is there already");
            assertFalse(small.addPersistent(1, path, 0, 2), "belongs to another");
        }
    }

    @Test
    void shouldTakeNoMemoryWhenNobodyWatches()
    {
        assertEquals("", changed("/a") + created("/a") + deleted("/a"));
        table.forget(5, Integer.MAX_VALUE);

        assertFalse(has(0, WatcherType.ANY, "/a"));
        assertEquals(0, memory.ledger().bytes(MemoryTag.WATCHES));
    }

    @Test
    void shouldFireAHundredThousandWatchersOfOnePath()
    {
        final int watchers = 100_000;
        final UnsafeBuffer path = path("/a");

        for (int i = 0; i < watchers; i++)
        {
            assertTrue(table.addData(i, path, 0, 2));
        }

        final int[] next = { 0 };
        final int fired = table.fireDataChanged(path, 0, 2, (watcher, type, p, offset, length) ->
        {
            assertEquals(next[0]++, watcher);
            assertEquals(EventType.NODE_DATA_CHANGED, type);
        });

        assertEquals(watchers, fired);
        assertEquals(0, table.watchCount());
    }

    @Test
    void shouldHoldAMillionWatchesInLittleMemory()
    {
        final int paths = 100_000;
        final int watchersPerPath = 10;
        final UnsafeBuffer path = path("/services/of/the/house/000000");

        for (int i = 0; i < paths; i++)
        {
            path.putNaturalPaddedIntAscii(path.capacity() - 6, 6, i);

            for (int watcher = 0; watcher < watchersPerPath; watcher++)
            {
                assertTrue(table.addData(watcher, path, 0, path.capacity()));
            }
        }

        assertEquals(paths * watchersPerPath, table.watchCount());
        assertEquals(paths, table.dataPathCount());
        assertEquals(watchersPerPath, table.dataWatcherCount());
        final double bytesPerWatch = (double)memory.ledger().bytes(MemoryTag.WATCHES) / table.watchCount();
        assertTrue(bytesPerWatch < 64, () -> bytesPerWatch + " bytes a watch");

        for (int watcher = 0; watcher < watchersPerPath; watcher++)
        {
            table.forget(watcher, Integer.MAX_VALUE);
        }

        assertEquals(0, table.watchCount());
    }

    @Test
    void shouldNotAllocateInSteadyState()
    {
        addRecursive(3, "/a");
        final UnsafeBuffer path = path("/a/b/a-name-that-is-longer-than-a-block-of-the-table");
        final WatchEventHandler silent = (watcher, type, p, offset, length) -> assertTrue(watcher > 0);

        Allocation.assertNone(() ->
        {
            table.addData(1, path, 0, path.capacity());
            table.addChild(2, path, 0, 4);
            table.addPersistent(1, path, 0, path.capacity());
            table.fireCreated(path, 0, path.capacity(), silent);
            table.fireDeleted(path, 0, path.capacity(), silent);
            table.remove(1, WatcherType.ANY, path, 0, path.capacity());
            table.addData(1, path, 0, path.capacity());
            table.forget(1, Integer.MAX_VALUE);
        });
    }
}
