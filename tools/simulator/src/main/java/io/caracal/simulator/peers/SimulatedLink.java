/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerStream;

/**
 * The link between two servers. A new generation is agreed on when both servers run, neither of them knows of an
 * earlier generation, and nothing between them is cut. News of its end travels over the silent link, and therefore does
 * not arrive while that is cut.
 */
final class SimulatedLink
{
    private static final int SIDE_COUNT = 2;

    private final SimulatedNetwork network;
    private final LinkSide[] sides;
    private final boolean[] isStreamCut = new boolean[SIDE_COUNT];
    private boolean isSilentLinkCut;
    private long lastGeneration;
    private boolean isAgreed;
    private long retryNs;

    SimulatedLink(final SimulatedNetwork network, final long lower, final long higher)
    {
        this.network = network;
        sides = new LinkSide[]{ new LinkSide(lower, higher), new LinkSide(higher, lower) };
    }

    LinkSide side(final long serverId)
    {
        return sides[indexOf(serverId)];
    }

    boolean joins(final long serverId, final long peerId)
    {
        return sides[0].serverId == Math.min(serverId, peerId) && sides[1].serverId == Math.max(serverId, peerId);
    }

    boolean isOf(final long serverId)
    {
        return sides[0].serverId == serverId || sides[1].serverId == serverId;
    }

    /** Agrees on a new generation if that is possible. */
    void work(final long nowNs)
    {
        final boolean isOpen = !isSilentLinkCut && !isStreamCut[0] && !isStreamCut[1];

        if (!isAgreed && isOpen && nowNs >= retryNs && sides[0].isIdle() && sides[1].isIdle() && areBothRunning())
        {
            isAgreed = true;
            lastGeneration++;
            sides[0].begin(lastGeneration, nowNs + network.linkDelayNs());
            sides[1].begin(lastGeneration, nowNs + network.linkDelayNs());
        }
    }

    boolean hasRoom(final long from, final PeerStream stream, final int length, final int window)
    {
        return side(peerOf(from)).inbound(stream).hasRoom(length, window);
    }

    void send(final long from, final PeerStream stream, final byte[] bytes)
    {
        final LinkSide receiver = side(peerOf(from));
        final boolean isKnown = receiver.generation == lastGeneration || receiver.nextGeneration == lastGeneration;

        if (isAgreed && isKnown)
        {
            receiver.inbound(stream).send(bytes, isStreamCut[indexOf(from)] ? Packet.HELD : network.arrivalNs());
        }
    }

    /** Whether messages that a server sends over the streams arrive. */
    boolean isStreamOpen(final long from)
    {
        return !isStreamCut[indexOf(from)];
    }

    void cutStreams(final long from, final boolean isCut)
    {
        final int sender = indexOf(from);

        if (isStreamCut[sender] == isCut)
        {
            return;
        }

        isStreamCut[sender] = isCut;
        final long arrivalNs = network.arrivalNs();

        for (final Channel channel : sides[1 - sender].inbound)
        {
            if (isCut)
            {
                channel.hold(network.nowNs());
            }
            else
            {
                channel.release(arrivalNs);
            }
        }

        if (!isCut)
        {
            creditAll(sides[sender]);
        }
    }

    /** The peer learns again which of its messages this side has consumed. */
    private static void creditAll(final LinkSide side)
    {
        for (final Channel channel : side.inbound)
        {
            channel.credit();
        }
    }

    void cutSilentLink(final boolean isCut)
    {
        isSilentLinkCut = isCut;

        for (final LinkSide side : sides)
        {
            if (!isCut && side.end != null && side.endsNs == LinkSide.HELD)
            {
                side.endsNs = network.nowNs() + network.linkDelayNs();
            }
        }
    }

    /** A server closes the generation. */
    void close(final long by)
    {
        final LinkSide here = side(by);

        if (here.isUsable())
        {
            here.end(LinkEnd.CLOSED_HERE, network.nowNs());
            finish(side(here.peerId), LinkEnd.CLOSED_BY_PEER);
        }
    }

    /** A stream lost a message. */
    void lose()
    {
        if (isAgreed)
        {
            sides[0].end(LinkEnd.STREAM_LOST, network.nowNs() + network.linkDelayNs());
            finish(sides[1], LinkEnd.STREAM_LOST);
        }
    }

    /** A server's process has gone. */
    void kill(final long serverId)
    {
        final LinkSide gone = side(serverId);
        gone.forget();
        finish(side(gone.peerId), LinkEnd.PEER_GONE);
    }

    private void finish(final LinkSide side, final LinkEnd why)
    {
        isAgreed = false;
        side.end(why, isSilentLinkCut ? LinkSide.HELD : network.nowNs() + network.linkDelayNs());
        retryNs = network.nowNs() + network.linkDelayNs();
    }

    private boolean areBothRunning()
    {
        return network.isRunning(sides[0].serverId) && network.isRunning(sides[1].serverId);
    }

    private long peerOf(final long serverId)
    {
        return sides[1 - indexOf(serverId)].serverId;
    }

    private int indexOf(final long serverId)
    {
        return sides[0].serverId == serverId ? 0 : 1;
    }
}
