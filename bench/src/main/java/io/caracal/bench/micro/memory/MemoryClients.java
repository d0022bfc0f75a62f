/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteOrder;

import io.caracal.engine.port.ClientHandler;
import io.caracal.engine.port.ClientPort;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Perms;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client port with one client. All its requests arrive at the next poll. Of a reply it only checks that it is not an
 * error.
 */
public final class MemoryClients implements ClientPort
{
    private static final int CAPACITY = 1 << 16;
    private static final int PREFIX = 4;
    private static final int ERROR_OFFSET = PREFIX + 12;
    private static final int SESSION_TIMEOUT_MS = 40_000;
    private static final long CONNECTION = 1;
    private static final UnsafeBuffer ADDRESS = new UnsafeBuffer(new byte[]{ 127, 0, 0, 1 });
    private static final UnsafeBuffer WORLD = new UnsafeBuffer("world".getBytes(US_ASCII));
    private static final UnsafeBuffer ANYONE = new UnsafeBuffer("anyone".getBytes(US_ASCII));
    private static final UnsafeBuffer PASSWORD = new UnsafeBuffer(new byte[16]);

    private final UnsafeBuffer requests = new UnsafeBuffer(new byte[CAPACITY]);
    private final UnsafeBuffer reply = new UnsafeBuffer(new byte[CAPACITY]);
    private final JuteWriter writer = new JuteWriter();
    private int head;
    private int tail;
    private int xid;
    private long replies;
    private boolean isConnected;
    private boolean isRefused;
    private boolean hasSession;

    /** Requests a session. */
    public void connect()
    {
        writer.wrap(requests, tail + PREFIX);
        writer.writeInt(0).writeLong(0).writeInt(SESSION_TIMEOUT_MS).writeLong(0).writeRange(PASSWORD, 0,
            PASSWORD.capacity()).writeBool(false);
        end();
    }

    /**
     * Requests the payload of a znode.
     *
     * @param path of the znode, the whole buffer.
     */
    public void getData(final UnsafeBuffer path)
    {
        begin(OpCode.GET_DATA);
        writer.writeRange(path, 0, path.capacity()).writeBool(false);
        end();
    }

    /**
     * Requests to replace the payload of a znode.
     *
     * @param path    of the znode, the whole buffer.
     * @param payload the whole buffer.
     */
    public void setData(final UnsafeBuffer path, final UnsafeBuffer payload)
    {
        begin(OpCode.SET_DATA);
        writer.writeRange(path, 0, path.capacity()).writeRange(payload, 0, payload.capacity()).writeInt(-1);
        end();
    }

    /**
     * Requests to create a znode.
     *
     * @param path    of the znode, at the start of the buffer.
     * @param length  of the path.
     * @param payload the whole buffer.
     */
    public void create(final UnsafeBuffer path, final int length, final UnsafeBuffer payload)
    {
        begin(OpCode.CREATE);
        writer.writeRange(path, 0, length).writeRange(payload, 0, payload.capacity()).writeInt(1).writeInt(Perms.ALL)
            .writeRange(WORLD, 0, WORLD.capacity()).writeRange(ANYONE, 0, ANYONE.capacity()).writeInt(0);
        end();
    }

    private void begin(final int opCode)
    {
        writer.wrap(requests, tail + PREFIX);
        writer.writeInt(++xid).writeInt(opCode);
    }

    private void end()
    {
        requests.putInt(tail, writer.position() - tail - PREFIX, ByteOrder.BIG_ENDIAN);
        tail = writer.position();
    }

    /**
     * Discards the requests since the last poll.
     *
     * @return their length in bytes.
     */
    public int discard()
    {
        final int length = tail - head;
        head = 0;
        tail = 0;

        return length;
    }

    /**
     * Counts the replies so far, including that to the request for a session.
     *
     * @return a count.
     */
    public long replies()
    {
        return replies;
    }

    @Override
    public int poll(final ClientHandler handler)
    {
        if (!isConnected && tail > 0)
        {
            isConnected = true;
            handler.onConnect(CONNECTION, ADDRESS, 0, ADDRESS.capacity(), 1);
        }

        int work = 0;
        int ahead = head;
        while (head < tail && !isRefused)
        {
            if (head >= ahead)
            {
                ahead = handler.lookAhead(requests, head, tail);
            }
            final int length = requests.getInt(head, ByteOrder.BIG_ENDIAN);
            isRefused = !handler.onFrame(CONNECTION, requests, head + PREFIX, length, 0);
            if (!isRefused)
            {
                head += PREFIX + length;
                work++;
            }
        }
        if (head == tail)
        {
            head = 0;
            tail = 0;
        }

        return work;
    }

    @Override
    public int claim(final long connectionId, final int length)
    {
        return 0;
    }

    @Override
    public int claimLengthMax()
    {
        return CAPACITY;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return reply;
    }

    @Override
    public void commit()
    {
        if (hasSession && reply.getInt(ERROR_OFFSET, ByteOrder.BIG_ENDIAN) != 0)
        {
            throw new IllegalStateException("answered with error " + reply.getInt(ERROR_OFFSET, ByteOrder.BIG_ENDIAN));
        }

        hasSession = true;
        replies++;
    }

    @Override
    public void resume(final long connectionId)
    {
        isRefused = false;
    }

    @Override
    public void close(final long connectionId)
    {
        throw new IllegalStateException("the engine closes the connection");
    }

    @Override
    public int interestOps(final long connectionId)
    {
        return TO_READ;
    }
}
