/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.protocol.EventType;
import io.caracal.engine.protocol.WatcherType;
import org.agrona.DirectBuffer;

/**
 * The watches of all connections of one server. A watcher is a connection, named by a small number that the engine
 * gives it and may give again after {@link #removeAll}. Paths are compared byte by byte and need not exist.
 * <p>
 * Two tables, data and child, hold one-shot and persistent watches; recursive ones count as part of the data table. A
 * change tells each watcher once, however many of its watches fit. Order of the events of one change: data table
 * at the
 * path, recursive watches at the path, then those at its ancestors from the nearest to the root; for a deletion the
 * child table at the path; at last the child table of the parent. Within one path: order of registration.
 * <p>
 * Off-heap, about 40 bytes a watch and 70 a path. Firing at a path that nobody watches costs a hash of the path, and
 * nothing at all when the table is empty. Owned by the engine's thread. Handlers of events must not change the table.
 */
public final class WatchTable implements AutoCloseable
{
    /** Most cursors open at the same time. */
    public static final int CURSORS_MAX = 16;

    private final WatchedPaths paths;
    private final Watchers watchers;
    private final WatchRecords records;
    private final PathHash hash;
    private final int watchesMax;
    private final int[] counts = new int[WatchRecords.KINDS];
    private final WatchCursor[] cursors = new WatchCursor[CURSORS_MAX];
    private int cursorCount;
    private int dataWatchCount;
    private int dataPathCount;
    private int dataWatcherCount;
    private boolean isFiring;

    /**
     * An empty table, which takes memory only when something is added.
     *
     * @param ledger     of the server.
     * @param seed       of the hash, not known to clients.
     * @param watchesMax most watches that it holds; a persistent watch counts as two.
     */
    public WatchTable(final MemoryLedger ledger, final long seed, final int watchesMax)
    {
        this.watchesMax = watchesMax;
        hash = new PathHash(seed);
        paths = new WatchedPaths(ledger);
        watchers = new Watchers(ledger);
        records = new WatchRecords(ledger, paths, watchers, (int)(seed >>> 32));
    }

    /**
     * Sets a one-shot data watch: for exists and getData.
     *
     * @param watcher slot of the connection.
     * @param path    holds the path; copied.
     * @param offset  of its first byte.
     * @param length  in bytes.
     * @return false when the table is full and nothing was set.
     */
    public boolean addData(final int watcher, final DirectBuffer path, final int offset, final int length)
    {
        hash.scan(path, offset, length);
        return add(watcher, WatchRecords.DATA, WatchRecords.ONCE, path, offset, length);
    }

    /**
     * Sets a one-shot child watch: for getChildren.
     *
     * @param watcher slot of the connection.
     * @param path    holds the path; copied.
     * @param offset  of its first byte.
     * @param length  in bytes.
     * @return false when the table is full and nothing was set.
     */
    public boolean addChild(final int watcher, final DirectBuffer path, final int offset, final int length)
    {
        hash.scan(path, offset, length);
        return add(watcher, WatchRecords.CHILD, WatchRecords.ONCE, path, offset, length);
    }

    /**
     * Sets a persistent watch, in both tables.
     *
     * @param watcher slot of the connection.
     * @param path    holds the path; copied.
     * @param offset  of its first byte.
     * @param length  in bytes.
     * @return false when the table is full and nothing was set.
     */
    public boolean addPersistent(final int watcher, final DirectBuffer path, final int offset, final int length)
    {
        if (watchCount() > watchesMax - 2)
        {
            return false;
        }

        hash.scan(path, offset, length);
        return add(watcher, WatchRecords.DATA, WatchRecords.PERSISTENT, path, offset, length) && add(watcher,
            WatchRecords.CHILD, WatchRecords.PERSISTENT, path, offset, length);
    }

    /**
     * Sets a persistent recursive watch.
     *
     * @param watcher slot of the connection.
     * @param path    holds the path; copied.
     * @param offset  of its first byte.
     * @param length  in bytes.
     * @return false when the table is full and nothing was set.
     */
    public boolean addRecursive(final int watcher, final DirectBuffer path, final int offset, final int length)
    {
        hash.scan(path, offset, length);
        return add(watcher, WatchRecords.RECURSIVE, WatchRecords.PERSISTENT, path, offset, length);
    }

