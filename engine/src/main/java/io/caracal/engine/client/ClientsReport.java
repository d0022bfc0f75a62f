/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientPort;

/** Reports to operators which clients there are, and what they have under way. */
public final class ClientsReport
{
    private final ConnectionTable connections;
    private final ClientPort clients;
    private final RequestLine requests;
    private final CurrentRole role;

    ClientsReport(final ConnectionTable connections, final ClientPort clients, final RequestLine requests,
        final CurrentRole role)
    {
        this.connections = connections;
        this.clients = clients;
        this.requests = requests;
        this.role = role;
    }

    /**
     * Number of connections that the engine knows.
     *
     * @return zero or more.
     */
    public int connectionCount()
    {
        return connections.size();
    }

    /**
     * Describes the connections for operators.
     *
     * @return a new walk over them.
     */
    public ConnectionsAnswer describeConnections()
    {
        return new ConnectionsAnswer(connections, clients);
    }

    /** Sets the figures of every connection to zero. */
    public void resetFigures()
    {
        for (int i = 0; i < connections.slotCount(); i++)
        {
            final ClientConnection connection = connections.atSlot(i);
            if (connection != null)
            {
                connection.figures.reset();
            }
        }
    }

    /**
     * The session that holds a watch.
     *
     * @param watcher slot of a connection.
     * @return id of the connection's session; 0 when it no longer has one.
     */
    public long sessionIdOf(final int watcher)
    {
        final ClientConnection connection = connections.atSlot(watcher);

        return connection == null || connection.session == null ? 0 : connection.session.id();
    }

    /**
     * Number of requests under way that count towards the limit.
     *
     * @return zero or more.
     */
    public int outstanding()
    {
        return requests.outstanding();
    }

    /**
     * Number of writes and syncs that are kept while there is no leader to answer them.
     *
     * @return zero or more; 0 while clients are served.
     */
    public int parked()
    {
        return role.isEstablished() ? 0 : requests.onTheirWay();
    }
}
