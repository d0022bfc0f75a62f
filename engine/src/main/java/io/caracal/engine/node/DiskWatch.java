/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.zab.Epochs;
import io.caracal.engine.zab.ServerLog;

/**
 * Judges whether this server's disk keeps up: it has room, and what it was given becomes durable in time. A server
 * whose disk does not keep up is of no use to a quorum. It steps aside when the others can do without it, and comes
 * back when its disk recovers.
 */
final class DiskWatch
{
    /** The disk keeps up. */
    static final String FIT = "the own disk keeps up";

    private static final String NO_ROOM = "the own disk has no room";
    private static final String HANGS = "the own disk does not force what it was given";

    private final ServerLog log;
    private final Epochs epochs;
    private final EventSink events;
    private final long serverId;
    private final long limitNs;
    private boolean hasRoom = true;
    private boolean hangs;
    private long pendingZxid;
    private long pendingSinceNs;
    private long settledNs;

    DiskWatch(final ServerLog log, final Epochs epochs, final EventSink events, final long serverId, final long limitNs)
    {
        this.log = log;
        this.epochs = epochs;
        this.events = events;
        this.serverId = serverId;
        this.limitNs = limitNs;
    }

    /** The log has room for more records, or only the room that is kept back for epochs and ends of sessions. */
    void onRoom(final boolean isAvailable)
    {
        hasRoom = isAvailable;
        events.onGauge(Gauge.WRITES_REFUSED, isAvailable ? 0 : 1);
    }

    /** Looks at the forces that are under way. The time is that of the clock by which others are judged. */
    void advance(final long watchNs)
    {
        final boolean nothingPending = log.durableZxid() >= Math.min(pendingZxid, log.lastZxid());
        if (nothingPending)
        {
            pendingZxid = log.lastZxid();
            pendingSinceNs = watchNs;
        }
        settledNs = epochs.isSettled() ? watchNs : settledNs;

        final boolean wasHanging = hangs;
        hangs = watchNs - Math.min(pendingSinceNs, settledNs) > limitNs;
        if (hangs != wasHanging)
        {
            // A full disk is named first. Forces that wait for room do not end either, and naming these would mislead.
            events.onNotice(hangs ? problem() : "the own disk forces again", serverId);
        }
    }

    boolean hasRoom()
    {
        return hasRoom;
    }

    boolean isForcing()
    {
        return !hangs;
    }

    boolean isFit()
    {
        return hasRoom && !hangs;
    }

    /** What is wrong with the disk, as constant text. */
    String problem()
    {
        return !hasRoom ? NO_ROOM : hangs ? HANGS : FIT;
    }
}
