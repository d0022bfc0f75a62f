/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The socket of one client and its two buffers. Replies wait in the order of their requests:
 *
 * <pre>
 *   | sent | released: may go out | forcing: group under way | collecting: next group | free |
 *        start               released                    forced                      end
 * </pre>
 */
final class NothingConnection
{
    private static final int BUFFER_LENGTH_MIN = 256 * 1024;
    /** Room for the rest of a request beside its payload, path included. */
    private static final int REST_LENGTH_MAX = 4 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in;
    private final UnsafeBuffer inBuffer;
    private ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_LENGTH_MIN);
    private final UnsafeBuffer outBuffer = new UnsafeBuffer(out);
    private int inLimit;
    private int start;
    private int released;
    private int forced;
    private int end;
    private boolean inCollecting;
    private boolean inForcing;
    private boolean connected;
    private boolean closing;
    private boolean stalled;
    private boolean open = true;

    /** Creates a connection that takes requests with two payloads of the given length, such as a multi of two. */
    NothingConnection(final SocketChannel channel, final SelectionKey key, final int payloadLength)
    {
        this.channel = channel;
        this.key = key;
        in = ByteBuffer.allocateDirect(Math.max(BUFFER_LENGTH_MIN, 2 * (REST_LENGTH_MAX + payloadLength)));
        inBuffer = new UnsafeBuffer(in);
    }

    /** Reads once. Returns false when the client has closed the connection. */
    boolean read() throws IOException
    {
        in.limit(in.capacity()).position(inLimit);
        final int length = channel.read(in);
        inLimit += Math.max(0, length);
        return length >= 0;
    }

    UnsafeBuffer in()
    {
        return inBuffer;
    }

    int inLimit()
    {
        return inLimit;
    }

    int inCapacity()
    {
        return in.capacity();
    }

    /** Discards received bytes before an offset. */
    void consume(final int offset)
    {
        final int rest = inLimit - offset;
        if (rest > 0 && offset > 0)
        {
            inBuffer.putBytes(0, inBuffer, offset, rest);
        }
        inLimit = rest;
    }

    UnsafeBuffer out()
    {
        return outBuffer;
    }

    int end()
    {
        return end;
    }

    /** Returns the bytes of replies that wait for the disk or for the socket. */
    int unsent()
    {
        return end - start;
    }

    /** Whether there is room for {@code length} bytes at the end. Makes room if possible. */
    boolean hasRoom(final int length)
    {
        if (out.capacity() - end >= length)
        {
            return true;
        }
        if (start > 0)
        {
            outBuffer.putBytes(0, outBuffer, start, end - start);
            released -= start;
            forced -= start;
            end -= start;
            start = 0;
        }
        if (end == 0 && out.capacity() < length)
        {
            out = ByteBuffer.allocateDirect(length);
            outBuffer.wrap(out);
        }

        return out.capacity() - end >= length;
    }

    /**
     * Appends a reply that was written at {@link #end()}. If the connection waits for a group, the reply waits as well.
     */
    void append(final int length, final boolean write)
    {
        end += length;
        inCollecting |= write;
        if (!inCollecting && !inForcing)
        {
            released = end;
        }
    }

    boolean onGroupBegun()
    {
        if (inCollecting)
        {
            forced = end;
            inCollecting = false;
            inForcing = true;
        }

        return inForcing;
    }

    boolean onGroupForced()
    {
        final boolean waited = inForcing;
        if (waited)
        {
            inForcing = false;
            released = inCollecting ? forced : end;
        }

        return waited;
    }

    /** Sends as much of the released replies as the socket takes. */
    void flush() throws IOException
    {
        if (start < released)
        {
            out.limit(released).position(start);
            start += channel.write(out);
        }
        if (start == end)
        {
            start = 0;
            released = 0;
            forced = 0;
            end = 0;
        }
        if (closing && end == 0)
        {
            close();
        }
        else
        {
            interest((stalled ? 0 : SelectionKey.OP_READ) | (start < released ? SelectionKey.OP_WRITE : 0));
        }
    }

    /**
     * Sets the operations that the selector waits for. They do not include reads of a stalled connection, because the
     * selector would return at once each time.
     */
    private void interest(final int wanted)
    {
        if (key.interestOps() != wanted)
        {
            key.interestOps(wanted);
        }
    }

    boolean isConnected()
    {
        return connected;
    }

    void onConnected()
    {
        connected = true;
    }

    void closeWhenFlushed()
    {
        closing = true;
    }

    boolean isClosing()
    {
        return closing;
    }

    boolean isStalled()
    {
        return stalled;
    }

    void stalled(final boolean now)
    {
        stalled = now;
    }

    boolean isOpen()
    {
        return open;
    }

    void close()
    {
        open = false;
        CloseHelper.quietClose(channel);
    }
}
