/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientHandler;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Represents the engine towards a gateway: puts what the gateway hands over into the ring to the engine. If the ring is
 * full, a frame is refused. It then stays with its connection, whose socket is read no further. The waiting connections
 * go on, in order, when half of the ring is free again.
 */
final class RingForwarder implements ClientHandler
{
    private static final int NOTHING_SENT = 0;

    private final Long2ObjectHashMap<Introduction> introductions = new Long2ObjectHashMap<>();
    /** Holds no {@link #NOTHING_SENT}, which is the map's value for a missing key. */
    private final Long2LongHashMap sentByLargeFrame = new Long2LongHashMap(NOTHING_SENT);
    private final LongArrayQueue waiting = new LongArrayQueue();
    private final LongArrayQueue endsToTell = new LongArrayQueue();
    private final GatewayLink link;
    private final OneToOneRingBuffer ring;
    private final Runnable engineWakeup;
    private boolean hasWritten;

    RingForwarder(final GatewayLink link, final Runnable engineWakeup)
    {
        this.link = link;
        this.engineWakeup = engineWakeup;
        ring = link.toEngine;
    }

    @Override
    public void onConnect(final long connectionId, final DirectBuffer address, final int offset, final int length,
        final int port)
    {
        final byte[] bytes = new byte[length];
        address.getBytes(offset, bytes);
        introductions.put(connectionId, new Introduction(new UnsafeBuffer(bytes), port));
    }

    @Override
    public boolean onFrame(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
        final long arrivalNs)
    {
        if (tryForward(connectionId, buffer, offset, length, arrivalNs))
        {
            return true;
        }

        link.isGatewayStarved.set(true);

        // The engine may have made room before it could see the flag.
        if (tryForward(connectionId, buffer, offset, length, arrivalNs))
        {
            return true;
        }

        waiting.addLong(connectionId);

        return false;
    }

    @Override
    public void onDisconnect(final long connectionId)
    {
        if (introductions.remove(connectionId) == null)
        {
            endsToTell.addLong(connectionId);
        }

        sentByLargeFrame.remove(connectionId);
        tellEnds();
    }

    /** Tries again what found no room earlier. */
    int retry(final TcpGateway gateway)
    {
        int workCount = endsToTell.isEmpty() ? 0 : tellEnds();

        if (!waiting.isEmpty() && hasRoom())
        {
            for (int i = waiting.size(); i > 0; i--)
            {
                gateway.resume(waiting.pollLong());
                workCount++;
            }
        }

        return workCount;
    }

    /** Ends a cycle: wakes the engine once for all that was written in the cycle. */
    void wakeEngine()
    {
        if (hasWritten)
        {
            hasWritten = false;
            engineWakeup.run();
        }
    }

    private boolean hasRoom()
    {
        if (isHalfFree())
        {
            return true;
        }

        link.isGatewayStarved.set(true);

        return isHalfFree();
    }

    private boolean isHalfFree()
    {
        return ring.size() <= ring.capacity() / 2;
    }

    private int tellEnds()
    {
        int workCount = 0;

        while (!endsToTell.isEmpty() && tryEnd(endsToTell.peekLong()))
        {
            endsToTell.pollLong();
            workCount++;
        }

        return workCount;
    }

    private boolean tryEnd(final long connectionId)
    {
        int at = ring.tryClaim(RingMessage.DISCONNECT, RingMessage.PAYLOAD_OFFSET);

        if (at < 0)
        {
            link.isGatewayStarved.set(true);
            at = ring.tryClaim(RingMessage.DISCONNECT, RingMessage.PAYLOAD_OFFSET);
        }

        if (at < 0)
        {
            return false;
        }

        ring.buffer().putLong(at + RingMessage.ID_OFFSET, connectionId);
        commit(at);

        return true;
    }

    private boolean tryForward(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
        final long arrivalNs)
    {
        if (!introductions.isEmpty() && !tryIntroduce(connectionId))
        {
            return false;
        }

        return length + RingMessage.PAYLOAD_OFFSET <= ring.maxMsgLength() ?
            tryWhole(connectionId, buffer, offset, length, arrivalNs) :
            tryLarge(connectionId, buffer, offset, length, arrivalNs);
    }

    private boolean tryIntroduce(final long connectionId)
    {
        final Introduction introduction = introductions.get(connectionId);

        if (introduction == null)
        {
            return true;
        }

        final DirectBuffer address = introduction.address();
        final int at = ring.tryClaim(RingMessage.CONNECT, RingMessage.PAYLOAD_OFFSET + address.capacity());

        if (at < 0)
        {
            return false;
        }

        final AtomicBuffer out = ring.buffer();
        out.putLong(at + RingMessage.ID_OFFSET, connectionId);
        out.putInt(at + RingMessage.PORT_OFFSET, introduction.port());
        out.putInt(at + RingMessage.ADDRESS_LENGTH_OFFSET, address.capacity());
        out.putBytes(at + RingMessage.PAYLOAD_OFFSET, address, 0, address.capacity());
        commit(at);
        introductions.remove(connectionId);

        return true;
    }

    private boolean tryWhole(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
        final long arrivalNs)
    {
        final int at = ring.tryClaim(RingMessage.FRAME, RingMessage.PAYLOAD_OFFSET + length);

        if (at < 0)
        {
            return false;
        }

        final AtomicBuffer out = ring.buffer();
        out.putLong(at + RingMessage.ID_OFFSET, connectionId);
        out.putLong(at + RingMessage.ARRIVAL_OFFSET, arrivalNs);
        out.putBytes(at + RingMessage.PAYLOAD_OFFSET, buffer, offset, length);
        commit(at);

        return true;
    }

    /** Forwards a long frame in pieces. If the ring is full, the rest follows when the frame is offered again. */
    private boolean tryLarge(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
        final long arrivalNs)
    {
        int sent = (int)sentByLargeFrame.get(connectionId);

        while (sent < length)
        {
            final int piece = tryPiece(connectionId, buffer, offset, length, sent, arrivalNs);

            if (piece < 0)
            {
                remember(connectionId, sent);
                return false;
            }

            sent += piece;
        }

        sentByLargeFrame.remove(connectionId);

        return true;
    }

    private void remember(final long connectionId, final int sent)
    {
        if (sent != NOTHING_SENT)
        {
            sentByLargeFrame.put(connectionId, sent);
        }
    }

    private int tryPiece(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
        final int sent, final long arrivalNs)
    {
        final boolean isHead = sent == NOTHING_SENT;
        final int payloadOffset = isHead ? RingMessage.HEAD_PAYLOAD_OFFSET : RingMessage.PAYLOAD_OFFSET;
        final int piece = Math.min(length - sent, ring.maxMsgLength() - payloadOffset);
        final int at = ring.tryClaim(isHead ? RingMessage.FRAME_HEAD : RingMessage.FRAME_PART, payloadOffset + piece);

        if (at < 0)
        {
            return -1;
        }

        final AtomicBuffer out = ring.buffer();
        out.putLong(at + RingMessage.ID_OFFSET, connectionId);
        out.putLong(at + RingMessage.ARRIVAL_OFFSET, arrivalNs);

        if (isHead)
        {
            out.putInt(at + RingMessage.TOTAL_OFFSET, length);
        }

        out.putBytes(at + payloadOffset, buffer, offset + sent, piece);
        commit(at);

        return piece;
    }

    private void commit(final int at)
    {
        ring.commit(at);
        hasWritten = true;
    }

    /** The address of a connection that the engine does not know yet. */
    private record Introduction(DirectBuffer address, int port)
    {
    }
}
