/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.protocol.WatcherType;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class WatchCursorTest extends WatchFixture
{
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

        assertThrows(BrokenInvariantException.class, table::cursorByWatcher);
        cursors.get(3).close();
        cursors.get(3).close();
        assertNotNull(table.cursorByWatcher());
        assertThrows(BrokenInvariantException.class, table::cursorByPath);
    }
}
