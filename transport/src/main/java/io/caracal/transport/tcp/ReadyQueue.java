/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.util.ArrayDeque;

/**
 * Connections that are to be visited because something may be there to read or to hand over, each at most once. Who was
 * visited and has more comes after all others: also after those that were refused and resumed since, or whoever comes
 * first would take all the room that there is, each time.
 */
final class ReadyQueue
{
    private final ArrayDeque<Connection> connections = new ArrayDeque<>();
    private final ArrayDeque<Connection> visited = new ArrayDeque<>();

    void add(final Connection connection)
    {
        if (!connection.isQueued)
        {
            connection.isQueued = true;
            connections.addLast(connection);
        }
    }

    /** One that was just visited, and has more. */
    void addVisited(final Connection connection)
    {
        if (!connection.isQueued)
        {
            connection.isQueued = true;
            visited.addLast(connection);
        }
    }

    /** Begins to visit; returns how many are to be visited. */
    int begin()
    {
        // One by one: to add all at once allocates, with each poll.
        while (!visited.isEmpty())
        {
            connections.addLast(visited.pollFirst());
        }

        return connections.size();
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
        if (connection.state == ConnectionState.OPEN)
        {
            connection.updateInterest();
            add(connection);
        }
    }

    boolean isEmpty()
    {
        return connections.isEmpty() && visited.isEmpty();
    }
}
