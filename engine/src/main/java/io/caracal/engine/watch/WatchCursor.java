/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import org.agrona.MutableDirectBuffer;

/**
 * An interruptible walk over the data table. The table may change between two steps. A watch that exists from the first
 * step to the last is visited exactly once; any other may or may not be visited.
 */
public final class WatchCursor implements AutoCloseable
{
    /** Answer of {@link #step()}: there is a watch. */
    public static final int FOUND = 1;

    /** Answer of {@link #step()}: no watch yet, but there may be more; the step was cut short to bound its time. */
    public static final int AGAIN = 0;

    /** Answer of {@link #step()}: the walk is over. */
    public static final int END = -1;

    private static final int MOVES_MAX = 256;

    private final WatchSet set;
    private final WatchedPaths paths;
    private final WatchRecords records;
    private final Watchers watchers;
    private final boolean isByPath;
    /** The path or the watcher whose watches are being visited. */
    private int group;
    private int kind = WatchRecords.RECURSIVE;
    private int following = RecordPages.NONE;
    private int watcher;
    private int path;

    WatchCursor(final WatchSet set, final WatchedPaths paths, final WatchRecords records, final Watchers watchers,
        final boolean isByPath)
    {
        this.set = set;
        this.paths = paths;
        this.records = records;
        this.watchers = watchers;
        this.isByPath = isByPath;
        group = isByPath ? RecordPages.NONE : -1;
    }

    /**
     * Goes on to the next watch.
     *
     * @return {@link #FOUND}, {@link #AGAIN} or {@link #END}.
     */
    public int step()
    {
        for (int i = 0; i < MOVES_MAX; i++)
        {
            if (following != RecordPages.NONE)
            {
                final int record = following;
                following = behind(record);

                if (isListed(record))
                {
                    watcher = records.watcher(record);
                    path = records.path(record);
                    return FOUND;
                }
            }
            else if (!nextGroup())
            {
                return END;
            }
        }

        return AGAIN;
    }

    private int behind(final int record)
    {
        return isByPath ? records.nextOfPath(record) : records.nextOfWatcher(record);
    }

    /**
     * Whether the walk visits a watch. Child watches belong to the other table. A watcher that has both a data watch
     * and a recursive watch on a path is visited once.
     */
    private boolean isListed(final int record)
    {
        final int kindOfRecord = records.kind(record);

        return kindOfRecord == WatchRecords.DATA || (kindOfRecord == WatchRecords.RECURSIVE &&
            records.find(records.path(record), records.watcher(record), WatchRecords.DATA) == RecordPages.NONE);
    }

    private boolean nextGroup()
    {
        return isByPath ? nextPathList() : nextWatcher();
    }

    /** Goes on to the next list. A record that holds no path has empty lists. */
    private boolean nextPathList()
    {
        if (kind == WatchRecords.RECURSIVE && ++group >= paths.end())
        {
            return false;
        }

        kind = kind == WatchRecords.RECURSIVE ? WatchRecords.DATA : WatchRecords.RECURSIVE;
        following = paths.head(group, kind);
        return true;
    }

    private boolean nextWatcher()
    {
        if (!watchers.isKnown(group + 1))
        {
            return false;
        }

        group++;
        following = watchers.head(group);
        return true;
    }

    /** A watch is about to be removed. If it would be the next one, the walk goes on after it. */
    void onRemove(final int record)
    {
        if (following == record)
        {
            following = behind(record);
        }
    }

    /**
     * The watcher found.
     *
     * @return slot of the connection.
     */
    public int watcher()
    {
        return watcher;
    }

    /**
     * Length of the path found. Valid until the table changes.
     *
     * @return bytes.
     */
    public int pathLength()
    {
        return paths.length(path);
    }

    /**
     * Copies the path found. Valid until the table changes.
     *
     * @param target has room for {@link #pathLength()} bytes.
     * @param index  of the first byte written.
     */
    public void copyPath(final MutableDirectBuffer target, final int index)
    {
        paths.copy(path, target, index);
    }

    /** Ends the walk. Closing twice is harmless. */
    @Override
    public void close()
    {
        set.onClose(this);
    }
}
