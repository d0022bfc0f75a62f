/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import java.util.function.Consumer;

/**
 * Counts clients as heard whose frames wait. Nothing that such a client sends is looked at, neither the frame nor the
 * pings behind it; so its session would end although it was never silent. A client whose connection is gone is not
 * among them, and one whose frame is taken has its time-out from then on.
 */
final class WaitingClients
{
    /** A session is touched when it was not for this part of its time-out. */
    private static final int PARTS = 4;
    private static final long NS_PER_MS = 1_000_000;

    private final RefusedConnections refused;
    private final CurrentRole role;
    private final Consumer<ClientConnection> touch = this::touch;
    private long watchNs;

    WaitingClients(final RefusedConnections refused, final CurrentRole role)
    {
        this.refused = refused;
        this.role = role;
    }

    /** While no frame is taken at all, whoever leads next hears of everybody who is connected. */
    void touch(final long newWatchNs)
    {
        watchNs = newWatchNs;
        if (role.takesRequests())
        {
            refused.forEach(touch);
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
