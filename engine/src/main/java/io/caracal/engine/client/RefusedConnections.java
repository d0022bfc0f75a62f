/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientPort;
import java.util.ArrayDeque;

/**
 * Connections with a frame that could not be taken: each waits here once, and all are resumed when something has
 * moved.
 */
final class RefusedConnections
{
    private final ClientPort clients;
    private final ArrayDeque<ClientConnection> waiting = new ArrayDeque<>();

    RefusedConnections(final ClientPort clients)
    {
        this.clients = clients;
    }

    void add(final ClientConnection connection)
    {
        if (!connection.isRefused)
        {
            connection.isRefused = true;
            waiting.addLast(connection);
        }
    }

    /**
     * Offers the frames again; returns how many connections that concerns. Who was first the last time is the last one
     * now: where there is not room for all, the first one may take all of it.
     */
    int resume()
    {
        final int count = waiting.size();
        if (count > 1)
        {
            waiting.addLast(waiting.pollFirst());
        }

        for (int i = 0; i < count; i++)
        {
            final ClientConnection connection = waiting.pollFirst();
            connection.isRefused = false;
            clients.resume(connection.id);
        }

        return count;
    }
}
