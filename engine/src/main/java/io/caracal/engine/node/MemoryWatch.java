/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.tree.TreeRoom;

/**
 * Tells people when znodes have taken nearly all the memory that they may take, when they have taken all of it, and
 * when there is room again.
 */
final class MemoryWatch
{
    private static final String NEARLY_FULL =
        "znodes have taken nine tenths of the memory that they may take (treeMemoryLimitInMb)";
    private static final String FULL = "znodes have taken all the memory that they may take (treeMemoryLimitInMb): " +
        "creates and longer data are refused while this server leads, until znodes are deleted";
    private static final String NEARLY_FULL_THERE =
        "znodes have taken nine tenths of the memory that they may take on a voter with less of it than this server";
    private static final String FULL_THERE = "znodes have taken all the memory that they may take on a voter with " +
        "less of it than this server (its treeMemoryLimitInMb): creates and longer data are refused while this " +
        "server leads, until znodes are deleted";
    private static final String ROOMY = "znodes have room in memory again";

    private final TreeRoom room;
    private final EventSink events;
    private final long serverId;
    /** What people were told last. It takes back a warning only when there is clearly more room than at the warning. */
    private String told = ROOMY;

    MemoryWatch(final TreeRoom room, final EventSink events, final long serverId)
    {
        this.room = room;
        this.events = events;
        this.serverId = serverId;
    }

    void advance()
    {
        final String state = state();
        if (!state.equals(told))
        {
            told = state;
            events.onNotice(state, room.isOthers() ? room.narrowest() : serverId);
        }
    }

    private String state()
    {
        final String full = room.isOthers() ? FULL_THERE : FULL;
        if (room.isFull())
        {
            return full;
        }
        if (room.isNearlyFull())
        {
            return told.equals(full) ? full : room.isOthers() ? NEARLY_FULL_THERE : NEARLY_FULL;
        }

        return room.isRoomy() ? ROOMY : told;
    }
}
