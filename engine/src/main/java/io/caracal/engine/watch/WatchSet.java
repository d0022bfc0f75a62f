/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;

/**
 * The contents of a {@link WatchTable}: the watches with their paths and watchers, their numbers, and the walks under
 * way, which are notified of each watch before it is removed.
 */
final class WatchSet
{
    final WatchedPaths paths;
    final Watchers watchers;
    final WatchRecords records;
    private final int[] counts = new int[WatchRecords.KINDS];
    private final WatchCursor[] cursors = new WatchCursor[WatchTable.CURSORS_MAX];
    private int cursorCount;
    private int dataWatchCount;
    private int dataPathCount;
    private int dataWatcherCount;

    WatchSet(final MemoryLedger ledger, final int seed)
    {
        paths = new WatchedPaths(ledger);
        watchers = new Watchers(ledger);
        records = new WatchRecords(ledger, paths, watchers, seed);
    }

    void link(final int path, final int watcher, final int kind, final int mode)
    {
        if (kind != WatchRecords.CHILD)
        {
            if (isOutOfDataTable(path))
            {
                dataPathCount++;
            }

            if (!hasTwin(path, watcher, kind))
            {
                dataWatchCount++;
                watchers.dataPaths(watcher, watchers.dataPaths(watcher) + 1);
                dataWatcherCount += watchers.dataPaths(watcher) == 1 ? 1 : 0;
            }
        }

        records.add(path, watcher, kind, mode);
        counts[kind]++;
    }

    void unlink(final int record)
    {
        final int path = records.path(record);
        final int watcher = records.watcher(record);
        final int kind = records.kind(record);

        for (int i = 0; i < cursorCount; i++)
        {
            cursors[i].onRemove(record);
        }

        records.remove(record);
        counts[kind]--;

        if (kind != WatchRecords.CHILD)
        {
            if (isOutOfDataTable(path))
            {
                dataPathCount--;
            }

            if (!hasTwin(path, watcher, kind))
            {
                dataWatchCount--;
                watchers.dataPaths(watcher, watchers.dataPaths(watcher) - 1);
                dataWatcherCount -= watchers.dataPaths(watcher) == 0 ? 1 : 0;
            }
        }

        if (paths.isUnwatched(path))
        {
            paths.remove(path);
        }
    }

    private boolean isOutOfDataTable(final int path)
    {
        return paths.head(path, WatchRecords.DATA) == RecordPages.NONE && paths.head(path,
            WatchRecords.RECURSIVE) == RecordPages.NONE;
    }

    /**
     * Whether the watcher is already in the data table at this path because of a watch of the other kind, data or
     * recursive.
     */
    private boolean hasTwin(final int path, final int watcher, final int kind)
    {
        final int twin = kind == WatchRecords.DATA ? WatchRecords.RECURSIVE : WatchRecords.DATA;
        return counts[twin] != 0 && records.find(path, watcher, twin) != RecordPages.NONE;
    }

    void strip(final int record, final int modes)
    {
        final int rest = records.modes(record) & ~modes;

        if (rest == 0)
        {
            unlink(record);
        }
        else
        {
            records.modes(record, rest);
        }
    }

    int count(final int kind)
    {
        return counts[kind];
    }

    int watchCount()
    {
        return counts[WatchRecords.DATA] + counts[WatchRecords.CHILD] + counts[WatchRecords.RECURSIVE];
    }

    int dataWatchCount()
    {
        return dataWatchCount;
    }

    int dataPathCount()
    {
        return dataPathCount;
    }

    int dataWatcherCount()
    {
        return dataWatcherCount;
    }

    /** Opens a walk. */
    WatchCursor open(final boolean isByPath)
    {
        Invariant.check(cursorCount < WatchTable.CURSORS_MAX, "too many walks over the watches");
        final WatchCursor cursor = new WatchCursor(this, paths, records, watchers, isByPath);
        cursors[cursorCount++] = cursor;

        return cursor;
    }

    void onClose(final WatchCursor cursor)
    {
        for (int i = 0; i < cursorCount; i++)
        {
            if (cursors[i] == cursor)
            {
                cursors[i] = cursors[--cursorCount];
                cursors[cursorCount] = null;
            }
        }
    }

    void close()
    {
        records.close();
        paths.close();
        watchers.close();
    }
}
