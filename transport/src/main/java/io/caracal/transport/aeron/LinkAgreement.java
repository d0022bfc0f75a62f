/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.PeerStream;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.aeron.codec.Ending;
import java.net.InetSocketAddress;

/**
 * Negotiates one generation over a silent link. In their hellos, two servers agree on its number, its session ids, and
 * the tokens with which the streams begin. The negotiation ends when each server has said that all streams to it
 * arrived.
 */
final class LinkAgreement
{
    private final LinkWorld world;
    private final PeerContext context;
    private final PeerMember peer;
    private final SilentLink silentLink;
    private final SessionIds sessionIds;
    private final boolean isDialed;
    private final long ownToken;
    private final int ownMtuLength;
    private LinkHello peerHello;
    private boolean isProvenSent;
    private boolean isProvenReceived;

    private LinkAgreement(final LinkWorld world, final PeerMember peer, final SilentLink silentLink,
        final LinkHello peerHello, final int ownMtuLength)
    {
        this.ownMtuLength = ownMtuLength;
        this.world = world;
        this.peer = peer;
        this.silentLink = silentLink;
        this.peerHello = peerHello;
        context = world.context();
        isDialed = peerHello == null;
        ownToken = world.random().nextLong();
        sessionIds = isDialed ? SessionIds.draw(world.random(), PeerStream.values().length) : peerHello.sessionIds();
    }

    /**
     * Creates the agreement for a connection that this server dialed. This server speaks first and draws the session
     * ids.
     *
     * @param mtuLength longest UDP payload that can reach this server in one piece.
     */
    static LinkAgreement dialed(final LinkWorld world, final PeerMember peer, final SilentLink silentLink,
        final int mtuLength)
    {
        return new LinkAgreement(world, peer, silentLink, null, mtuLength);
    }

    /**
     * Creates the agreement for a connection from the other server, which has said hello.
     *
     * @param mtuLength as for {@link #dialed}.
     */
    static LinkAgreement taken(final LinkWorld world, final PeerMember peer, final SilentLink silentLink,
        final LinkHello hello, final int mtuLength)
    {
        return new LinkAgreement(world, peer, silentLink, hello, mtuLength);
    }

    SilentLink silentLink()
    {
        return silentLink;
    }

    /** The hello of the other server; null if it has not come yet. */
    LinkHello peerHello()
    {
        return peerHello;
    }

    /** Creates the agreed streams, which listen from now on. */
    Generation newGeneration()
    {
        final int[] outIds = isDialed ? sessionIds.fromDialer() : sessionIds.toDialer();
        final int[] inIds = isDialed ? sessionIds.toDialer() : sessionIds.fromDialer();

        return world.generation(peer.serverId(), outIds, inIds, ownToken);
    }

    /** The longest UDP payload that both sides carry in one piece. Known once the other server has said hello. */
    int mtuLength()
    {
        return Math.min(ownMtuLength, peerHello.mtuLength());
    }

    /** Says hello and proposes a number for the generation; an answer states the agreed number. */
    void sendHello(final long number)
    {
        final InetSocketAddress udp = world.announcedAddress();
        final byte[] address = udp.getAddress().isAnyLocalAddress() ? new byte[0] : udp.getAddress().getAddress();
        final LinkHello hello = new LinkHello(context.serverId(), peer.serverId(), context.processId(),
            context.voterSetHash(), number, ownToken, sessionIds, address, udp.getPort(), ownMtuLength,
            context.voters());
        silentLink.send(world.codec().encodeHello(silentLink.message(), hello));
    }

    /**
     * Takes the other server's answer to the hello.
     *
     * @return false if the answer comes from another server than the dialed one, or is meant for another server than
     * this one.
     */
    boolean onAnswer(final LinkHello hello)
    {
        final boolean isValid = hello.serverId() == peer.serverId() && hello.receiverId() == context.serverId() &&
            hello.voterSetHash() == context.voterSetHash();
        peerHello = isValid ? hello : null;

        return isValid;
    }

    /** Tells the other server, once, that all streams from it arrived. */
    int sendProven()
    {
        if (isProvenSent)
        {
            return 0;
        }

        isProvenSent = true;
        silentLink.send(world.codec().encodeProven(silentLink.message(), ownToken));

        return 1;
    }

    /**
     * Takes the other server's message that all streams to it arrived.
     *
     * @return false if the message is about the streams of another attempt.
     */
    boolean onProven(final long token)
    {
        isProvenReceived = peerHello != null && token == peerHello.token();

        return isProvenReceived;
    }

    /** Whether each server has told the other that all streams arrived. */
    boolean isProven()
    {
        return isProvenSent && isProvenReceived;
    }

    /**
     * Ends the silent link.
     *
     * @param notice the last message to the other server; null: none.
     */
    void end(final Ending notice, final long nowNs)
    {
        if (notice == null)
        {
            silentLink.close();
        }
        else
        {
            silentLink.send(world.codec().encodeEnd(silentLink.message(), notice));
            world.lingering().add(silentLink, nowNs);
        }
    }
}