    private boolean add(final int watcher, final int kind, final int mode, final DirectBuffer path, final int offset,
        final int length)
    {
        Invariant.check(!isFiring, "watch set while events are fired");
        watchers.ensure(watcher);
        final int known = paths.find(hash.hash(), path, offset, length);
        final int record = known == RecordPages.NONE ? RecordPages.NONE : records.find(known, watcher, kind);

        if (record != RecordPages.NONE)
        {
            records.modes(record, records.modes(record) | mode);
            return true;
        }

        if (watchCount() >= watchesMax)
        {
            return false;
        }

        link(known == RecordPages.NONE ? paths.add(hash.hash(), path, offset, length) : known, watcher, kind, mode);
        return true;
    }

    private void link(final int path, final int watcher, final int kind, final int mode)
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

    private void unlink(final int record)
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

    /** Whether the watcher is in the data table at this path also by the other kind. */
    private boolean hasTwin(final int path, final int watcher, final int kind)
    {
        final int twin = kind == WatchRecords.DATA ? WatchRecords.RECURSIVE : WatchRecords.DATA;
        return counts[twin] != 0 && records.find(path, watcher, twin) != RecordPages.NONE;
    }

    /**
     * Whether a watch of a type is set.
     *
     * @param watcher     slot of the connection.
     * @param watcherType a value of {@link WatcherType}.
     * @param path        holds the path.
     * @param offset      of its first byte.
     * @param length      in bytes.
     * @return false: the answer is NO_WATCHER.
     */
    public boolean has(final int watcher, final int watcherType, final DirectBuffer path, final int offset,
        final int length)
    {
        hash.scan(path, offset, length);
        final int known = paths.find(hash.hash(), path, offset, length);

        return known != RecordPages.NONE && switch (watcherType)
        {
            case WatcherType.CHILDREN -> hasMode(known, watcher, WatchRecords.CHILD, WatchRecords.ONCE);
            case WatcherType.DATA -> hasMode(known, watcher, WatchRecords.DATA, WatchRecords.ONCE);
            case WatcherType.PERSISTENT -> hasMode(known, watcher, WatchRecords.DATA, WatchRecords.PERSISTENT);
            case WatcherType.PERSISTENT_RECURSIVE -> hasMode(known, watcher, WatchRecords.RECURSIVE,
                WatchRecords.PERSISTENT);
            default -> hasAny(known, watcher);
        };
    }

    private boolean hasMode(final int path, final int watcher, final int kind, final int mode)
    {
        final int record = records.find(path, watcher, kind);
        return record != RecordPages.NONE && (records.modes(record) & mode) != 0;
    }

    private boolean hasAny(final int path, final int watcher)
    {
        return records.find(path, watcher, WatchRecords.DATA) != RecordPages.NONE || records.find(path, watcher,
            WatchRecords.CHILD) != RecordPages.NONE || records.find(path, watcher,
                WatchRecords.RECURSIVE) != RecordPages.NONE;
    }

    /**
     * Takes back the watches of a type. No event is fired.
     *
     * @param watcher     slot of the connection.
     * @param watcherType a value of {@link WatcherType}.
     * @param path        holds the path.
     * @param offset      of its first byte.
     * @param length      in bytes.
     * @return false when there was none: the answer is NO_WATCHER.
     */
    public boolean remove(final int watcher, final int watcherType, final DirectBuffer path, final int offset,
        final int length)
    {
        Invariant.check(!isFiring, "watch removed while events are fired");
        hash.scan(path, offset, length);
        final boolean isAny = watcherType == WatcherType.ANY;
        final int once = isAny || watcherType == WatcherType.DATA || watcherType == WatcherType.CHILDREN ?
            WatchRecords.ONCE : 0;
        final int persistent = isAny || watcherType == WatcherType.PERSISTENT ? WatchRecords.PERSISTENT : 0;
        boolean isRemoved = false;

        if (watcherType != WatcherType.CHILDREN && watcherType != WatcherType.PERSISTENT_RECURSIVE)
        {
            isRemoved = removeModes(watcher, WatchRecords.DATA, once | persistent, path, offset, length);
        }

        if (watcherType != WatcherType.DATA && watcherType != WatcherType.PERSISTENT_RECURSIVE)
        {
            isRemoved |= removeModes(watcher, WatchRecords.CHILD, once | persistent, path, offset, length);
        }

        if (isAny || watcherType == WatcherType.PERSISTENT_RECURSIVE)
        {
            isRemoved |= removeModes(watcher, WatchRecords.RECURSIVE, WatchRecords.PERSISTENT, path, offset, length);
        }

        return isRemoved;
    }

