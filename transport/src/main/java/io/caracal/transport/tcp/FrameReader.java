/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import io.caracal.transport.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads sockets and cuts frames out of what arrives. One buffer serves all connections of a gateway: frames that lie
 * whole in it are handed over where they lie. Only what is left over - part of a frame, or a frame that was refused -
 * is copied into a block of the connection, which grows with the bytes that arrive and never with the length that a
 * client claims.
 */
final class FrameReader
{
    /** Bytes that one visit reads from a connection. */
    static final int BITE_LENGTH = 64 << 10;

    /**
     * Up to here a rest is copied in front of the next bytes in the common buffer; a longer one is read on in place.
     */
    static final int REST_COPIED_MAX = 4 << 10;

    static final int RECEIVE_LENGTH = BITE_LENGTH + REST_COPIED_MAX;

    private static final int PREFIX_LENGTH = Integer.BYTES;
    private static final int STMK_LENGTH = PREFIX_LENGTH + Long.BYTES;

    private final TcpGateway gateway;
    private final int frameLengthMax;
    private final Block receive;
    private Connection visiting;
    private boolean isMoreLikely;

    FrameReader(final TcpGateway gateway, final int frameLengthMax, final ByteBuffer receiveBytes)
    {
        this.gateway = gateway;
        this.frameLengthMax = frameLengthMax;
        receive = new Block(receiveBytes);
    }

    /** Whose bytes are in use at this moment: its buffers must not be released. */
    boolean isVisiting(final Connection connection)
    {
        return visiting == connection;
    }

    /** Whether the visit that has just ended left bytes in the socket, as far as one can tell. */
    boolean isMoreLikely()
    {
        return isMoreLikely;
    }

    ByteBuffer receiveBytes()
    {
        return receive.byteBuffer;
    }

    /** Delivers what is left over, then reads once and delivers that. Returns the bytes handled. */
    int visit(final Connection connection, final ClientHandler handler, final long nowNs)
    {
        isMoreLikely = false;

        if (ConnectionState.DRAINING == connection.state)
        {
            return read(connection, receive.byteBuffer, 0, BITE_LENGTH);
        }

        visiting = connection;
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
            visiting = null;
        }

        if (ConnectionState.FRESH != connection.state && ConnectionState.OPEN != connection.state)
        {
            connection.dropInbound();
        }

        if (ConnectionState.CLOSED != connection.state)
        {
            connection.updateInterest();
        }

