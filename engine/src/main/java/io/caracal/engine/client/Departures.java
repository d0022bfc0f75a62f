/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.watch.WatchTable;
import java.util.ArrayDeque;

/**
 * Forgets the watches of connections that are gone, a bounded number in each duty cycle: a client can set millions of
 * them, and with its connection they would all go at once. Until then the connection keeps its slot, but no event goes
 * to it. At most as many are on the list as there are slots.
 */
final class Departures
{
    /** Watches that one duty cycle forgets, those of all connections together. */
    static final int WATCHES_PER_CYCLE_MAX = 10_000;

    private final ArrayDeque<ClientConnection> departed = new ArrayDeque<>();
    private final WatchTable watches;
    private final ConnectionTable connections;
    private int left = WATCHES_PER_CYCLE_MAX;

    Departures(final WatchTable watches, final ConnectionTable connections)
    {
        this.watches = watches;
        this.connections = connections;
    }

    /** A connection is gone. */
    void add(final ClientConnection connection)
    {
        connections.remove(connection);
        departed.addLast(connection);
        forget();
    }

    /** A duty cycle begins. Returns how many watches were forgotten; there may be more of them unless it is none. */
    int doWork()
    {
        left = WATCHES_PER_CYCLE_MAX;
        forget();

        return WATCHES_PER_CYCLE_MAX - left;
    }

    private void forget()
    {
        while (left > 0 && !departed.isEmpty())
        {
            final int limit = left;
            final int forgotten = watches.forget(departed.peekFirst().slot, limit);
            left -= forgotten;
            if (forgotten < limit)
            {
                connections.free(departed.pollFirst());
            }
        }
    }
}
