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
    private final ArrayDeque<ClientConnection> departed = new ArrayDeque<>();
    private final WatchTable watches;
    private final ConnectionTable connections;
    private final int watchesMax;
    private int left;

    /** A list that is empty; of the watches of all who come on it, one duty cycle forgets so many. */
    Departures(final WatchTable watches, final ConnectionTable connections, final int watchesMax)
    {
        this.watchesMax = watchesMax;
        left = watchesMax;
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
        left = watchesMax;
        forget();

        return watchesMax - left;
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
