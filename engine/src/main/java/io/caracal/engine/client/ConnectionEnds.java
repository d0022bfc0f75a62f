/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientPort;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;
import io.caracal.engine.watch.WatchTable;

/** How connections end: by this server, or because the client is gone. What a client asked for goes on without it. */
final class ConnectionEnds
{
    private final ConnectionTable connections;
    private final RequestLine requests;
    private final WatchTable watches;
    private final ClientPort clients;
    private final EventSink events;

    ConnectionEnds(final ConnectionTable connections, final RequestLine requests, final WatchTable watches,
        final ClientPort clients, final EventSink events)
    {
        this.connections = connections;
        this.requests = requests;
        this.watches = watches;
        this.clients = clients;
        this.events = events;
    }

    /** This server ends it; {@link #onDisconnect} follows when the port has let it go. */
    void close(final ClientConnection connection)
    {
        connection.state = ConnectionState.CLOSING;
        requests.leave(connection);
        clients.close(connection.id);
    }

    /** It is gone, whoever ended it. Its session lives on, until another connection takes it up or its time is over. */
    void onDisconnect(final ClientConnection connection, final long nowNs)
    {
        connection.state = ConnectionState.CLOSING;
        requests.leave(connection);
        watches.removeAll(connection.slot);
        if (connection.session != null && connection.session.connectionId() == connection.id)
        {
            connection.session.connectionId(0);
            connection.heartbeats.tell(connection.session.id(), nowNs, events);
            events.onSessionFact(SessionFact.DETACHED, connection.session.id(), 0);
        }
        connections.remove(connection);
    }
}
