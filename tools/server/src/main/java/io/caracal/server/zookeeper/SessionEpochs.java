/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.session.SessionTable;
import org.agrona.collections.LongHashSet;

/**
 * Ensures that the ids of new sessions differ from those of imported ones. In this server, a session id contains the
 * epoch of the leader that created it, where ZooKeeper puts part of a clock. So no future epoch may occur in an
 * imported id.
 */
final class SessionEpochs
{
    /** Number of free epochs after the chosen one. */
    static final int FREE = 1 << 12;
    private static final int SHIFT = 32;
    private static final long MASK = 0xFF_FFFFL;

    private SessionEpochs()
    {
    }

    /** Returns the smallest epoch, not below the given one, after which {@link #FREE} epochs occur in no session id. */
    static long above(final long epoch, final SessionTable sessions)
    {
        final LongHashSet taken = new LongHashSet();
        for (final long id : sessions.sortedIds())
        {
            taken.add(id >>> SHIFT & MASK);
        }

        long chosen = epoch;
        for (long next = chosen + 1; next <= chosen + FREE; next++)
        {
            if (taken.contains(next & MASK))
            {
                chosen = next;
            }
        }

        return chosen;
    }
}