    /** Each step looks the path up again, because the step before may have removed it. */
    private boolean removeModes(final int watcher, final int kind, final int modes, final DirectBuffer path,
        final int offset, final int length)
    {
        final int known = paths.find(hash.hash(), path, offset, length);
        final int record = known == RecordPages.NONE ? RecordPages.NONE : records.find(known, watcher, kind);

        if (record == RecordPages.NONE || (records.modes(record) & modes) == 0)
        {
            return false;
        }

        strip(record, modes);
        return true;
    }

    private void strip(final int record, final int modes)
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

    /**
     * Forgets a watcher: its connection ended. Takes time in proportion to its watches.
     *
     * @param watcher slot of the connection; one without watches is fine.
     */
    public void removeAll(final int watcher)
    {
        Invariant.check(!isFiring, "watcher removed while events are fired");

        if (!watchers.isKnown(watcher))
        {
            return;
        }

        for (int record = watchers.head(watcher); record != RecordPages.NONE; record = watchers.head(watcher))
        {
            unlink(record);
        }
    }

    /**
     * A znode was created.
     *
     * @param path    holds its path.
     * @param offset  of the first byte.
     * @param length  in bytes.
     * @param handler receives the events.
     * @return number of events.
     */
    public int fireCreated(final DirectBuffer path, final int offset, final int length, final WatchEventHandler handler)
    {
        if (watchCount() == 0)
        {
            return 0;
        }

        begin(path, offset, length);
        final int fired = fireData(EventType.NODE_CREATED, path, offset, length, handler) + fireChildren(path, offset,
            length, handler);
        isFiring = false;

        return fired;
    }

    /**
     * A znode was deleted.
     *
     * @param path    holds its path.
     * @param offset  of the first byte.
     * @param length  in bytes.
     * @param handler receives the events.
     * @return number of events.
     */
    public int fireDeleted(final DirectBuffer path, final int offset, final int length, final WatchEventHandler handler)
    {
        if (watchCount() == 0)
        {
            return 0;
        }

        begin(path, offset, length);
        int fired = fireData(EventType.NODE_DELETED, path, offset, length, handler);
        fired += fireList(listOf(hash.hash(), WatchRecords.CHILD, path, offset, length), EventType.NODE_DELETED, path,
            offset, length, handler);
        fired += fireChildren(path, offset, length, handler);
        isFiring = false;

        return fired;
    }

    /**
     * The data of a znode were replaced.
     *
     * @param path    holds its path.
     * @param offset  of the first byte.
     * @param length  in bytes.
     * @param handler receives the events.
     * @return number of events.
     */
    public int fireDataChanged(final DirectBuffer path, final int offset, final int length,
        final WatchEventHandler handler)
    {
        if (dataWatchCount == 0)
        {
            return 0;
        }

        begin(path, offset, length);
        final int fired = fireData(EventType.NODE_DATA_CHANGED, path, offset, length, handler);
        isFiring = false;

        return fired;
    }

    private void begin(final DirectBuffer path, final int offset, final int length)
    {
        Invariant.check(!isFiring, "events fired while events are fired");
        isFiring = true;
        hash.scan(path, offset, length);
        watchers.clearMarks();
    }

