/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.protocol.Allocation;
import io.caracal.engine.protocol.EventType;
import io.caracal.engine.protocol.WatcherType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchTableTest
{
    private static final long SEED = 0x1234_5678_9ABC_DEF0L;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final List<String> events = new ArrayList<>();
    private final WatchEventHandler handler = (watcher, type, path, offset, length) -> events.add(watcher + ":" + type +
        ":" + path.getStringWithoutLengthUtf8(offset, length));
    private WatchTable table;

    @BeforeEach
    void open()
    {
        table = new WatchTable(memory.ledger(), SEED, Integer.MAX_VALUE);
    }

    @AfterEach
    void close()
    {
        table.close();
    }

    private static UnsafeBuffer path(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private void addData(final int watcher, final String text)
    {
        assertTrue(table.addData(watcher, path(text), 0, text.length()));
    }

    private void addChild(final int watcher, final String text)
    {
        assertTrue(table.addChild(watcher, path(text), 0, text.length()));
    }

    private void addPersistent(final int watcher, final String text)
    {
        assertTrue(table.addPersistent(watcher, path(text), 0, text.length()));
    }

    private void addRecursive(final int watcher, final String text)
    {
        assertTrue(table.addRecursive(watcher, path(text), 0, text.length()));
    }

    private String created(final String text)
    {
        events.clear();
        assertEquals(table.fireCreated(path(text), 0, text.length(), handler), events.size());

        return String.join(" ", events);
    }

    private String deleted(final String text)
    {
        events.clear();
        assertEquals(table.fireDeleted(path(text), 0, text.length(), handler), events.size());

        return String.join(" ", events);
    }

    private String changed(final String text)
    {
        events.clear();
        assertEquals(table.fireDataChanged(path(text), 0, text.length(), handler), events.size());

        return String.join(" ", events);
    }

    @Test
    void shouldTellOnceAndOnlyOnce()
    {
        addData(1, "/a");
        addData(1, "/a");

        assertEquals("1:3:/a", changed("/a"));
        assertEquals("", changed("/a"));
        assertEquals(0, table.watchCount());
    }

    @Test
    void shouldTellOfCreation()
    {
        addData(1, "/a/b");
        addChild(2, "/a");
        addChild(3, "/a/b");
        addData(4, "/a");

        assertEquals("1:1:/a/b 2:4:/a", created("/a/b"));
        assertEquals(2, table.watchCount());
    }

    @Test
    void shouldCountAWatcherOncePerPathAndTable()
    {
        addData(1, "/a");
        addRecursive(1, "/a");
        addChild(1, "/a");
        addData(2, "/a");

        assertEquals(4, table.watchCount());
        assertEquals(3, table.entryCount());
    }

    @Test
    void shouldTellOfDeletionInOrder()
    {
        addChild(1, "/a");
        addChild(2, "/a/b");
        addData(3, "/a/b");
        addChild(3, "/a/b");
        addRecursive(4, "/");

        assertEquals("3:2:/a/b 4:2:/a/b 2:2:/a/b 1:4:/a", deleted("/a/b"));
        assertEquals(1, table.watchCount(), "the child watch of 3 is used up though it was silent");
    }

    @Test
    void shouldTellRecursiveWatchersFromTheNodeUpToTheRoot()
    {
        addRecursive(1, "/");
        addRecursive(2, "/a/b/c");
        addRecursive(3, "/a");
        addRecursive(4, "/a/b");
        addRecursive(5, "/a/bc");
        addData(6, "/a/b/c");

        assertEquals("6:3:/a/b/c 2:3:/a/b/c 4:3:/a/b/c 3:3:/a/b/c 1:3:/a/b/c", changed("/a/b/c"));
        assertEquals("2:1:/a/b/c 4:1:/a/b/c 3:1:/a/b/c 1:1:/a/b/c", created("/a/b/c"));
        assertEquals("1:3:/", changed("/"));
    }

    @Test
    void shouldTellAWatcherOfSeveralModesOnce()
    {
        addData(1, "/a");
        addPersistent(1, "/a");
        addRecursive(1, "/a");
        addRecursive(1, "/");

        assertEquals("1:3:/a", changed("/a"));
        assertEquals("1:3:/a", changed("/a"), "persistent modes stay");
        assertFalse(has(1, WatcherType.DATA, "/a"), "the one-shot mode is used up");
        assertEquals("1:2:/a", deleted("/a"));
    }

    @Test
    void shouldKeepPersistentWatchesThroughDeletion()
    {
        addPersistent(1, "/a");

        assertEquals("1:2:/a", deleted("/a"));
        assertEquals("1:1:/a", created("/a"));
        assertEquals("1:4:/a", created("/a/b"));
        assertEquals("1:4:/a", deleted("/a/b"));
        assertEquals("1:3:/a", changed("/a"));
    }

    @Test
    void shouldNeverTellRecursiveWatchersOfChildren()
    {
        addRecursive(1, "/a");

        assertEquals("1:1:/a/b", created("/a/b"));
        assertEquals("1:2:/a/b", deleted("/a/b"));
    }

    @Test
    void shouldReportRootAsSlash()
    {
        addChild(1, "/");

        assertEquals("1:4:/", created("/a"));
    }

    @Test
    void shouldKeepOrderOfRegistration()
    {
        addData(9, "/a");
        addData(3, "/a");
        addData(7, "/a");
        addPersistent(9, "/a");
        table.forget(3, Integer.MAX_VALUE);
        addData(3, "/a");

        assertEquals("9:3:/a 7:3:/a 3:3:/a", changed("/a"));
    }

    private boolean has(final int watcher, final int type, final String text)
    {
        return table.has(watcher, type, path(text), 0, text.length());
    }

    private boolean remove(final int watcher, final int type, final String text)
    {
        return table.remove(watcher, type, path(text), 0, text.length());
    }

    @Test
    void shouldRemoveByType()
    {
        addData(1, "/a");
        addChild(1, "/a");
        addPersistent(1, "/a");
        addRecursive(1, "/a");
        addData(2, "/a");

        for (final int type : new int[]{ WatcherType.CHILDREN, WatcherType.DATA, WatcherType.PERSISTENT,
            WatcherType.PERSISTENT_RECURSIVE })
        {
            assertTrue(has(1, type, "/a"));
            assertTrue(remove(1, type, "/a"));
            assertFalse(has(1, type, "/a"));
            assertFalse(remove(1, type, "/a"));
        }

        assertFalse(has(1, WatcherType.ANY, "/a"));
        assertFalse(remove(1, WatcherType.ANY, "/a"));
        assertTrue(has(2, WatcherType.ANY, "/a"));
        assertFalse(remove(3, WatcherType.ANY, "/a"));
        assertTrue(remove(2, WatcherType.ANY, "/a"));
        assertEquals(0, table.watchCount());
    }

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
            small.forget(1, Integer.MAX_VALUE);
            assertTrue(small.addPersistent(2, path, 0, 2));
        }
    }

    @Test
    void shouldNotBeChangedByItsHandler()
    {
        addData(1, "/a");
        final UnsafeBuffer path = path("/a");

        assertThrows(BrokenInvariantException.class, () -> table.fireDataChanged(path, 0, 2, (watcher, type, p, offset,
            length) -> table.addData(watcher, p, offset, length)));
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

        final double allocated = Allocation.perOperation(() ->
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

        assertTrue(allocated < 0.1, () -> allocated + " bytes an operation");
    }

    @Test
    void shouldWalkWhileTheTableChanges()
    {
        for (int watcher = 0; watcher < 5; watcher++)
        {
            addData(watcher, "/a");
            addData(watcher, "/b");
        }

        try (WatchCursor byPath = table.cursorByPath(); WatchCursor byWatcher = table.cursorByWatcher())
        {
            assertEquals("0/a", step(byPath));
            assertEquals("0/a", step(byWatcher));
            table.forget(1, Integer.MAX_VALUE);
            assertTrue(remove(0, WatcherType.DATA, "/b"));
            assertEquals("2/a", step(byPath));
            assertEquals("2/a", step(byWatcher));
            assertEquals("2:3:/b 3:3:/b 4:3:/b", changed("/b"));
            assertEquals("3/a", step(byWatcher));
            assertEquals("3/a", step(byPath));
            addData(2, "/c");
            assertEquals("4/a", step(byPath));
            assertEquals("4/a", step(byWatcher));
            assertEquals("2/c", step(byPath));
            assertEquals("end", step(byPath));
            assertEquals("end", step(byWatcher));
        }
    }

    private static String step(final WatchCursor cursor)
    {
        int step = cursor.step();

        while (step == WatchCursor.AGAIN)
        {
            step = cursor.step();
        }

        if (step == WatchCursor.END)
        {
            return "end";
        }

        final UnsafeBuffer path = new UnsafeBuffer(new byte[cursor.pathLength()]);
        cursor.copyPath(path, 0);

        return cursor.watcher() + path.getStringWithoutLengthUtf8(0, path.capacity());
    }

    @Test
    void shouldCutShortAStepThatFindsNothing()
    {
        final UnsafeBuffer path = path("/0000");

        for (int i = 0; i < 1_000; i++)
        {
            path.putNaturalPaddedIntAscii(1, 4, i);
            assertTrue(table.addChild(1, path, 0, 5));
        }

        try (WatchCursor cursor = table.cursorByPath())
        {
            assertEquals(WatchCursor.AGAIN, cursor.step());
            assertEquals("end", step(cursor));
        }
    }

    @Test
    void shouldLimitOpenCursors()
    {
        final List<WatchCursor> cursors = new ArrayList<>();

        for (int i = 0; i < WatchTable.CURSORS_MAX; i++)
        {
            cursors.add(table.cursorByPath());
        }

        assertNull(table.cursorByWatcher());
        cursors.get(3).close();
        cursors.get(3).close();
        assertNotNull(table.cursorByWatcher());
        assertNull(table.cursorByPath());
    }
}
