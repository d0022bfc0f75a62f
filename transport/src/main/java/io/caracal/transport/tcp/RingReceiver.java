/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientPort;
import io.caracal.transport.CloseReason;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

/** Takes what the engine sent through the ring and applies it to the gateway. Belongs to the gateway's thread. */
final class RingReceiver implements MessageHandler
{
    /** Maximum of messages that one cycle takes. */
    static final int MESSAGES_MAX = 8192;

    private final GatewayLink link;
    private final TcpGateway gateway;
    private final Runnable engineWakeup;
    private long largeId;
    private int largeTotal;
    private long largeHandedOverNs;
    private Block large;

    RingReceiver(final GatewayLink link, final TcpGateway gateway, final Runnable engineWakeup)
    {
        this.link = link;
        this.gateway = gateway;
        this.engineWakeup = engineWakeup;
    }

    int doWork()
    {
        final long before = link.toGateway.consumerPosition();
        final int messages = link.toGateway.read(this, MESSAGES_MAX);

        if (before != link.toGateway.consumerPosition() && link.isEngineStarved.getAndSet(false))
        {
            engineWakeup.run();
        }

        // A read ends where the ring wraps around, possibly without a message. What lies behind that place is work as
        // well.
        return messages > 0 || link.toGateway.size() == 0 ? messages : 1;
    }

    /** Takes all that is there, including what lies behind the place where the ring wraps around. */
    void takeRest()
    {
        long before;

        do
        {
            before = link.toGateway.consumerPosition();
            link.toGateway.read(this);
        }
        while (before != link.toGateway.consumerPosition());
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final long connectionId = buffer.getLong(index + RingMessage.ID_OFFSET);

        switch (type)
        {
            case RingMessage.FRAME -> onFrame(connectionId, buffer, index + RingMessage.PAYLOAD_OFFSET,
                length - RingMessage.PAYLOAD_OFFSET, buffer.getLong(index + RingMessage.HANDED_OVER_OFFSET));
            case RingMessage.FRAME_HEAD -> {
                onLarge(connectionId, buffer.getInt(index + RingMessage.TOTAL_OFFSET),
                    buffer.getLong(index + RingMessage.HANDED_OVER_OFFSET));
                onPiece(buffer, index + RingMessage.HEAD_PAYLOAD_OFFSET, length - RingMessage.HEAD_PAYLOAD_OFFSET);
            }
            case RingMessage.FRAME_PART -> onPiece(buffer, index + RingMessage.PAYLOAD_OFFSET,
                length - RingMessage.PAYLOAD_OFFSET);
            case RingMessage.CLOSE -> gateway.close(connectionId);
            case RingMessage.ABORT -> onAbort(connectionId);
            case RingMessage.HOLD -> gateway.hold(connectionId);
            case RingMessage.RELEASE -> gateway.release(connectionId);
            default -> throw new IllegalStateException("unknown message to a gateway");
        }
    }

    void close()
    {
        dropLarge();
    }

    private void onFrame(final long connectionId, final MutableDirectBuffer buffer, final int offset, final int length,
        final long handedOverNs)
    {
        final int at = gateway.claim(connectionId, length);

        if (at != ClientPort.CLOSED)
        {
            gateway.claimed().putBytes(at, buffer, offset, length);
            gateway.commit(handedOverNs);
        }
    }

    private void onAbort(final long connectionId)
    {
        final Connection connection = gateway.find(connectionId);

        if (connection != null)
        {
            gateway.end(connection, CloseReason.NO_MEMORY);
        }
    }

    /** Begins a long frame. The pieces of a long frame follow each other, so there is only one such frame at a time. */
    private void onLarge(final long connectionId, final int total, final long handedOverNs)
    {
        dropLarge();
        final Connection connection = gateway.find(connectionId);

        if (connection != null && connection.state == ConnectionState.OPEN && gateway.hasRoom(connection, total))
        {
            largeId = connectionId;
            largeTotal = total;
            largeHandedOverNs = handedOverNs;
            large = gateway.tryTake(connection, total);

            if (large == null)
            {
                gateway.end(connection, CloseReason.NO_MEMORY);
            }
        }
    }

    private void onPiece(final MutableDirectBuffer buffer, final int offset, final int length)
    {
        if (large == null)
        {
            return;
        }

        large.buffer.putBytes(large.end, buffer, offset, length);
        large.end += length;

        if (large.end == largeTotal)
        {
            final Connection connection = gateway.find(largeId);

            if (connection != null && connection.state == ConnectionState.OPEN)
            {
                final Block whole = large;
                large = null;
                gateway.append(connection, whole, largeHandedOverNs);
            }

            dropLarge();
        }
    }

    private void dropLarge()
    {
        if (large != null)
        {
            gateway.pool().give(large);
            large = null;
        }
    }
}
