/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.memory.MemoryLedger;

/**
 * The watches themselves: one record for each path, watcher and kind. Each is in a list of its path (in order of
 * registration), in a list of its watcher, and in an index. A record of 32 bytes:
 *
 * <pre>
 *   0 path   4 watcher   8 previous, 12 next of the path   16 previous, 20 next of the watcher
 *  24 next in chain   28 kind and modes
 * </pre>
 */
final class WatchRecords extends ChainedIndex
{
    /** Kinds of watches. A path has a list for each kind, with this number. */
    static final int DATA = 0;
    static final int CHILD = 1;
    static final int RECURSIVE = 2;
    static final int KINDS = 3;

    /** Modes of a watch, as bits; a watch can have both. A recursive watch is always persistent. */
    static final int ONCE = 1;
    static final int PERSISTENT = 2;

    private static final int PATH = 0;
    private static final int WATCHER = 4;
    private static final int PATH_PREVIOUS = 8;
    private static final int PATH_NEXT = 12;
    private static final int WATCHER_PREVIOUS = 16;
    private static final int WATCHER_NEXT = 20;
    private static final int CHAIN_NEXT = 24;
    private static final int KIND_AND_MODES = 28;
    private static final int RECORD_SHIFT = 5;
    private static final int MODES_MASK = 0xF;
    private static final int KIND_SHIFT = 4;

    private final RecordPages records;
    private final WatchedPaths paths;
    private final Watchers watchers;
    private final int seed;

    WatchRecords(final MemoryLedger ledger, final WatchedPaths paths, final Watchers watchers, final int seed)
    {
        super(ledger);
        this.paths = paths;
        this.watchers = watchers;
        this.seed = seed;
        records = new RecordPages(ledger, RECORD_SHIFT);
    }

    int find(final int path, final int watcher, final int kind)
    {
        int candidate = first(hash(path, watcher, kind));

        while (candidate != RecordPages.NONE && !(records.getInt(candidate, PATH) == path && records.getInt(candidate,
            WATCHER) == watcher && kind(candidate) == kind))
        {
            candidate = next(candidate);
        }

        return candidate;
    }

    int add(final int path, final int watcher, final int kind, final int modes)
    {
        final int record = records.allocate();
        records.putInt(record, PATH, path);
        records.putInt(record, WATCHER, watcher);
        records.putInt(record, KIND_AND_MODES, kind << KIND_SHIFT | modes);
        appendToPath(record, path, kind);
        appendToWatcher(record, watcher);
        insert(record, hash(path, watcher, kind));

        return record;
    }

    private void appendToPath(final int record, final int path, final int kind)
    {
        final int tail = paths.tail(path, kind);
        records.putInt(record, PATH_PREVIOUS, tail);
        records.putInt(record, PATH_NEXT, RecordPages.NONE);
        paths.tail(path, kind, record);

        if (tail == RecordPages.NONE)
        {
            paths.head(path, kind, record);
        }
        else
        {
            records.putInt(tail, PATH_NEXT, record);
        }
    }

    private void appendToWatcher(final int record, final int watcher)
    {
        final int tail = watchers.tail(watcher);
        records.putInt(record, WATCHER_PREVIOUS, tail);
        records.putInt(record, WATCHER_NEXT, RecordPages.NONE);
        watchers.tail(watcher, record);

        if (tail == RecordPages.NONE)
        {
            watchers.head(watcher, record);
        }
        else
        {
            records.putInt(tail, WATCHER_NEXT, record);
        }
    }

    void remove(final int record)
    {
        final int path = path(record);
        final int watcher = watcher(record);
        final int kind = kind(record);
        remove(record, hash(path, watcher, kind));
        removeFromPath(record, path, kind);
        removeFromWatcher(record, watcher);
        records.free(record);
    }

    private void removeFromPath(final int record, final int path, final int kind)
    {
        final int previous = records.getInt(record, PATH_PREVIOUS);
        final int following = records.getInt(record, PATH_NEXT);

        if (previous == RecordPages.NONE)
        {
            paths.head(path, kind, following);
        }
        else
        {
            records.putInt(previous, PATH_NEXT, following);
        }

        if (following == RecordPages.NONE)
        {
            paths.tail(path, kind, previous);
        }
        else
        {
            records.putInt(following, PATH_PREVIOUS, previous);
        }
    }

    private void removeFromWatcher(final int record, final int watcher)
    {
        final int previous = records.getInt(record, WATCHER_PREVIOUS);
        final int following = records.getInt(record, WATCHER_NEXT);

        if (previous == RecordPages.NONE)
        {
            watchers.head(watcher, following);
        }
        else
        {
            records.putInt(previous, WATCHER_NEXT, following);
        }

        if (following == RecordPages.NONE)
        {
            watchers.tail(watcher, previous);
        }
        else
        {
            records.putInt(following, WATCHER_PREVIOUS, previous);
        }
    }

    int path(final int record)
    {
        return records.getInt(record, PATH);
    }

    int watcher(final int record)
    {
        return records.getInt(record, WATCHER);
    }

    int kind(final int record)
    {
        return records.getInt(record, KIND_AND_MODES) >>> KIND_SHIFT;
    }

    int modes(final int record)
    {
        return records.getInt(record, KIND_AND_MODES) & MODES_MASK;
    }

    void modes(final int record, final int modes)
    {
        records.putInt(record, KIND_AND_MODES, kind(record) << KIND_SHIFT | modes);
    }

    int nextOfPath(final int record)
    {
        return records.getInt(record, PATH_NEXT);
    }

    int nextOfWatcher(final int record)
    {
        return records.getInt(record, WATCHER_NEXT);
    }

    private int hash(final int path, final int watcher, final int kind)
    {
        final long mixed = ((long)path << 32 | watcher) * 0x9E3779B97F4A7C15L ^ seed ^ kind;
        final long spread = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;

        return (int)(spread ^ spread >>> 32);
    }

    @Override
    int hash(final int record)
    {
        return hash(path(record), watcher(record), kind(record));
    }

    @Override
    int next(final int record)
    {
        return records.getInt(record, CHAIN_NEXT);
    }

    @Override
    void next(final int record, final int following)
    {
        records.putInt(record, CHAIN_NEXT, following);
    }

    @Override
    void close()
    {
        super.close();
        records.close();
    }
}
