/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.util.ArrayDeque;

/**
 * Connections to be visited because there may be something to read or to hand over, each at most once. A connection
 * that was visited and has more comes after all others, including those that were refused and have been resumed since.
 * Otherwise the connection that comes first would take all the room there is, each time.
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

    /** Adds a connection that was just visited and has more. */
    void addVisited(final Connection connection)
    {
        if (!connection.isQueued)
        {
            connection.isQueued = true;
            visited.addLast(connection);
        }
    }

    /** Begins a round; returns how many connections are to be visited. */
    int begin()
    {
        // One by one, because adding all at once would allocate in each poll.
        while (!visited.isEmpty())
        {
            connections.addLast(visited.pollFirst());
        }

        return connections.size();
    }

    /** Takes the connection that has waited longest. It may be closed by now. */
    Connection take()
    {
        final Connection connection = connections.pollFirst();
        connection.isQueued = false;

        return connection;
    }

    /** Resumes reading from an open connection, because what prevented it is over. */
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
