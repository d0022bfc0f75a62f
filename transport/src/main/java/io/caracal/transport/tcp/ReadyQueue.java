/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.util.ArrayDeque;

/** Connections that are to be visited because something may be there to read or to hand over, each at most once. */
final class ReadyQueue
{
    private final ArrayDeque<Connection> connections = new ArrayDeque<>();

    void add(final Connection connection)
    {
        if (!connection.isQueued)
        {
            connection.isQueued = true;
            connections.addLast(connection);
        }
    }

    /** Takes the one that has waited longest; it may be closed by now. */
    Connection take()
    {
        final Connection connection = connections.pollFirst();
        connection.isQueued = false;

        return connection;
    }

    /** What kept an open connection from being read is over. */
    void receiveAgain(final Connection connection)
    {
        if (ConnectionState.OPEN == connection.state)
        {
            connection.updateInterest();
            add(connection);
        }
    }

    int size()
    {
        return connections.size();
    }

    boolean isEmpty()
    {
        return connections.isEmpty();
    }
}
