/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientPort;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;

/**
 * Ends connections, because this server wants it or because the client is gone. Requests that are under way go on
 * without their client.
 */
final class ConnectionEnds
{
    private final RequestLine requests;
    private final Departures departures;
    private final RefusedConnections refused;
    private final ClientPort clients;
    private final EventSink events;

    ConnectionEnds(final RequestLine requests, final Departures departures, final RefusedConnections refused,
        final ClientPort clients, final EventSink events)
    {
        this.requests = requests;
        this.departures = departures;
        this.refused = refused;
        this.clients = clients;
        this.events = events;
    }

    /** This server closes a connection; {@link #onDisconnect} follows when the port has closed it. */
    void close(final ClientConnection connection)
    {
        connection.state = ConnectionState.CLOSING;
        requests.leave(connection);
        clients.close(connection.id);
    }

    /**
     * A connection is gone, no matter which side closed it. Its session lives on until another connection attaches to
     * it or it expires.
     */
    void onDisconnect(final ClientConnection connection, final long nowNs)
    {
        connection.state = ConnectionState.CLOSING;
        requests.leave(connection);
        if (connection.session != null && connection.session.connectionId() == connection.id)
        {
            connection.session.connectionId(0);
            connection.heartbeats.tell(connection.session.id(), nowNs, events);
            events.onSessionFact(SessionFact.DETACHED, connection.session.id(), 0);
        }
        connection.session = null;
        refused.onGone(connection);
        departures.add(connection);
    }
}
