/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.ClientHandler;
import io.caracal.engine.port.ClientPort;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The client port in memory. The same calls in the same order give the same deliveries. Buffers passed to a handler are
 * overwritten when its call returns, so that a test fails if a handler keeps one.
 */
public final class SimulatedClientPort implements ClientPort
{
    /** Number of bytes, up to a whole frame more, that one poll delivers from one connection. */
    public static final int BITE_LENGTH = 64 << 10;

    private static final int PREFIX_LENGTH = Integer.BYTES;
    private static final byte WIPED = (byte)0xa5;

    private final List<SimulatedConnection> connections = new ArrayList<>();
    private final Long2ObjectHashMap<SimulatedConnection> byId = new Long2ObjectHashMap<>();
    private final LongArrayList ends = new LongArrayList();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[0]);
    private final UnsafeBuffer claimed = new UnsafeBuffer(new byte[0]);
    private final int frameLengthMax;
    private final int outboundMax;
    private SimulatedConnection claimedBy;
    private int claimedLength;
    private long nextId = 1;
    private long nowNs;
    /**
     * Id of the connection with which the next poll begins. If that connection has gone, the next one takes its place.
     */
    private long firstId;

    /**
     * Creates a port without connections.
     *
     * @param frameLengthMax length of the longest frame that a client may send, in bytes without the prefix.
     * @param outboundMax    number of unsent bytes above which a connection is ended.
     */
    public SimulatedClientPort(final int frameLengthMax, final int outboundMax)
    {
        this.frameLengthMax = frameLengthMax;
        this.outboundMax = outboundMax;
    }

    /**
     * Sets the time at which frames are reported to have arrived.
     *
     * @param value monotonic nanoseconds.
     */
    public void nowNs(final long value)
    {
        nowNs = value;
    }

    /**
     * A client connects.
     *
     * @param address of the client, 4 or 16 bytes.
     * @param port    of the client.
     * @return the client's end of the connection.
     */
    public SimulatedClient connect(final byte[] address, final int port)
    {
        final SimulatedConnection connection = new SimulatedConnection(nextId++, address.clone(), port);
        connections.add(connection);
        byId.put(connection.id, connection);

        return new SimulatedClient(connection);
    }

    @Override
    public int poll(final ClientHandler handler)
    {
        int workCount = serveAll(handler);

        for (int i = 0; i < connections.size(); i++)
        {
            send(connections.get(i));
        }

        connections.removeIf(connection -> connection.isEnded);

        for (int i = 0; i < ends.size(); i++)
        {
            handler.onDisconnect(ends.getLong(i));
            workCount++;
        }

        ends.clear();

        return workCount;
    }

    @Override
    public int claim(final long connectionId, final int length)
    {
        Invariant.check(claimedBy == null, "claim during a claim");
        final SimulatedConnection connection = byId.get(connectionId);

        if (connection == null || connection.isClosing)
        {
            return CLOSED;
        }

        if (connection.unsent.size() + length > outboundMax)
        {
            send(connection);
        }

        if (connection.unsent.size() + length > outboundMax)
        {
            end(connection);
            return CLOSED;
        }

        claimedBy = connection;
        claimedLength = length;
        claimed.wrap(new byte[PREFIX_LENGTH + length + PREFIX_LENGTH]);

        return PREFIX_LENGTH;
    }

    @Override
    public int claimLengthMax()
    {
        return outboundMax;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claimed;
    }

    @Override
    public void commit()
    {
        Invariant.check(claimedBy != null, "commit without a claim");
        Invariant.check(claimed.getInt(0) == 0 && claimed.getInt(PREFIX_LENGTH + claimedLength) == 0,
            "written outside of the claim");
        claimedBy.unsent.add(claimed, PREFIX_LENGTH, claimedLength);
        claimedBy = null;
    }

    @Override
    public void resume(final long connectionId)
    {
        final SimulatedConnection connection = byId.get(connectionId);

        if (connection != null)
        {
            connection.isRefused = false;
        }
    }

    @Override
    public void close(final long connectionId)
    {
        final SimulatedConnection connection = byId.get(connectionId);

        if (connection != null)
        {
            connection.isClosing = true;
        }
    }

    @Override
    public int interestOps(final long connectionId)
    {
        final SimulatedConnection connection = byId.get(connectionId);

        if (connection == null)
        {
            return 0;
        }

        return (isDelivering(connection) ? TO_READ : 0) | (connection.unsent.size() > 0 && !connection.isReading ?
            TO_WRITE : 0);
    }

    /** Serves each connection once, beginning with the one at which the last poll stopped. */
    private int serveAll(final ClientHandler handler)
    {
        final int size = connections.size();
        final int first = indexFrom(firstId);
        int workCount = 0;
        firstId = 0;

        for (int i = 0; i < size && firstId == 0; i++)
        {
            final SimulatedConnection connection = connections.get((first + i) % size);

            if (handler.takesMore())
            {
                workCount += serve(connection, handler);
            }
            else
            {
                firstId = connection.id;
            }
        }

        return workCount;
    }

    /**
     * Index of the first connection whose id is not smaller than the given one. Connections are in the order of their
     * ids.
     */
    private int indexFrom(final long id)
    {
        int index = 0;

        while (index < connections.size() && connections.get(index).id < id)
        {
            index++;
        }

        return index;
    }

    private int serve(final SimulatedConnection connection, final ClientHandler handler)
    {
        int workCount = 0;
        int bytesLeft = BITE_LENGTH;

        while (bytesLeft > 0 && isDelivering(connection) && connection.inbound.size() >= PREFIX_LENGTH)
        {
            final int length = connection.inbound.view().getInt(connection.inbound.start(), ByteOrder.BIG_ENDIAN);

            if (length < 0 || length > frameLengthMax)
            {
                end(connection);
            }
            else if (connection.inbound.size() - PREFIX_LENGTH < length)
            {
                break;
            }
            else
            {
                deliver(connection, length, handler);
                bytesLeft -= PREFIX_LENGTH + length;
                workCount++;
            }
        }

        if (isDelivering(connection) && connection.isClientGone && !holdsFrame(connection))
        {
            end(connection);
        }

        return workCount;
    }

    private boolean holdsFrame(final SimulatedConnection connection)
    {
        return connection.inbound.size() >= PREFIX_LENGTH &&
            connection.inbound.size() - PREFIX_LENGTH >= connection.inbound.view().getInt(connection.inbound.start(),
                ByteOrder.BIG_ENDIAN);
    }

    private void deliver(final SimulatedConnection connection, final int length, final ClientHandler handler)
    {
        if (!connection.isAnnounced)
        {
            connection.isAnnounced = true;
            handler.onConnect(connection.id, connection.address, 0, connection.address.capacity(), connection.port);
        }

        if (!isDelivering(connection))
        {
            return;
        }

        final byte[] bytes = new byte[length];
        connection.inbound.view().getBytes(connection.inbound.start() + PREFIX_LENGTH, bytes);
        frame.wrap(bytes);
        final boolean isTaken = handler.onFrame(connection.id, frame, 0, length, nowNs);
        frame.setMemory(0, length, WIPED);

        if (isTaken)
        {
            connection.inbound.skip(PREFIX_LENGTH + length);
        }
        else
        {
            connection.isRefused = true;
        }
    }

    private void send(final SimulatedConnection connection)
    {
        if (connection.isEnded)
        {
            return;
        }

        if (connection.isReading && !connection.isClientGone)
        {
            connection.arrived.add(connection.unsent.view(), connection.unsent.start(), connection.unsent.size());
            connection.unsent.clear();
        }

        if (connection.isClosing && (connection.unsent.size() == 0 || connection.isClientGone))
        {
            end(connection);
        }
    }

    private void end(final SimulatedConnection connection)
    {
        if (!connection.isEnded)
        {
            connection.isEnded = true;
            connection.isClosing = true;
            byId.remove(connection.id);

            if (connection.isAnnounced)
            {
                ends.addLong(connection.id);
            }
        }
    }

    private static boolean isDelivering(final SimulatedConnection connection)
    {
        return !connection.isEnded && !connection.isClosing && !connection.isRefused;
    }
}
