/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.atomic.AtomicLong;

import org.agrona.DirectBuffer;

/**
 * Splits the bytes of a connection into frames, answers each, and hands writes to the group. Used by the loop's thread.
 */
final class NothingInbox
{
    private static final int WORD_SRVR = 0x73727672;
    private static final int WORD_RUOK = 0x72756f6b;
    private static final int FRAME_LENGTH_MIN = 8;
    private static final int CONNECT_LENGTH_MIN = 44;

    private final CannedReplies replies;
    private final GroupForce group;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong forces = new AtomicLong();
    private long nextSessionId = 0x0100000000000001L;

    /** Creates an inbox. Without a group (null), writes are answered like reads. */
    NothingInbox(final CannedReplies replies, final GroupForce group)
    {
        this.replies = replies;
        this.group = group;
    }

    long reads()
    {
        return reads.get();
    }

    long writes()
    {
        return writes.get();
    }

    long forces()
    {
        return forces.get();
    }

    void onForce()
    {
        forces.lazySet(forces.get() + 1);
    }

    /** Answers all complete frames for which there is room. If there is not room for all, the connection is stalled. */
    void answer(final NothingConnection connection)
    {
        final DirectBuffer in = connection.in();
        final int limit = connection.inLimit();
        int offset = 0;
        connection.stalled(false);
        while (limit - offset >= 4 && !connection.isClosing())
        {
            final int length = in.getInt(offset, BIG_ENDIAN);
            if (!connection.isConnected() && isWord(length))
            {
                word(connection, length);
                offset += 4;
                break;
            }
            if (length < FRAME_LENGTH_MIN || length > connection.inCapacity() - 4)
            {
                connection.close();
                return;
            }
            if (limit - offset - 4 < length)
            {
                break;
            }
            if (!answerFrame(connection, in, offset + 4, length))
            {
                connection.stalled(connection.isOpen());
                break;
            }
            offset += 4 + length;
        }
        connection.consume(offset);
    }

    private boolean answerFrame(
        final NothingConnection connection, final DirectBuffer in, final int offset, final int length)
    {
        final boolean connects = !connection.isConnected();
        if (connects && length < CONNECT_LENGTH_MIN)
        {
            connection.close();
            return false;
        }

        final boolean write = connects || CannedReplies.isWrite(in.getInt(offset + 4, BIG_ENDIAN));
        if (!connection.hasRoom(replies.replyLengthMax(length)) ||
            (write && group != null && !group.append(in, offset, length)))
        {
            return false;
        }

        final int at = connection.end();
        final int replyLength = connects ? replies.connect(in, offset, length, connection.out(), at, nextSessionId++) :
            replies.reply(in, offset, length, connection.out(), at);
        connection.append(replyLength, write && group != null);
        connection.onConnected();
        if (!connects && replies.closes())
        {
            connection.closeWhenFlushed();
        }
        final AtomicLong count = write ? writes : reads;
        count.lazySet(count.get() + 1);
        return true;
    }

    private static boolean isWord(final int word)
    {
        return word == WORD_SRVR || word == WORD_RUOK;
    }

    private void word(final NothingConnection connection, final int word)
    {
        final String text = word == WORD_RUOK ? "imok" : "Caracal do-nothing server\nReads: " + reads() + "\nWrites: " +
            writes() + "\nForces: " + forces() +
            "\nMode: nothing\n";
        final byte[] bytes = text.getBytes(US_ASCII);
        if (connection.hasRoom(bytes.length))
        {
            connection.out().putBytes(connection.end(), bytes);
            connection.append(bytes.length, false);
        }
        connection.closeWhenFlushed();
    }
}
