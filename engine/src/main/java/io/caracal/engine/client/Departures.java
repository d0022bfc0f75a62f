/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.watch.WatchTable;
import java.util.ArrayDeque;

/**
 * Forgets the watches of connections that are gone, a bounded number in each duty cycle. A client can set millions of
 * watches, and they would all go at once with its connection. Until they are forgotten the connection keeps its slot,
 * but no event is sent to it. The list is never longer than the number of slots.
 */
final class Departures
{
    private final ArrayDeque<ClientConnection> departed = new ArrayDeque<>();
    private final WatchTable watches;
    private final ConnectionTable connections;
    private final int watchesMax;
    private int left;

    /**
     * Makes an empty list. One duty cycle forgets at most {@code watchesMax} watches of all its connections together.
     */
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

    /** Begins a duty cycle. Returns how many watches were forgotten; there may be more unless it is none. */
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
