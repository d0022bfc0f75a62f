/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import java.util.function.Consumer;

/**
 * Counts clients as heard of which nothing is looked at, so that their sessions do not end although they were never
 * silent. Of a client whose frame waits neither the frame is taken nor the pings behind it; and while the log of
 * requests is full, nothing is taken of anybody. A client whose connection is known to be gone is not among them, and
 * one to which this server listens again has its time-out from then on.
 */
final class UnheardClients
{
    /** A session is touched when it was not for this part of its time-out. */
    private static final int PARTS = 4;
    private static final long NS_PER_MS = 1_000_000;

    private final RefusedConnections refused;
    private final ConnectionTable connections;
    private final CurrentRole role;
    private final Consumer<ClientConnection> touch = this::touch;
    private long watchNs;

    UnheardClients(final RefusedConnections refused, final ConnectionTable connections, final CurrentRole role)
    {
        this.refused = refused;
        this.connections = connections;
        this.role = role;
    }

    /** While no frame is taken at all, whoever leads next hears of everybody who is connected. */
    void touch(final long newWatchNs, final boolean hasListened)
    {
        watchNs = newWatchNs;
        if (!role.takesRequests())
        {
            return;
        }

        if (hasListened)
        {
            refused.forEach(touch);
        }
        else
        {
            touchAll();
        }
    }

    private void touchAll()
    {
        for (int i = 0; i < connections.slotCount(); i++)
        {
            final ClientConnection connection = connections.atSlot(i);
            if (connection != null)
            {
                touch(connection);
            }
        }
    }

    private void touch(final ClientConnection connection)
    {
        final Session session = connection.session();
        if (connection.state == ConnectionState.OPEN && session.silentNs(watchNs) > session.touchTimeoutMs() *
            NS_PER_MS / PARTS)
        {
            role.intake().touch(session);
        }
    }
}