    private int fireData(final int eventType, final DirectBuffer path, final int offset, final int length,
        final WatchEventHandler handler)
    {
        if (dataWatchCount == 0)
        {
            return 0;
        }

        int fired = fireList(listOf(hash.hash(), WatchRecords.DATA, path, offset, length), eventType, path, offset,
            length, handler);

        if (counts[WatchRecords.RECURSIVE] != 0)
        {
            fired += fireRecursive(hash.hash(), length, eventType, path, offset, length, handler);

            for (int i = hash.ancestorCount() - 1; i >= 0; i--)
            {
                fired += fireRecursive(hash.ancestorHash(i), hash.ancestorLength(i), eventType, path, offset, length,
                    handler);
            }

            if (length > 1)
            {
                fired += fireRecursive(hash.rootHash(), 1, eventType, path, offset, length, handler);
            }
        }

        return fired;
    }

    private int fireRecursive(final long prefixHash, final int prefixLength, final int eventType,
        final DirectBuffer path, final int offset, final int length, final WatchEventHandler handler)
    {
        return fireList(listOf(prefixHash, WatchRecords.RECURSIVE, path, offset, prefixLength), eventType, path, offset,
            length, handler);
    }

    /** The child table of the parent; the path to report is a prefix of the changed one. */
    private int fireChildren(final DirectBuffer path, final int offset, final int length,
        final WatchEventHandler handler)
    {
        if (counts[WatchRecords.CHILD] == 0 || length < 2)
        {
            return 0;
        }

        final int last = hash.ancestorCount() - 1;
        final long parentHash = last < 0 ? hash.rootHash() : hash.ancestorHash(last);
        final int parentLength = last < 0 ? 1 : hash.ancestorLength(last);
        watchers.clearMarks();

        return fireList(listOf(parentHash, WatchRecords.CHILD, path, offset, parentLength),
            EventType.NODE_CHILDREN_CHANGED, path, offset, parentLength, handler);
    }

    private int listOf(final long pathHash, final int kind, final DirectBuffer path, final int offset,
        final int length)
    {
        final int known = paths.find(pathHash, path, offset, length);
        return known == RecordPages.NONE ? RecordPages.NONE : paths.head(known, kind);
    }

    /** Tells every watcher of a list that was not told yet, and uses up what is one-shot. */
    private int fireList(final int head, final int eventType, final DirectBuffer path, final int offset,
        final int length, final WatchEventHandler handler)
    {
        int fired = 0;
        int record = head;

        while (record != RecordPages.NONE)
        {
            final int following = records.nextOfPath(record);
            final int watcher = records.watcher(record);
            strip(record, WatchRecords.ONCE);

            if (watchers.tryMark(watcher))
            {
                handler.onEvent(watcher, eventType, path, offset, length);
                fired++;
            }

            record = following;
        }

        return fired;
    }

    /**
     * Watches in both tables, recursive ones included.
     *
     * @return zero or more; a persistent watch counts as two.
     */
    public int watchCount()
    {
        return counts[WatchRecords.DATA] + counts[WatchRecords.CHILD] + counts[WatchRecords.RECURSIVE];
    }

    /**
     * Watches in the data table: pairs of a path and a watcher.
     *
     * @return zero or more.
     */
    public int dataWatchCount()
    {
        return dataWatchCount;
    }

    /**
     * Paths in the data table.
     *
     * @return zero or more.
     */
    public int dataPathCount()
    {
        return dataPathCount;
    }

    /**
     * Watchers in the data table.
     *
     * @return zero or more.
     */
    public int dataWatcherCount()
    {
        return dataWatcherCount;
    }

    /**
     * Opens a walk over the data table, all watchers of one path together.
     *
     * @return a cursor, to be closed; null when {@link #CURSORS_MAX} are open.
     */
    public WatchCursor cursorByPath()
    {
        return open(true);
    }

    /**
     * Opens a walk over the data table, all paths of one watcher together.
     *
     * @return a cursor, to be closed; null when {@link #CURSORS_MAX} are open.
     */
    public WatchCursor cursorByWatcher()
    {
        return open(false);
    }

    private WatchCursor open(final boolean isByPath)
    {
        if (cursorCount == CURSORS_MAX)
        {
            return null;
        }

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

    /** Gives all memory back. The table must not be used afterwards. */
    @Override
    public void close()
    {
        records.close();
        paths.close();
        watchers.close();
    }
}
