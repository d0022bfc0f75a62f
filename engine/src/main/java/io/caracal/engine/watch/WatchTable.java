/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.protocol.WatcherType;
import org.agrona.DirectBuffer;

/**
 * The watches of all connections of one server. A watcher is a connection. It is named by a small number that the
 * engine assigns and may assign again after {@link #forget}. Paths are compared byte by byte and need not exist.
 * <p>
 * Two tables, data and child, hold one-shot and persistent watches; recursive watches count as part of the data table.
 * For one change, a watcher gets at most one event about the znode and one about the children of the parent, however
 * many of its watches match. The events of one change come in this order: the data table at the path; the recursive
 * watches on the path, then those on its ancestors from the nearest to the root; for a deletion, the child table at the
 * path; finally the child table of the parent. Within one path, the order is that of registration.
 * <p>
 * Off-heap, about 40 bytes per watch and 70 per path. Firing at a path that nobody watches costs a hash of the path,
 * and nothing at all when the table is empty. Owned by the engine's thread. Handlers of events must not change the
 * table.
 */
public final class WatchTable implements AutoCloseable
{
    /** Most cursors that are open at the same time. */
    public static final int CURSORS_MAX = 64;

    private final WatchSet set;
    private final WatchFiring firing;
    private final PathHash hash;
    private final int watchesMax;

    /**
     * Creates an empty table, which takes memory only when something is added.
     *
     * @param ledger     of the server.
     * @param seed       of the hash, not known to clients.
     * @param watchesMax most watches that it holds; a persistent watch counts as two.
     */
    public WatchTable(final MemoryLedger ledger, final long seed, final int watchesMax)
    {
        this.watchesMax = watchesMax;
        hash = new PathHash(seed);
        set = new WatchSet(ledger, (int)(seed >>> 32));
        firing = new WatchFiring(set, hash);
    }

    /**
     * Sets a one-shot data watch, as exists and getData do.
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
     * Sets a one-shot child watch, as getChildren does.
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
        hash.scan(path, offset, length);
        if (watchCount() > watchesMax - missing(watcher, path, offset, length))
        {
            return false;
        }

        return add(watcher, WatchRecords.DATA, WatchRecords.PERSISTENT, path, offset, length) && add(watcher,
            WatchRecords.CHILD, WatchRecords.PERSISTENT, path, offset, length);
    }

    /** How many of the two watches that make a persistent one are not in the table, whatever their modes are. */
    private int missing(final int watcher, final DirectBuffer path, final int offset, final int length)
    {
        final int known = set.paths.find(hash.hash(), path, offset, length);
        if (known == RecordPages.NONE)
        {
            return 2;
        }

        return (set.records.find(known, watcher, WatchRecords.DATA) == RecordPages.NONE ? 1 : 0) +
            (set.records.find(known, watcher, WatchRecords.CHILD) == RecordPages.NONE ? 1 : 0);
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
        Invariant.check(!firing.isUnderWay(), "watch set while events are fired");
        set.watchers.ensure(watcher);
        final int known = set.paths.find(hash.hash(), path, offset, length);
        final int record = known == RecordPages.NONE ? RecordPages.NONE : set.records.find(known, watcher, kind);

        if (record != RecordPages.NONE)
        {
            set.records.modes(record, set.records.modes(record) | mode);
            return true;
        }

        if (watchCount() >= watchesMax)
        {
            return false;
        }

        set.link(known == RecordPages.NONE ? set.paths.add(hash.hash(), path, offset, length) : known, watcher, kind,
            mode);
        return true;
    }

    /**
     * Whether a watch of a type is set.
     *
     * @param watcher     slot of the connection.
     * @param watcherType a value of {@link WatcherType}.
     * @param path        holds the path.
     * @param offset      of its first byte.
     * @param length      in bytes.
     * @return false when there is none: the answer is NO_WATCHER.
     */
    public boolean has(final int watcher, final int watcherType, final DirectBuffer path, final int offset,
        final int length)
    {
        hash.scan(path, offset, length);
        final int known = set.paths.find(hash.hash(), path, offset, length);

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
        final int record = set.records.find(path, watcher, kind);
        return record != RecordPages.NONE && (set.records.modes(record) & mode) != 0;
    }

