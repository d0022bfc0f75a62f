/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTableModelTest
{
    private static final int OPERATIONS = 40_000;
    private static final int WATCHERS = 12;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final WatchModel model = new WatchModel();
    private final List<String> events = new ArrayList<>();
    private WatchTable table;

    @ParameterizedTest
    @ValueSource(longs = { 1, 20260101, -987654321012345L })
    void shouldBehaveAsTheModel(final long seed)
    {
        final Random random = new Random(seed);
        table = new WatchTable(memory.ledger(), seed * 31, Integer.MAX_VALUE);

        for (int i = 0; i < OPERATIONS; i++)
        {
            step(random);
            assertEquals(model.watchCount(), table.watchCount());

            if (i % 500 == 0)
            {
                assertSameDataTable();
            }
        }

        for (int watcher = 0; watcher < WATCHERS; watcher++)
        {
            table.forget(watcher, Integer.MAX_VALUE);
        }

        assertEquals(0, table.watchCount());
        assertEquals(0, table.dataWatchCount() + table.dataPathCount() + table.dataWatcherCount());
        table.close();
    }

    private static String path(final Random random)
    {
        final StringBuilder path = new StringBuilder();
        final int depth = random.nextInt(5);

        for (int i = 0; i < depth; i++)
        {
            path.append('/').append(random.nextInt(6) == 0 ? "a-name-that-is-longer-than-a-block-of-the-table" : "n")
                .append(random.nextInt(3));
        }

        return depth == 0 ? "/" : path.toString();
    }

    private void step(final Random random)
    {
        final String text = path(random);
        final UnsafeBuffer path = new UnsafeBuffer(("##" + text).getBytes(StandardCharsets.UTF_8));
        final int length = path.capacity() - 2;
        final int watcher = random.nextInt(WATCHERS);
        final int type = 1 + random.nextInt(5);

        switch (random.nextInt(20))
        {
            case 0, 1, 2, 3 -> {
                model.addData(watcher, text);
                assertTrue(table.addData(watcher, path, 2, length));
            }
            case 4, 5, 6 -> {
                model.addChild(watcher, text);
                assertTrue(table.addChild(watcher, path, 2, length));
            }
            case 7, 8 -> {
                model.addPersistent(watcher, text);
                assertTrue(table.addPersistent(watcher, path, 2, length));
            }
            case 9 -> {
                model.addRecursive(watcher, text);
                assertTrue(table.addRecursive(watcher, path, 2, length));
            }
            case 10, 11, 12 -> {
                assertEquals(model.has(watcher, type, text), table.has(watcher, type, path, 2, length));
                assertEquals(model.remove(watcher, type, text), table.remove(watcher, type, path, 2, length));
            }
            case 13 -> {
                if (random.nextInt(8) == 0)
                {
                    model.removeAll(watcher);
                    table.forget(watcher, Integer.MAX_VALUE);
                }
            }
            case 14, 15 -> assertFires(model.created(text), handler -> table.fireCreated(path, 2, length, handler));
            case 16, 17 -> assertFires(model.deleted(text), handler -> table.fireDeleted(path, 2, length, handler));
            default -> assertFires(model.dataChanged(text), handler -> table.fireDataChanged(path, 2, length, handler));
        }
    }

    private void assertFires(final List<String> expected, final Function<WatchEventHandler, Integer> fire)
    {
        events.clear();
        final int fired = fire.apply((watcher, type, path, offset, length) -> events.add(watcher + ":" + type + ":" +
            path.getStringWithoutLengthUtf8(offset, length)));

        assertEquals(expected, events);
        assertEquals(expected.size(), fired);
    }

    private void assertSameDataTable()
    {
        final Set<String> expected = model.dataPairs();
        assertEquals(expected, asSet(walk(table.cursorByPath(), true)));
        assertEquals(expected, asSet(walk(table.cursorByWatcher(), false)));
        assertEquals(expected.size(), table.dataWatchCount());
        assertEquals(distinct(expected, 0), table.dataPathCount());
        assertEquals(distinct(expected, 1), table.dataWatcherCount());
    }

    private static Set<String> asSet(final List<String> found)
    {
        final Set<String> set = new TreeSet<>(found);
        assertEquals(found.size(), set.size(), "each pair once");

        return set;
    }

    private static int distinct(final Collection<String> pairs, final int part)
    {
        return pairs.stream().map(pair -> pair.split(" ", -1)[part]).collect(Collectors.toSet()).size();
    }

    /** Returns all pairs that a cursor finds. Those of one group must be adjacent. */
    private static List<String> walk(final WatchCursor cursor, final boolean isByPath)
    {
        final List<String> found = new ArrayList<>();
        final Set<String> groups = new TreeSet<>();
        String group = "";

        try (cursor)
        {
            for (int step = cursor.step(); step != WatchCursor.END; step = cursor.step())
            {
                if (step == WatchCursor.FOUND)
                {
                    final UnsafeBuffer path = new UnsafeBuffer(new byte[cursor.pathLength()]);
                    cursor.copyPath(path, 0);
                    final String text = path.getStringWithoutLengthUtf8(0, path.capacity());
                    final String next = isByPath ? text : String.valueOf(cursor.watcher());
                    assertTrue(next.equals(group) || groups.add(next), "groups come together");
                    group = next;
                    found.add(text + " " + cursor.watcher());
                }
            }
        }

        return found;
    }
}
