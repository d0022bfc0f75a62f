/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.Invariant;
import io.caracal.engine.protocol.EventType;
import org.agrona.DirectBuffer;

/**
 * Notifies watchers of one change at a time, in the order that {@link WatchTable} promises, and removes the one-shot
 * watches that fire.
 */
final class WatchFiring
{
    private final WatchSet set;
    private final PathHash hash;
    private DirectBuffer path;
    private int offset;
    private int length;
    private WatchEventHandler handler;

    /** The hash is shared with the table. It is that of the path scanned last. */
    WatchFiring(final WatchSet set, final PathHash hash)
    {
        this.set = set;
        this.hash = hash;
    }

    boolean isUnderWay()
    {
        return handler != null;
    }

    int created(final DirectBuffer changed, final int at, final int bytes, final WatchEventHandler told)
    {
        begin(changed, at, bytes, told);
        final int fired = fireData(EventType.NODE_CREATED) + fireParent();
        handler = null;

        return fired;
    }

    int deleted(final DirectBuffer changed, final int at, final int bytes, final WatchEventHandler told)
    {
        begin(changed, at, bytes, told);
        int fired = fireData(EventType.NODE_DELETED);
        fired += fireList(hash.hash(), WatchRecords.CHILD, length, EventType.NODE_DELETED, length);
        fired += fireParent();
        handler = null;

        return fired;
    }

    int dataChanged(final DirectBuffer changed, final int at, final int bytes, final WatchEventHandler told)
    {
        begin(changed, at, bytes, told);
        final int fired = fireData(EventType.NODE_DATA_CHANGED);
        handler = null;

        return fired;
    }

    private void begin(final DirectBuffer changed, final int at, final int bytes, final WatchEventHandler told)
    {
        Invariant.check(!isUnderWay(), "events fired while events are fired");
        path = changed;
        offset = at;
        length = bytes;
        handler = told;
        hash.scan(changed, at, bytes);
        set.watchers.clearMarks();
    }

    private int fireData(final int eventType)
    {
        if (set.dataWatchCount() == 0)
        {
            return 0;
        }

        final int fired = fireList(hash.hash(), WatchRecords.DATA, length, eventType, length);
        return set.count(WatchRecords.RECURSIVE) == 0 ? fired : fired + fireRecursive(eventType);
    }

    /** Fires the recursive watches on the path, then those on its ancestors from the nearest to the root. */
    private int fireRecursive(final int eventType)
    {
        int fired = fireList(hash.hash(), WatchRecords.RECURSIVE, length, eventType, length);

        for (int i = hash.ancestorCount() - 1; i >= 0; i--)
        {
            fired += fireList(hash.ancestorHash(i), WatchRecords.RECURSIVE, hash.ancestorLength(i), eventType, length);
        }

        return length == 1 ? fired : fired + fireList(hash.rootHash(), WatchRecords.RECURSIVE, 1, eventType, length);
    }

    /** Fires the child watches of the parent, whose path is a prefix of the changed one. */
    private int fireParent()
    {
        if (set.count(WatchRecords.CHILD) == 0 || length < 2)
        {
            return 0;
        }

        final int last = hash.ancestorCount() - 1;
        final long parentHash = last < 0 ? hash.rootHash() : hash.ancestorHash(last);
        final int parentLength = last < 0 ? 1 : hash.ancestorLength(last);
        set.watchers.clearMarks();

        return fireList(parentHash, WatchRecords.CHILD, parentLength, EventType.NODE_CHILDREN_CHANGED, parentLength);
    }

    /**
     * Notifies the watchers that have a watch of one kind on a prefix of the path, except those already marked as
     * notified. The path that is reported is a prefix as well.
     */
    private int fireList(final long pathHash, final int kind, final int pathLength, final int eventType,
        final int toldLength)
    {
        final int known = set.paths.find(pathHash, path, offset, pathLength);
        int record = known == RecordPages.NONE ? RecordPages.NONE : set.paths.head(known, kind);
        int fired = 0;

        while (record != RecordPages.NONE)
        {
            final int following = set.records.nextOfPath(record);
            final int watcher = set.records.watcher(record);
            set.strip(record, WatchRecords.ONCE);

            if (set.watchers.tryMark(watcher))
            {
                handler.onEvent(watcher, eventType, path, offset, toldLength);
                fired++;
            }

            record = following;
        }

        return fired;
    }
}