    private boolean hasAny(final int path, final int watcher)
    {
        return set.records.find(path, watcher, WatchRecords.DATA) != RecordPages.NONE || set.records.find(path, watcher,
            WatchRecords.CHILD) != RecordPages.NONE || set.records.find(path, watcher,
                WatchRecords.RECURSIVE) != RecordPages.NONE;
    }

    /**
     * Removes the watches of a type. No event is fired.
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
        Invariant.check(!firing.isUnderWay(), "watch removed while events are fired");
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

    /** Looks the path up each time, because the call before may have removed it. */
    private boolean removeModes(final int watcher, final int kind, final int modes, final DirectBuffer path,
        final int offset, final int length)
    {
        final int known = set.paths.find(hash.hash(), path, offset, length);
        final int record = known == RecordPages.NONE ? RecordPages.NONE : set.records.find(known, watcher, kind);

        if (record == RecordPages.NONE || (set.records.modes(record) & modes) == 0)
        {
            return false;
        }

        set.strip(record, modes);
        return true;
    }

    /**
     * Forgets watches of a watcher whose connection ended; there may be millions of them. The slot must not be assigned
     * again before the last one is forgotten.
     *
     * @param watcher slot of the connection; it need not have watches.
     * @param limit   most watches to forget in this call.
     * @return number of watches forgotten; fewer than the limit when none is left.
     */
    public int forget(final int watcher, final int limit)
    {
        Invariant.check(!firing.isUnderWay(), "watcher removed while events are fired");
        int forgotten = 0;

        if (set.watchers.isKnown(watcher))
        {
            int record = set.watchers.head(watcher);

            while (record != RecordPages.NONE && forgotten < limit)
            {
                set.unlink(record);
                forgotten++;
                record = set.watchers.head(watcher);
            }
        }

        return forgotten;
    }

    /**
     * Fires the events of the creation of a znode.
     *
     * @param path    holds its path.
     * @param offset  of the first byte.
     * @param length  in bytes.
     * @param handler receives the events.
     * @return number of events.
     */
    public int fireCreated(final DirectBuffer path, final int offset, final int length, final WatchEventHandler handler)
    {
        return watchCount() == 0 ? 0 : firing.created(path, offset, length, handler);
    }

    /**
     * Fires the events of the deletion of a znode.
     *
     * @param path    holds its path.
     * @param offset  of the first byte.
     * @param length  in bytes.
     * @param handler receives the events.
     * @return number of events.
     */
    public int fireDeleted(final DirectBuffer path, final int offset, final int length, final WatchEventHandler handler)
    {
        return watchCount() == 0 ? 0 : firing.deleted(path, offset, length, handler);
    }

    /**
     * Fires the events of a change of a znode's data.
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
        return dataWatchCount() == 0 ? 0 : firing.dataChanged(path, offset, length, handler);
    }

    /**
     * Number of watches in both tables, recursive ones included.
     *
     * @return zero or more; a persistent watch counts as two.
     */
    public int watchCount()
    {
        return set.watchCount();
    }

    /**
     * Number of entries in both tables, as reported to operators. A watcher that has an ordinary and a recursive watch
     * on one path has one entry in the data table.
     *
     * @return zero or more.
     */
    public int entryCount()
    {
        return set.dataWatchCount() + set.count(WatchRecords.CHILD);
    }

    /**
     * Number of watches in the data table, as pairs of a path and a watcher.
     *
     * @return zero or more.
     */
    public int dataWatchCount()
    {
        return set.dataWatchCount();
    }

    /**
     * Number of paths in the data table.
     *
     * @return zero or more.
     */
    public int dataPathCount()
    {
        return set.dataPathCount();
    }

    /**
     * Number of watchers in the data table.
     *
     * @return zero or more.
     */
    public int dataWatcherCount()
    {
        return set.dataWatcherCount();
    }

    /**
     * Opens a walk over the data table, grouped by path.
     *
     * @return a cursor to be closed; no more than {@link #CURSORS_MAX} may be open.
     */
    public WatchCursor cursorByPath()
    {
        return set.open(true);
    }

    /**
     * Opens a walk over the data table, grouped by watcher.
     *
     * @return a cursor to be closed; no more than {@link #CURSORS_MAX} may be open.
     */
    public WatchCursor cursorByWatcher()
    {
        return set.open(false);
    }

    /** Frees all memory. The table must not be used afterwards. */
    @Override
    public void close()
    {
        set.close();
    }
}
