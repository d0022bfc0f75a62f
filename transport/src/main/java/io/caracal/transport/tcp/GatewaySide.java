/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientHandler;
import io.caracal.engine.port.ClientPort;
import io.caracal.transport.MemoryShare;
import io.caracal.transport.TransportContext;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The engine's side of one gateway and its connections. Reads the ring from the gateway, and keeps the frames that the
 * engine refused, so that a refused frame of one connection holds up no other connection. Belongs to the engine's
 * thread.
 */
final class GatewaySide implements ControlledMessageHandler
{
    /** Maximum of bytes of frames that one poll delivers from one gateway. */
    static final int POLL_BYTES_MAX = 1 << 20;

    /**
     * Keyed by id and not by slot, because a slot can be reused before the frames of its last connection are delivered.
     */
    private final Long2ObjectHashMap<RingConnection> byId = new Long2ObjectHashMap<>();
    private final LongArrayQueue resumed = new LongArrayQueue();
    private final LongArrayQueue ended = new LongArrayQueue();
    private final GatewayLink link;
    private final SelectIdle gatewayIdle;
    private final BlockPool pool;
    private final Parking parking;
    private final GatewayOutbox outbox;
    private final int parkedMax;
    private ClientHandler handler;
    private RingConnection delivering;
    private int bytesLeft;

    GatewaySide(final TransportContext context, final GatewayLink link, final MemoryShare memory,
        final SelectIdle gatewayIdle)
    {
        this.link = link;
        this.gatewayIdle = gatewayIdle;
        parkedMax = context.parkedMax();
        pool = new BlockPool(memory);
        parking = new Parking(pool);
        outbox = new GatewayOutbox(context, link, pool, memory, gatewayIdle);
    }

    int poll(final ClientHandler to)
    {
        handler = to;
        int workCount = deliverEnded();
        workCount += deliverResumed();

        if (takesFrames() && handler.takesMore())
        {
            bytesLeft = POLL_BYTES_MAX;
            final long before = link.toEngine.consumerPosition();
            workCount += link.toEngine.controlledRead(this);

            if (before != link.toEngine.consumerPosition() && link.isGatewayStarved.getAndSet(false))
            {
                gatewayIdle.wakeup();
            }
        }

        return workCount;
    }

    int claim(final long connectionId, final int length)
    {
        final RingConnection connection = byId.get(connectionId);

        if (connection == null || connection.isClosing)
        {
            return ClientPort.CLOSED;
        }

        final int at = outbox.claim(connectionId, length);

        if (at == GatewayOutbox.NO_ROOM)
        {
            giveUp(connection, RingMessage.ABORT);
            return ClientPort.CLOSED;
        }

        return at;
    }

    /** What goes to the gateway, for all of its connections. */
    GatewayOutbox outbox()
    {
        return outbox;
    }

    void resume(final long connectionId)
    {
        final RingConnection connection = byId.get(connectionId);

        if (connection != null && connection.isRefused)
        {
            connection.isRefused = false;
            resumed.addLong(connectionId);
        }
    }

    void close(final long connectionId)
    {
        final RingConnection connection = byId.get(connectionId);

        if (connection != null && !connection.isClosing)
        {
            giveUp(connection, RingMessage.CLOSE);
        }
    }

    boolean hasWork()
    {
        return outbox.hasWritten() || !resumed.isEmpty() || !ended.isEmpty() ||
            (takesFrames() && link.toEngine.size() > 0);
    }

    /**
     * Whether more may be read from the ring. Nothing is read while too much is parked. Nor is anything read while
     * replies to earlier requests find no room in the other ring, because only a bounded number of bytes may wait for
     * that room.
     */
    private boolean takesFrames()
    {
        return parking.bytes() <= parkedMax && !outbox.isBehind();
    }

    void release()
    {
        byId.values().forEach(parking::drop);
        byId.clear();
        outbox.close();
        pool.close();
        link.close();
    }

    @Override
    public Action onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final long connectionId = buffer.getLong(index + RingMessage.ID_OFFSET);

        if (type == RingMessage.CONNECT)
        {
            onConnect(connectionId, buffer, index);
            return Action.CONTINUE;
        }

        final RingConnection connection = byId.get(connectionId);

        if (connection != null)
        {
            dispatch(connection, type, buffer, index, length);
        }

        bytesLeft -= length;

