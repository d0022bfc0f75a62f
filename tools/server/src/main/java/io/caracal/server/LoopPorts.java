/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.transport.ClientTransport;
import io.caracal.transport.PeerTransport;

/** The sockets that the loop of a server serves: those of clients, and those of other servers if there are any. */
final class LoopPorts
{
    private final ClientTransport clients;
    private final PeerTransport peers;

    /**
     * Groups the sockets.
     *
     * @param peers null for a standalone server.
     */
    LoopPorts(final ClientTransport clients, final PeerTransport peers)
    {
        this.clients = clients;
        this.peers = peers;
    }

    boolean hasPeers()
    {
        return peers != null;
    }

    /**
     * Sends what the duty cycle has committed to be sent. Messages to other servers go first, because proposals take
     * longer to arrive than replies.
     */
    void flush()
    {
        if (peers != null)
        {
            peers.flush();
        }
        clients.flush();
    }

    /**
     * Returns when the sockets must be polled again at the latest, monotonic nanoseconds. The clients count too: the
     * ring of a gateway may hold input that one read did not reach, behind the place where the ring wraps around.
     */
    long nextDeadlineNs()
    {
        return peers == null ? clients.nextDeadlineNs() : Math.min(clients.nextDeadlineNs(), peers.nextDeadlineNs());
    }

    void closeListeners()
    {
        clients.closeListeners();
    }
}
