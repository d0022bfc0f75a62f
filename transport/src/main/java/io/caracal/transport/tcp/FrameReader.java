/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import io.caracal.transport.TransportEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads sockets and has frames cut out of what arrives. One buffer serves all connections of a gateway: frames that lie
 * whole in it are handed over in place. Only what is left over, which is part of a frame or a refused frame, is copied
 * into a block of the connection. That block grows with the bytes that arrive, never with the length that a client
 * claims.
 */
final class FrameReader
{
    /** Maximum of bytes that one visit reads from a connection. */
    static final int BITE_LENGTH = 64 << 10;

    /**
     * A rest of up to this length is copied to the front of the common buffer, before the next bytes. If the rest is
     * longer, the next bytes are read into the block that holds it.
     */
    static final int REST_COPIED_MAX = 4 << 10;

    static final int RECEIVE_LENGTH = BITE_LENGTH + REST_COPIED_MAX;

    private final FrameCutter cutter;
    private final Endings endings;
    private final Shortage shortage;
    private final TransportEvents events;
    private final Block receive;
    private boolean isMoreLikely;

    FrameReader(final FrameCutter cutter, final Endings endings, final Shortage shortage, final TransportEvents events,
        final ByteBuffer receiveBytes)
    {
        this.cutter = cutter;
        this.endings = endings;
        this.shortage = shortage;
        this.events = events;
        receive = new Block(receiveBytes);
    }

    /** Whether the last visit probably left bytes in the socket. */
    boolean isMoreLikely()
    {
        return isMoreLikely;
    }

    ByteBuffer receiveBytes()
    {
        return receive.byteBuffer;
    }

    /**
     * Delivers what is left over from earlier, then reads once and delivers that. Returns the number of bytes handled.
     */
    int visit(final Connection connection, final ClientHandler handler, final long nowNs)
    {
        isMoreLikely = false;

        if (connection.state == ConnectionState.DRAINING)
        {
            return read(connection, receive.byteBuffer, 0, BITE_LENGTH);
        }

        connection.isVisited = true;
        int workBytes = 0;

        try
        {
            workBytes += deliverInbound(connection, handler);

            if (connection.isReceiving())
            {
                workBytes += receive(connection, handler, nowNs);
            }
        }
        finally
        {
            connection.isVisited = false;
        }

        if (connection.state != ConnectionState.FRESH && connection.state != ConnectionState.OPEN)
        {
            connection.dropInbound();
        }

        if (connection.state != ConnectionState.CLOSED)
        {
            connection.updateInterest();
        }

        return workBytes;
    }

    private int deliverInbound(final Connection connection, final ClientHandler handler)
    {
        final Block inbound = connection.inbound;

        if (inbound == null)
        {
            return 0;
        }

        final int at = cutter.cut(connection, inbound.buffer, inbound.start, inbound.end, handler);
        final int delivered = at - inbound.start;
        inbound.start = at;
        dropIfEmpty(connection);

        return delivered;
    }

    private int receive(final Connection connection, final ClientHandler handler, final long nowNs)
    {
        final int rest = connection.inbound == null ? 0 : connection.inbound.size();

        return rest <= REST_COPIED_MAX ?
            receiveCommon(connection, rest, handler, nowNs) : receiveOwn(connection, handler, nowNs);
    }

    private int receiveCommon(final Connection connection, final int rest, final ClientHandler handler,
        final long nowNs)
    {
        if (rest > 0)
        {
            receive.buffer.putBytes(0, connection.inbound.buffer, connection.inbound.start, rest);
        }

        final int received = read(connection, receive.byteBuffer, rest, BITE_LENGTH);

        if (received > 0)
        {
            connection.arrivalNs = nowNs;
            final int end = rest + received;
            keep(connection, cutter.cut(connection, receive.buffer, 0, end, handler), end);
        }

        return received;
    }

    private int receiveOwn(final Connection connection, final ClientHandler handler, final long nowNs)
    {
        if (connection.inbound.room() == 0 && !makeRoom(connection))
        {
            endings.end(connection, CloseReason.NO_MEMORY);
            return 0;
        }

        final Block inbound = connection.inbound;
        final int received = read(connection, inbound.byteBuffer, inbound.end, Math.min(inbound.room(), BITE_LENGTH));

        if (received > 0)
        {
            connection.arrivalNs = nowNs;
            inbound.end += received;
            deliverInbound(connection, handler);
        }

        return received;
    }

    private int read(final Connection connection, final ByteBuffer bytes, final int offset, final int length)
    {
        bytes.limit(offset + length).position(offset);
        final int received;

        try
        {
            received = connection.channel.read(bytes);
        }
        catch (final IOException ex)
        {
            endings.onBroken(connection);
            return 0;
        }

        if (received < 0)
        {
            endings.onEndOfStream(connection);
            return 0;
        }

        isMoreLikely = received == length;

        if (received > 0)
        {
            events.onReceived(received);
        }

        return received;
    }

    /** Moves what is left over in the common buffer into a block of the connection. */
    private void keep(final Connection connection, final int at, final int end)
    {
        if (connection.state != ConnectionState.FRESH && connection.state != ConnectionState.OPEN)
        {
            return;
        }

        final int left = end - at;

        if (connection.inbound != null && (left == 0 || connection.inbound.capacity < left))
        {
            connection.dropInbound();
        }

        if (left > 0)
        {
            if (connection.inbound == null)
            {
                connection.inbound = shortage.tryTake(connection, BufferPurpose.INBOUND,
                    roomFor(receive.buffer, at, left));
            }

            store(connection, at, left);
        }
    }

    private void store(final Connection connection, final int at, final int left)
    {
        final Block inbound = connection.inbound;

        if (inbound == null)
        {
            endings.end(connection, CloseReason.NO_MEMORY);
            return;
        }

        inbound.start = 0;
        inbound.end = left;
        inbound.buffer.putBytes(0, receive.buffer, at, left);
    }

    /**
     * Replaces a block that is full of one unfinished frame by one of twice its size, but not larger than the frame.
     */
    private boolean makeRoom(final Connection connection)
    {
        final Block old = connection.inbound;
        final int size = old.size();
        final Block block = shortage.tryTake(connection, BufferPurpose.INBOUND, roomFor(old.buffer, old.start, size));

        if (block == null)
        {
            return false;
        }

        block.buffer.putBytes(0, old.buffer, old.start, size);
        block.end = size;
        connection.replaceInbound(block);

        return true;
    }

    private static int roomFor(final UnsafeBuffer buffer, final int at, final int size)
    {
        if (size <= REST_COPIED_MAX)
        {
            return size;
        }

        final long whole = (long)FrameCutter.PREFIX_LENGTH + buffer.getInt(at, ByteOrder.BIG_ENDIAN);

        return whole <= size ? size : (int)Math.min(2L * size, whole);
    }

    private static void dropIfEmpty(final Connection connection)
    {
        if (connection.inbound != null && connection.inbound.size() == 0)
        {
            connection.dropInbound();
        }
    }
}
