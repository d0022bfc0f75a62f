/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client's socket and its two buffers. Replies wait in the order of their requests:
 *
 * <pre>
 *   | sent | released: may go out | forcing: group under way | collecting: next group | free |
 *        start               released                    forced                      end
 * </pre>
 */
final class NothingConnection
{
    private static final int BUFFER_LENGTH_MIN = 256 * 1024;
    /** Of a request beside its payload, path and all. */
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

    /** One that takes requests with two payloads of a length, as a multi of two has them. */
    NothingConnection(final SocketChannel channel, final SelectionKey key, final int payloadLength)
    {
        this.channel = channel;
        this.key = key;
        in = ByteBuffer.allocateDirect(Math.max(BUFFER_LENGTH_MIN, 2 * (REST_LENGTH_MAX + payloadLength)));
        inBuffer = new UnsafeBuffer(in);
    }

    /** Reads once; false when the client is gone. */
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

    /** Forgets what lies before an offset. */
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

    /** Bytes of replies that wait for the disk or for the socket. */
    int unsent()
    {
        return end - start;
    }

    /** Makes room at the end if it can. */
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

    /** A reply was written at {@link #end()}; it goes out with the collecting group when that or an earlier waits. */
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

    /** Sends what is released and the socket takes. */
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
     * Sets what the selector waits for. A stalled connection is not read from, because the selector would return at
     * once each time.
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
