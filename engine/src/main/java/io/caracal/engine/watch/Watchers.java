/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.memory.MemoryLedger;

/**
 * The state of each watcher, by its slot. A record of 16 bytes:
 *
 * <pre>
 *   0 head, 4 tail of its list of watches   8 paths in the data table   12 mark of the last event
 * </pre>
 */
final class Watchers
{
    private static final int HEAD = 0;
    private static final int TAIL = 4;
    private static final int DATA_PATHS = 8;
    private static final int MARK = 12;
    private static final int RECORD_SHIFT = 4;

    private final RecordPages slots;
    private int mark;

    Watchers(final MemoryLedger ledger)
    {
        slots = new RecordPages(ledger, RECORD_SHIFT);
    }

    /** Makes a slot usable. */
    void ensure(final int watcher)
    {
        slots.ensure(watcher);
    }

    boolean isKnown(final int watcher)
    {
        return watcher < slots.capacity();
    }

    int head(final int watcher)
    {
        return slots.getInt(watcher, HEAD);
    }

    void head(final int watcher, final int watch)
    {
        slots.putInt(watcher, HEAD, watch);
    }

    int tail(final int watcher)
    {
        return slots.getInt(watcher, TAIL);
    }

    void tail(final int watcher, final int watch)
    {
        slots.putInt(watcher, TAIL, watch);
    }

    int dataPaths(final int watcher)
    {
        return slots.getInt(watcher, DATA_PATHS);
    }

    void dataPaths(final int watcher, final int count)
    {
        slots.putInt(watcher, DATA_PATHS, count);
    }

    /** Begins a round of marking, in which nobody is marked yet. */
    void clearMarks()
    {
        if (++mark == 0)
        {
            for (int i = 0; i < slots.capacity(); i++)
            {
                slots.putInt(i, MARK, 0);
            }

            mark = 1;
        }
    }

    /** Marks a watcher; returns false when it is marked already. */
    boolean tryMark(final int watcher)
    {
        if (slots.getInt(watcher, MARK) == mark)
        {
            return false;
        }

        slots.putInt(watcher, MARK, mark);
        return true;
    }

    void close()
    {
        slots.close();
    }
}
