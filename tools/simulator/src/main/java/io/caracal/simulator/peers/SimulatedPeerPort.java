/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import java.util.Comparator;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The peer port in memory. Buffers passed to a handler are overwritten when its call returns, so that a test fails if a
 * handler keeps one.
 */
public final class SimulatedPeerPort implements PeerPort
{
    private static final int LIVE_LIMIT = 100_000;
    private static final int BITE_LIMIT = 64;
    private static final int SHORT_LIMIT = 4;
    private static final int GUARD_LENGTH = Long.BYTES;
    private static final long GUARD = 0x5ca1ab1e_0ddba115L;
    private static final byte WIPED = (byte)0xa5;

    private final SimulatedNetwork network;
    private final long serverId;
    private final List<SimulatedLink> links;
    private final int messageLengthMax;
    private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private SimulatedLink claimedOf;
    private PeerStream claimedStream;
    private int claimedLength;
    private boolean isDrained = true;
    private boolean isPolling;

    SimulatedPeerPort(final SimulatedNetwork network, final long serverId, final List<SimulatedLink> links,
        final int messageLengthMax)
    {
        this.network = network;
        this.serverId = serverId;
        this.messageLengthMax = messageLengthMax;
        this.links = links.stream().sorted(Comparator.comparingLong(link -> link.side(serverId).peerId)).toList();
    }

    @Override
    public int poll(final PeerHandler handler)
    {
        Invariant.check(!isPolling && claimedOf == null, "poll from inside a call of the port");
        isPolling = true;
        final boolean isShort = network.isDrawn(network.faults().shortPollChance());
        final int limit = isShort ? network.drawUpTo(SHORT_LIMIT) : LIVE_LIMIT;
        int work = deliverNews(handler);
        isDrained = true;
        final int live = deliver(handler, PeerStream.LIVE, limit);
        work += live;

        if (isDrained || live < limit)
        {
            work += deliver(handler, PeerStream.REQUESTS, isShort ? limit : BITE_LIMIT);
            work += deliver(handler, PeerStream.BULK, isShort ? limit : BITE_LIMIT);
        }

        isPolling = false;

        return work;
    }

    @Override
    public boolean isDrained()
    {
        return isDrained;
    }

    @Override
    public int claim(final long to, final PeerStream stream, final int length)
    {
        Invariant.check(claimedOf == null, "claim during a claim");
        Invariant.check(length > 0 && length <= messageLengthMax, "length of a message to a peer");
        final SimulatedLink link = find(to);

        if (link == null || !link.side(serverId).isUsable())
        {
            return CLOSED;
        }

        if (!link.hasRoom(serverId, stream, length, network.faults().windowLength()) ||
            network.isDrawn(network.faults().refusalChance()))
        {
            return BACK_PRESSURED;
        }

        claimedOf = link;
        claimedStream = stream;
        claimedLength = length;
        claimed.wrap(new byte[GUARD_LENGTH + length + GUARD_LENGTH]);
        claimed.putLong(0, GUARD);
        claimed.putLong(GUARD_LENGTH + length, GUARD);

        return GUARD_LENGTH;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claimed;
    }

    @Override
    public void commit()
    {
        Invariant.check(claimedOf != null, "commit without a claim");
        Invariant.check(claimed.getLong(0) == GUARD && claimed.getLong(GUARD_LENGTH + claimedLength) == GUARD,
            "written outside of the claim");
        final byte[] bytes = new byte[claimedLength];
        claimed.getBytes(GUARD_LENGTH, bytes);
        claimed.setMemory(0, claimed.capacity(), WIPED);
        claimedOf.send(serverId, claimedStream, bytes);
        claimedOf = null;
    }

    @Override
    public int messageLengthMax()
    {
        return messageLengthMax;
    }

    @Override
    public void close(final long to)
    {
        Invariant.check(claimedOf == null, "close during a claim");
        final SimulatedLink link = find(to);

        if (link != null)
        {
            link.close(serverId);
        }
    }

    private int deliverNews(final PeerHandler handler)
    {
        int work = 0;

        for (final SimulatedLink link : links)
        {
            final LinkSide side = link.side(serverId);

            if (side.isEndDue(network.nowNs()))
            {
                final long generation = side.generation;
                side.generation = 0;
                final var why = side.end;
                side.end = null;
                side.clear();
                handler.onLinkDown(side.peerId, generation, why);
                work++;
            }

            if (side.isBeginDue(network.nowNs()))
            {
                side.generation = side.nextGeneration;
                side.nextGeneration = 0;
                handler.onLinkUp(side.peerId, side.generation);
                work++;
            }
        }

        return work;
    }

    private int deliver(final PeerHandler handler, final PeerStream stream, final int limit)
    {
        int count = 0;

        for (final SimulatedLink link : links)
        {
            count += deliver(handler, link, stream, limit - count);
        }

        return count;
    }

    private int deliver(final PeerHandler handler, final SimulatedLink link, final PeerStream stream, final int limit)
    {
        final LinkSide side = link.side(serverId);
        final Channel channel = side.inbound(stream);
        int count = 0;

        while (side.isUsable() && channel.arrived(network.nowNs()) != null)
        {
            if (count == limit || !offer(handler, side, stream, channel.arrived(network.nowNs()).bytes))
            {
                isDrained &= stream != PeerStream.LIVE;
                break;
            }

            count++;

            if (side.isUsable())
            {
                channel.consume(link.isStreamOpen(serverId));
            }
        }

        return count;
    }

    private boolean offer(final PeerHandler handler, final LinkSide side, final PeerStream stream, final byte[] bytes)
    {
        final int offset = GUARD_LENGTH * network.drawUpTo(SHORT_LIMIT);
        message.wrap(new byte[offset + bytes.length]);
        message.putBytes(offset, bytes);
        final boolean isTaken = handler.onMessage(side.peerId, stream, message, offset, bytes.length);
        message.setMemory(0, message.capacity(), WIPED);

        return isTaken;
    }

    private SimulatedLink find(final long peerId)
    {
        for (final SimulatedLink link : links)
        {
            if (link.side(serverId).peerId == peerId)
            {
                return link;
            }
        }

        return null;
    }
}
