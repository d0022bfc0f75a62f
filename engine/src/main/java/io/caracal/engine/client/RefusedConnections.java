/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientPort;
import java.util.ArrayDeque;

/**
 * Connections with a frame that could not be taken. The port keeps such a frame, and delivers nothing of its connection
 * until it is told to go on. All of them are told when something has moved.
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
     * Has the port offer the frames again; returns how many connections that concerns. The first one may take all the
     * room that there is, so the one that was first the last time comes last now.
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
