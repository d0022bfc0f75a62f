/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Holds frames on their way to a socket, in the order in which they were written. */
final class SendBuffer
{
    private static final int LENGTH_MAX = 64 * 1024;

    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private final int frameLengthMax;
    private int start;
    private int end;

    SendBuffer(final int frameLengthMax, final int frames)
    {
        this.frameLengthMax = frameLengthMax;
        final long wanted = Math.min(LENGTH_MAX, (long)frameLengthMax * frames);
        bytes = ByteBuffer.allocateDirect((int)Math.max(2L * frameLengthMax, wanted));
        buffer = new UnsafeBuffer(bytes);
    }

    /** Whether there is room for the longest frame. Moves the unsent bytes to the start if that makes room. */
    boolean hasRoom()
    {
        if (buffer.capacity() - end >= frameLengthMax)
        {
            return true;
        }
        if (buffer.capacity() - (end - start) < frameLengthMax)
        {
            return false;
        }
        buffer.putBytes(0, buffer, start, end - start);
        end -= start;
        start = 0;
        return true;
    }

    /** Returns the buffer to write the next frame to, from {@link #end()} on. {@link #wrote} completes the frame. */
    MutableDirectBuffer buffer()
    {
        return buffer;
    }

    int end()
    {
        return end;
    }

    void wrote(final int length)
    {
        end += length;
    }

    boolean isEmpty()
    {
        return start == end;
    }

    void clear()
    {
        start = 0;
        end = 0;
    }

    /** Sends as much as the socket takes. */
    void send(final SocketChannel channel) throws IOException
    {
        bytes.limit(end).position(start);
        start += channel.write(bytes);
        if (start == end)
        {
            clear();
        }
    }
}
