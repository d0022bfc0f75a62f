/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A table of watches. It records whom the table tells of what, in order, as {@code watcher:type:path}. */
abstract class WatchFixture
{
    static final long SEED = 0x1234_5678_9ABC_DEF0L;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    final List<String> events = new ArrayList<>();

    final WatchEventHandler handler = (watcher, type, path, offset, length) -> events.add(watcher + ":" + type +
        ":" + path.getStringWithoutLengthUtf8(offset, length));
    WatchTable table;

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

    static UnsafeBuffer path(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    void addData(final int watcher, final String text)
    {
        assertTrue(table.addData(watcher, path(text), 0, text.length()));
    }

    void addChild(final int watcher, final String text)
    {
        assertTrue(table.addChild(watcher, path(text), 0, text.length()));
    }

    void addPersistent(final int watcher, final String text)
    {
        assertTrue(table.addPersistent(watcher, path(text), 0, text.length()));
    }

    void addRecursive(final int watcher, final String text)
    {
        assertTrue(table.addRecursive(watcher, path(text), 0, text.length()));
    }

    String created(final String text)
    {
        events.clear();
        assertEquals(table.fireCreated(path(text), 0, text.length(), handler), events.size());

        return String.join(" ", events);
    }

    String deleted(final String text)
    {
        events.clear();
        assertEquals(table.fireDeleted(path(text), 0, text.length(), handler), events.size());

        return String.join(" ", events);
    }

    String changed(final String text)
    {
        events.clear();
        assertEquals(table.fireDataChanged(path(text), 0, text.length(), handler), events.size());

        return String.join(" ", events);
    }

    boolean has(final int watcher, final int type, final String text)
    {
        return table.has(watcher, type, path(text), 0, text.length());
    }

    boolean remove(final int watcher, final int type, final String text)
    {
        return table.remove(watcher, type, path(text), 0, text.length());
    }
}
