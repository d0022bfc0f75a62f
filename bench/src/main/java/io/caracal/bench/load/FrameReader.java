/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads length-prefixed frames from a socket. Of a frame longer than {@link #VIEW_LENGTH_MAX}, only the first bytes are
 * handed out, as soon as they have arrived, and the rest is skipped: a load generator looks only at the head of
 * replies.
 */
final class FrameReader
{
    static final int VIEW_LENGTH_MAX = 8 * 1024;
    private static final int CAPACITY_MIN = 16 * 1024;
    private static final int CAPACITY_MAX = 256 * 1024;
    private static final int REPLY_LENGTH_EXPECTED = 1024;

    /** Receives frames. */
    interface FrameHandler
    {
        /**
         * Handles one frame. The buffer is valid only during the call.
         *
         * @param buffer that holds it.
         * @param offset of the first byte after the length.
         * @param length of what is handed out, at most {@link #VIEW_LENGTH_MAX}.
         * @return false to stop, because the connection is no longer usable.
         */
        boolean onFrame(DirectBuffer buffer, int offset, int length);
    }

    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private int limit;
    private long skip;

    FrameReader(final int inFlight)
    {
        final int wanted = Math.min(CAPACITY_MAX / REPLY_LENGTH_EXPECTED, inFlight) * REPLY_LENGTH_EXPECTED;
        bytes = ByteBuffer.allocateDirect(Math.max(CAPACITY_MIN, wanted));
        buffer = new UnsafeBuffer(bytes);
    }

    void reset()
    {
        limit = 0;
        skip = 0;
    }

    /** Reads once and returns what the channel returned. */
    int read(final SocketChannel channel) throws IOException
    {
        bytes.limit(bytes.capacity()).position(limit);
        final int length = channel.read(bytes);
        if (length > 0)
        {
            limit += length;
        }

        return length;
    }

    boolean wasFilled()
    {
        return limit == bytes.capacity();
    }

    /** Hands out all frames that have arrived. Returns false when the handler stopped or a length is malformed. */
    boolean drain(final FrameHandler handler)
    {
        int offset = 0;
        boolean goesOn = true;
        while (goesOn)
        {
            final int skipped = (int)Math.min(skip, limit - offset);
            skip -= skipped;
            offset += skipped;
            if (limit - offset < 4)
            {
                break;
            }
            final int frameLength = buffer.getInt(offset, BIG_ENDIAN);
            if (frameLength < 0)
            {
                return false;
            }
            final int viewLength = Math.min(frameLength, VIEW_LENGTH_MAX);
            if (limit - offset - 4 < viewLength)
            {
                break;
            }
            goesOn = handler.onFrame(buffer, offset + 4, viewLength);
            offset += 4 + viewLength;
            skip = (long)frameLength - viewLength;
        }

        compact(offset);
        return goesOn;
    }

    private void compact(final int offset)
    {
        final int rest = limit - offset;
        if (rest > 0 && offset > 0)
        {
            buffer.putBytes(0, buffer, offset, rest);
        }
        limit = rest;
    }
}
