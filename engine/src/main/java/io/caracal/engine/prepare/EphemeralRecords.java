/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import org.agrona.collections.Long2ObjectHashMap;

/**
 * The records of ephemerals that will exist, in a list for each session, so that the end of a session goes through its
 * own only. Others may have many under way.
 */
final class EphemeralRecords
{
    private final Long2ObjectHashMap<Change> firsts = new Long2ObjectHashMap<>();

    /** The record of a session that was added last, null when it has none; {@link Change#nextOwned} leads to others. */
    Change first(final long sessionId)
    {
        return firsts.get(sessionId);
    }

    boolean isEmpty()
    {
        return firsts.isEmpty();
    }

    /** Adds a record. Its owner must not change before it is removed. */
    void add(final Change change)
    {
        final Change first = firsts.put(change.state.ephemeralOwner, change);
        change.previousOwned = null;
        change.nextOwned = first;
        if (first != null)
        {
            first.previousOwned = change;
        }
    }

    void remove(final Change change)
    {
        final Change next = change.nextOwned;
        if (change.previousOwned != null)
        {
            change.previousOwned.nextOwned = next;
        }
        else if (next != null)
        {
            firsts.put(change.state.ephemeralOwner, next);
        }
        else
        {
            firsts.remove(change.state.ephemeralOwner);
        }

        if (next != null)
        {
            next.previousOwned = change.previousOwned;
        }
        change.previousOwned = null;
        change.nextOwned = null;
    }
}
