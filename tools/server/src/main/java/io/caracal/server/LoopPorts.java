/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.transport.ClientTransport;
import io.caracal.transport.PeerTransport;

/** The sockets that the loop of a server tends: those of clients, and those of other servers if there are any. */
final class LoopPorts
{
    private final ClientTransport clients;
    private final PeerTransport peers;

    /**
     * Sockets.
     *
     * @param peers null for a server that is alone.
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
     * Sends what the duty cycle has committed to be sent. Messages to other servers go first, because proposals have a
     * longer way than replies.
     */
    void flush()
    {
        if (peers != null)
        {
            peers.flush();
        }
        clients.flush();
    }

    /** A gateway's ring may hold what a read did not reach, behind the place where it wraps around. */
    long nextDeadlineNs()
    {
        return peers == null ? clients.nextDeadlineNs() : Math.min(clients.nextDeadlineNs(), peers.nextDeadlineNs());
    }

    void closeListeners()
    {
        clients.closeListeners();
    }
}
