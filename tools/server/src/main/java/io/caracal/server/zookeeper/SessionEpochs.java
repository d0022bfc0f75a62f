/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.session.SessionTable;
import org.agrona.collections.LongHashSet;

/**
 * Sees to it that numbers of new sessions differ from those of imported ones. In this server a session's number holds
 * the epoch of the leader that made it, where ZooKeeper puts a part of a clock. So epochs to come must not be in any
 * imported number.
 */
final class SessionEpochs
{
    /** So many epochs are free after the one that is chosen. */
    static final int FREE = 1 << 12;
    private static final int SHIFT = 32;
    private static final long MASK = 0xFF_FFFFL;

    private SessionEpochs()
    {
    }

    /** The smallest epoch, not below a given one, after which a long row of epochs is in no session's number. */
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
