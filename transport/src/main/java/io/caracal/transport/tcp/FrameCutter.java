/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.CloseReason;
import io.caracal.transport.Words;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts frames out of the bytes that a connection sent and hands them over in place, or recognizes a four-letter word.
 */
final class FrameCutter
{
    static final int PREFIX_LENGTH = Integer.BYTES;

    private static final int STMK_LENGTH = PREFIX_LENGTH + Long.BYTES;

    private final Newcomers newcomers;
    private final Endings endings;
    private final Outbox outbox;
    private final WordCalls words;
    private final int frameLengthMax;

    FrameCutter(final Newcomers newcomers, final Endings endings, final Outbox outbox, final WordCalls words,
        final int frameLengthMax)
    {
        this.newcomers = newcomers;
        this.endings = endings;
        this.outbox = outbox;
        this.words = words;
        this.frameLengthMax = frameLengthMax;
    }

    /**
     * Hands over the whole frames between two offsets, and returns the offset of the first byte that was not handed
     * over.
     */
    int cut(final Connection connection, final UnsafeBuffer buffer, final int start, final int end,
        final ClientHandler handler)
    {
        int at = start;
        int ahead = start;

        while (connection.isReceiving() && end - at >= PREFIX_LENGTH)
        {
            final int length = buffer.getInt(at, ByteOrder.BIG_ENDIAN);

            if (connection.state == ConnectionState.FRESH && isWord(length))
            {
                return cutWord(connection, length, buffer, at, end);
            }

            if (length < 0 || length > frameLengthMax)
            {
                endings.onFrameLength(connection, length);
                return end;
            }

            if (at >= ahead && connection.state == ConnectionState.OPEN && end - at - PREFIX_LENGTH > length)
            {
                ahead = handler.lookAhead(buffer, at, end);
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
        if (connection.state == ConnectionState.FRESH)
        {
            newcomers.announce(connection, handler);

            if (connection.state != ConnectionState.OPEN)
            {
                return false;
            }
        }

        if (!handler.onFrame(connection.id, buffer, at + PREFIX_LENGTH, length, connection.arrivalNs))
        {
            connection.isRefused = true;
            return false;
        }

        outbox.judgeHighWater(connection);

        return true;
    }

    private static boolean isWord(final int bytes)
    {
        return Words.isKnown(bytes) || bytes == Words.TELNET_INTERRUPT;
    }

    private int cutWord(final Connection connection, final int word, final UnsafeBuffer buffer, final int at,
        final int end)
    {
        if (word == Words.TELNET_INTERRUPT)
        {
            endings.end(connection, CloseReason.TELNET_INTERRUPT);
            return end;
        }

        if (word != Words.STMK)
        {
            words.open(connection, word, 0);
            return end;
        }

        if (end - at < STMK_LENGTH)
        {
            return at;
        }

        words.open(connection, word, buffer.getLong(at + PREFIX_LENGTH, ByteOrder.BIG_ENDIAN));

        return end;
    }
}