        return workBytes;
    }

    private int deliverInbound(final Connection connection, final ClientHandler handler)
    {
        final Block inbound = connection.inbound;

        if (null == inbound)
        {
            return 0;
        }

        final int at = cut(connection, inbound.buffer, inbound.start, inbound.end, handler);
        final int delivered = at - inbound.start;
        inbound.start = at;
        dropIfEmpty(connection);

        return delivered;
    }

    private int receive(final Connection connection, final ClientHandler handler, final long nowNs)
    {
        final int rest = null == connection.inbound ? 0 : connection.inbound.size();

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
            keep(connection, cut(connection, receive.buffer, 0, end, handler), end);
        }

        return received;
    }

    private int receiveOwn(final Connection connection, final ClientHandler handler, final long nowNs)
    {
        if (0 == connection.inbound.room() && !makeRoom(connection))
        {
            gateway.end(connection, CloseReason.NO_MEMORY);
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
            gateway.endBroken(connection);
            return 0;
        }

        if (received < 0)
        {
            gateway.endOfStream(connection);
            return 0;
        }

        isMoreLikely = received == length;
        gateway.onReceived(received);

        return received;
    }

    /** Hands over the whole frames between two offsets and returns the offset of the first byte not handed over. */
    private int cut(final Connection connection, final UnsafeBuffer buffer, final int start, final int end,
        final ClientHandler handler)
    {
        int at = start;

        while (connection.isReceiving() && end - at >= PREFIX_LENGTH)
        {
            final int length = buffer.getInt(at, ByteOrder.BIG_ENDIAN);

            if (ConnectionState.FRESH == connection.state && isWord(length))
            {
                return cutWord(connection, length, buffer, at, end);
            }

            if (length < 0 || length > frameLengthMax)
            {
                gateway.end(connection, CloseReason.FRAME_LENGTH);
                return end;
            }

            if (end - at - PREFIX_LENGTH < length || !deliver(connection, handler, buffer, at, length))
            {
                break;
            }

            at += PREFIX_LENGTH + length;
        }

        return at;
    }

    private boolean deliver(final Connection connection, final ClientHandler handler, final UnsafeBuffer buffer,
        final int at, final int length)
    {
        if (ConnectionState.FRESH == connection.state)
        {
            gateway.announce(connection, handler);

            if (ConnectionState.OPEN != connection.state)
            {
                return false;
            }
        }

        if (!handler.onFrame(connection.id, buffer, at + PREFIX_LENGTH, length, connection.arrivalNs))
        {
            connection.isRefused = true;
            return false;
        }

        gateway.relieve(connection);

        return true;
    }

    private static boolean isWord(final int bytes)
    {
        return Words.isKnown(bytes) || Words.TELNET_INTERRUPT == bytes;
    }

    private int cutWord(final Connection connection, final int word, final UnsafeBuffer buffer, final int at,
        final int end)
    {
        if (Words.TELNET_INTERRUPT == word)
        {
            gateway.end(connection, CloseReason.TELNET_INTERRUPT);
            return end;
        }

        if (Words.STMK != word)
        {
            gateway.openWord(connection, word, 0);
            return end;
        }

        if (end - at < STMK_LENGTH)
        {
            return at;
        }

        gateway.openWord(connection, word, buffer.getLong(at + PREFIX_LENGTH, ByteOrder.BIG_ENDIAN));

        return end;
    }

    /** Moves what is left over in the common buffer into a block of the connection. */
    private void keep(final Connection connection, final int at, final int end)
    {
        if (ConnectionState.FRESH != connection.state && ConnectionState.OPEN != connection.state)
        {
            return;
        }

        final int left = end - at;

        if (null != connection.inbound && (0 == left || connection.inbound.capacity < left))
        {
            connection.dropInbound();
        }

        if (left > 0)
        {
            if (null == connection.inbound)
            {
                connection.inbound = gateway.pool().tryTake(BufferPurpose.INBOUND,
                    roomFor(receive.buffer, at, left));
            }

            store(connection, at, left);
        }
    }

    private void store(final Connection connection, final int at, final int left)
    {
        final Block inbound = connection.inbound;

        if (null == inbound)
        {
            gateway.end(connection, CloseReason.NO_MEMORY);
            return;
        }

        inbound.start = 0;
        inbound.end = left;
        inbound.buffer.putBytes(0, receive.buffer, at, left);
    }

    /** A block that is full of one unfinished frame gives way to one of twice its size, at most that of the frame. */
    private boolean makeRoom(final Connection connection)
    {
        final Block old = connection.inbound;
        final int size = old.size();
        final Block block = gateway.pool().tryTake(BufferPurpose.INBOUND, roomFor(old.buffer, old.start, size));

        if (null == block)
        {
            return false;
        }

        block.buffer.putBytes(0, old.buffer, old.start, size);
        block.end = size;
        connection.inbound = block;
        gateway.pool().give(old);

        return true;
    }

    private static int roomFor(final UnsafeBuffer buffer, final int at, final int size)
    {
        if (size <= REST_COPIED_MAX)
        {
            return size;
        }

        final long whole = (long)PREFIX_LENGTH + buffer.getInt(at, ByteOrder.BIG_ENDIAN);

        return whole <= size ? size : (int)Math.min(2L * size, whole);
    }

    private static void dropIfEmpty(final Connection connection)
    {
        if (null != connection.inbound && 0 == connection.inbound.size())
        {
            connection.dropInbound();
        }
    }
}
