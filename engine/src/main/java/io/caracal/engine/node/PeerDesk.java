/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import io.caracal.engine.zab.PeerInbox;
import io.caracal.engine.zab.PeerLinks;
import org.agrona.DirectBuffer;

/**
 * Receives messages of other servers and passes them to the current role. Keeps note of which servers are linked and
 * what they last stated.
 */
final class PeerDesk implements PeerHandler
{
    private final PeerPort peers;
    private final PeerLinks links;
    private final Patience patience;
    private final PeerInbox inbox;
    private Role role;

    PeerDesk(final PeerPort peers, final PeerLinks links, final Patience patience, final EventSink events)
    {
        this.peers = peers;
        this.links = links;
        this.patience = patience;
        inbox = new PeerInbox(events);
    }

    int poll(final Role newRole)
    {
        role = newRole;

        return peers.poll(this);
    }

    @Override
    public void onLinkUp(final long serverId, final long generation)
    {
        if (links.onUp(serverId, generation))
        {
            role.onLinkUp(serverId);
        }
    }

    @Override
    public void onLinkDown(final long serverId, final long generation, final LinkEnd end)
    {
        if (links.onDown(serverId, generation))
        {
            if (end == LinkEnd.PEER_GONE)
            {
                patience.onProcessGone(serverId);
            }
            role.onLinkDown(serverId, end);
        }
    }

    @Override
    public boolean onMessage(final long serverId, final PeerStream stream, final DirectBuffer buffer, final int offset,
        final int length)
    {
        return !links.isUp(serverId) || inbox.onMessage(serverId, buffer, offset, length, links, role);
    }
}
