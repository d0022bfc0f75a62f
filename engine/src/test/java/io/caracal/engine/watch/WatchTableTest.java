/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.protocol.WatcherType;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WatchTableTest extends WatchFixture
{
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
    void shouldRemoveAtTheGivenPathOnly()
    {
        addData(1, "/a");
        addData(1, "/b");

        assertTrue(remove(1, WatcherType.DATA, "/a"));
        assertTrue(has(1, WatcherType.DATA, "/b"));
        assertEquals("1:3:/b", changed("/a") + changed("/b"));
    }

    private static Stream<Consumer<WatchTable>> changes()
    {
        final UnsafeBuffer path = path("/a");
        return Stream.of(table -> table.addData(2, path, 0, 2), table -> table.remove(1, WatcherType.ANY, path, 0, 2),
            table -> table.forget(1, 1), table -> table.fireCreated(path, 0, 2, (watcher, type, p, offset, length) ->
            {
            }));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldNotBeChangedByItsHandler(final Consumer<WatchTable> change)
    {
        addPersistent(1, "/a");
        final UnsafeBuffer path = path("/a");

        assertThrows(BrokenInvariantException.class, () -> table.fireDataChanged(path, 0, 2, (watcher, type, p, offset,
            length) -> change.accept(table)));
    }
}