        return bytesLeft > 0 && takesFrames() && handler.takesMore() ? Action.CONTINUE : Action.BREAK;
    }

    private void dispatch(final RingConnection connection, final int type, final DirectBuffer buffer, final int index,
        final int length)
    {
        switch (type)
        {
            case RingMessage.FRAME -> onFrame(connection, buffer, index + RingMessage.PAYLOAD_OFFSET,
                length - RingMessage.PAYLOAD_OFFSET, buffer.getLong(index + RingMessage.ARRIVAL_OFFSET));
            case RingMessage.FRAME_HEAD -> {
                onLarge(connection, buffer.getInt(index + RingMessage.TOTAL_OFFSET),
                    buffer.getLong(index + RingMessage.ARRIVAL_OFFSET));
                onPiece(connection, buffer, index + RingMessage.HEAD_PAYLOAD_OFFSET,
                    length - RingMessage.HEAD_PAYLOAD_OFFSET);
            }
            case RingMessage.FRAME_PART -> onPiece(connection, buffer, index + RingMessage.PAYLOAD_OFFSET,
                length - RingMessage.PAYLOAD_OFFSET);
            case RingMessage.DISCONNECT -> onDisconnect(connection);
            default -> throw new IllegalStateException("unknown message to the engine");
        }
    }

    private void onConnect(final long connectionId, final DirectBuffer buffer, final int index)
    {
        final byte[] address = new byte[buffer.getInt(index + RingMessage.ADDRESS_LENGTH_OFFSET)];
        buffer.getBytes(index + RingMessage.PAYLOAD_OFFSET, address);
        byId.put(connectionId, new RingConnection(connectionId, new UnsafeBuffer(address),
            buffer.getInt(index + RingMessage.PORT_OFFSET)));
    }

    private void onFrame(final RingConnection connection, final DirectBuffer buffer, final int offset,
        final int length, final long arrivalNs)
    {
        if (connection.isClosing)
        {
            return;
        }

        final boolean mustWait = connection.isRefused || connection.hasParked();

        if ((mustWait || !tryDeliver(connection, buffer, offset, length, arrivalNs)) && !connection.isClosing)
        {
            if (parking.tryPark(connection, buffer, offset, length, arrivalNs))
            {
                hold(connection);
            }
            else
            {
                giveUp(connection, RingMessage.ABORT);
            }
        }
    }

    private void onLarge(final RingConnection connection, final int length, final long arrivalNs)
    {
        if (!connection.isClosing && !parking.tryBeginLarge(connection, length, arrivalNs))
        {
            giveUp(connection, RingMessage.ABORT);
        }
    }

    private void onPiece(final RingConnection connection, final DirectBuffer buffer, final int offset, final int length)
    {
        if (connection.large != null && parking.addPiece(connection, buffer, offset, length))
        {
            final boolean mustWait = connection.isRefused || connection.hasParked();
            parking.parkLarge(connection);

            if (!mustWait)
            {
                deliverParked(connection);
            }
        }
    }

    private void onDisconnect(final RingConnection connection)
    {
        if (connection.hasParked() && !connection.isClosing)
        {
            connection.isEnding = true;
        }
        else
        {
            forget(connection);
        }
    }

    private int deliverEnded()
    {
        int workCount = 0;

        while (!ended.isEmpty())
        {
            final RingConnection connection = byId.get(ended.pollLong());

            if (connection != null)
            {
                forget(connection);
                workCount++;
            }
        }

        return workCount;
    }

    private int deliverResumed()
    {
        int workCount = 0;

        for (int i = resumed.size(); i > 0 && handler.takesMore(); i--)
        {
            final RingConnection connection = byId.get(resumed.pollLong());

            if (connection != null)
            {
                deliverParked(connection);
                workCount++;
            }
        }

        return workCount;
    }

    /**
     * Delivers parked frames until the engine refuses one, or takes no more in this poll. If frames are left, the
     * gateway is told to hold the connection; otherwise it is told to go on.
     */
    private void deliverParked(final RingConnection connection)
    {
        while (connection.hasParked() && !connection.isRefused && handler.takesMore())
        {
            final Block block = connection.firstParked;
            final UnsafeBuffer buffer = block.buffer;
            final int at = block.start;
            final boolean isTaken = tryDeliver(connection, buffer, at + Parking.FRAME_OFFSET,
                buffer.getInt(at + Parking.LENGTH_OFFSET), buffer.getLong(at + Parking.ARRIVAL_OFFSET));

            if (connection.isClosing)
            {
                parking.drop(connection);
            }
            else if (isTaken)
            {
                parking.removeFirst(connection);
            }
        }

        if (connection.hasParked())
        {
            hold(connection);
            goOnLater(connection);
        }
        else if (connection.isEnding)
        {
            forget(connection);
        }
        else if (connection.isHeld && !connection.isClosing)
        {
            connection.isHeld = false;
            outbox.command(connection.id, RingMessage.RELEASE);
        }
    }

    /** Schedules the rest for the next poll, unless the engine refused a frame. */
    private void goOnLater(final RingConnection connection)
    {
        if (!connection.isRefused)
        {
            resumed.addLong(connection.id);
        }
    }

    private boolean tryDeliver(final RingConnection connection, final DirectBuffer buffer, final int offset,
        final int length, final long arrivalNs)
    {
        delivering = connection;

        try
        {
            if (!connection.isAnnounced)
            {
                connection.isAnnounced = true;
                handler.onConnect(connection.id, connection.address, 0, connection.address.capacity(), connection.port);
            }

            if (connection.isClosing)
            {
                return false;
            }

            connection.isRefused = !handler.onFrame(connection.id, buffer, offset, length, arrivalNs);

            return !connection.isRefused;
        }
        finally
        {
            delivering = null;
        }
    }

    private void hold(final RingConnection connection)
    {
        if (!connection.isHeld)
        {
            connection.isHeld = true;
            outbox.command(connection.id, RingMessage.HOLD);
        }
    }

    /**
     * Stops delivering from a connection. Its end is told later: when the gateway reports it, or in the next poll if
     * the gateway has already done so.
     */
    private void giveUp(final RingConnection connection, final int command)
    {
        connection.isClosing = true;

        // A frame that is being delivered may lie among the parked ones. The method that delivers it then drops them.
        if (delivering != connection)
        {
            parking.drop(connection);
        }

        if (connection.isEnding)
        {
            ended.addLong(connection.id);
        }
        else
        {
            outbox.command(connection.id, command);
        }
    }

    private void forget(final RingConnection connection)
    {
        parking.drop(connection);
        byId.remove(connection.id);

        if (connection.isAnnounced)
        {
            handler.onDisconnect(connection.id);
        }
    }
}
