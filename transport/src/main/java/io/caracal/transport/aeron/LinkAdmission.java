/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerRefusal;
import io.caracal.transport.aeron.codec.Refusal;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Decides whether this server links with a server that has dialed it. It accepts a member of the same ensemble that
 * means this server and is the one of the two that has to dial. All others are refused, and both they and people are
 * told why.
 */
final class LinkAdmission implements LinkListener.HelloHandler
{
    private final LinkWorld world;
    private final PeerContext context;
    private final Long2ObjectHashMap<PeerLink> linksById;

    LinkAdmission(final LinkWorld world, final Long2ObjectHashMap<PeerLink> linksById)
    {
        this.world = world;
        this.linksById = linksById;
        context = world.context();
    }

    @Override
    public void onHello(final SilentLink link, final LinkHello hello, final long nowNs)
    {
        if (hello.serverId() == context.serverId() && hello.processId() == context.processId())
        {
            // The hello comes from this process itself, which checks who is at its own address.
            link.close();
            return;
        }

        final PeerLink peer = linksById.get(hello.serverId());
        final Refusal refusal = judge(link, hello, peer, nowNs);

        if (refusal != null)
        {
            refuse(link, hello, peer, refusal, nowNs);
        }
    }

    private Refusal judge(final SilentLink link, final LinkHello hello, final PeerLink peer, final long nowNs)
    {
        if (hello.serverId() == context.serverId())
        {
            return Refusal.ID_IN_USE;
        }

        if (peer == null || hello.receiverId() != context.serverId())
        {
            return Refusal.UNKNOWN_ID;
        }

        if (hello.voterSetHash() != context.voterSetHash() || !Arrays.equals(hello.voters(), context.voters()))
        {
            return Refusal.OTHER_VOTERS;
        }

        return hello.serverId() < context.serverId() ? Refusal.WRONG_DIRECTION : peer.offer(link, hello, nowNs);
    }

    /** Where the other process with the same id is, in words for people. */
    private String other(final PeerLink peer)
    {
        return peer == null ? ", this one listens at " + context.tcpAddress() : ", the one that is linked is at " +
            peer.linkedHost();
    }

    private void refuse(final SilentLink link, final LinkHello hello, final PeerLink peer, final Refusal refusal,
        final long nowNs)
    {
        final PeerRefusal reason = Refusals.of(refusal);
        final String detail = "from server " + hello.serverId() + " at " + link.remoteHost() +
            Refusals.difference(reason, context.voters(), hello.voters()) +
            (refusal == Refusal.ID_IN_USE ? other(peer) : "");
        link.send(world.codec().encodeRefused(link.message(), refusal, context.voters()));
        world.lingering().add(link, nowNs);

        if (peer != null)
        {
            peer.news().refused(reason, detail);
        }
        else if (world.strangers().isNew(reason + detail))
        {
            context.events().onRefused(hello.serverId(), reason, detail);
        }
    }
}
