/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers one request frame with a reply frame of the right shape and size, without garbage and without looking anything
 * up: every znode exists, has the same payload and a thousand children. Used by one thread.
 */
final class CannedReplies
{
    static final int CHILD_COUNT = 1000;
    static final int STAT_LENGTH = 68;

    private static final int HEADER_LENGTH = 16;
    private static final int REQUEST_HEADER_LENGTH = 8;
    private static final int UNIMPLEMENTED = -6;
    private static final int MARSHALLING_ERROR = -5;
    private static final int MULTI_HEADER_LENGTH = 9;

    private final UnsafeBuffer stat = new UnsafeBuffer(new byte[STAT_LENGTH]);
    private final UnsafeBuffer data;
    private final UnsafeBuffer children;
    private long zxid;
    private int replyLength;
    private boolean closes;

    CannedReplies(final int payloadLength, final long nowMs)
    {
        data = new UnsafeBuffer(new byte[4 + payloadLength]);
        data.putInt(0, payloadLength, BIG_ENDIAN);
        children = children();
        stat.putInt(52, payloadLength, BIG_ENDIAN);
        stat.putLong(16, nowMs, BIG_ENDIAN);
        stat.putLong(24, nowMs, BIG_ENDIAN);
    }

    private static UnsafeBuffer children()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4 + CHILD_COUNT * 14]);
        buffer.putInt(0, CHILD_COUNT, BIG_ENDIAN);
        for (int i = 0; i < CHILD_COUNT; i++)
        {
            buffer.putInt(4 + i * 14, 10, BIG_ENDIAN);
            buffer.putBytes(8 + i * 14, String.format("%010d", i).getBytes(US_ASCII));
        }

        return buffer;
    }

    /** Room that {@link #reply} needs for a request of some length. */
    int replyLengthMax(final int requestLength)
    {
        return 256 + Math.max(children.capacity(), data.capacity()) + STAT_LENGTH + 4 * requestLength;
    }

    /** Whether the connection ends after the last reply. */
    boolean closes()
    {
        return closes;
    }

    static boolean isWrite(final int opCode)
    {
        return opCode == 1 || opCode == 2 || opCode == 5 || opCode == 14 || opCode == 15;
    }

    /** Grants a session; returns the length of the frame. */
    int connect(
        final DirectBuffer request, final int offset, final int length, final MutableDirectBuffer out, final int index,
        final long sessionId)
    {
        final int timeoutMs = Math.max(4_000, Math.min(40_000, request.getInt(offset + 12, BIG_ENDIAN)));
        final boolean knowsReadOnly = length > 44;
        out.putInt(index, knowsReadOnly ? 37 : 36, BIG_ENDIAN);
        out.putInt(index + 4, 0, BIG_ENDIAN);
        out.putInt(index + 8, timeoutMs, BIG_ENDIAN);
        out.putLong(index + 12, sessionId, BIG_ENDIAN);
        out.putInt(index + 20, 16, BIG_ENDIAN);
        out.setMemory(index + 24, 17, (byte)0);
        return knowsReadOnly ? 41 : 40;
    }

    /** Answers a request; returns the length of the reply frame. */
    int reply(
        final DirectBuffer request, final int offset, final int length, final MutableDirectBuffer out, final int index)
    {
        final int xid = request.getInt(offset, BIG_ENDIAN);
        final int opCode = request.getInt(offset + 4, BIG_ENDIAN);
        final int body = offset + REQUEST_HEADER_LENGTH;
        replyLength = HEADER_LENGTH;
        closes = false;
        final int error = switch (opCode)
        {
            case 1 -> write(path(request, body, out, index));
            case 15 -> write(path(request, body, out, index) + stat(out, index));
            case 2 -> write(0);
            case 5 -> write(stat(out, index));
            case 14 -> write(multi(request, body, offset + length, out, index));
            case 3 -> stat(out, index);
            case 4 -> copy(data, out, index) + stat(out, index);
            case 8 -> copy(children, out, index);
            case 12 -> copy(children, out, index) + stat(out, index);
            case 9 -> path(request, body, out, index);
            case 11, 100, 101, 105 -> 0;
            case -11 -> close(0);
            default -> close(UNIMPLEMENTED);
        };
        out.putInt(index, replyLength, BIG_ENDIAN);
        out.putInt(index + 4, xid, BIG_ENDIAN);
        out.putLong(index + 8, zxid, BIG_ENDIAN);
        out.putInt(index + 16, error, BIG_ENDIAN);
        return 4 + replyLength;
    }

    private int write(final int error)
    {
        zxid++;
        return error;
    }

    private int close(final int error)
    {
        closes = true;
        return error;
    }

    private int path(final DirectBuffer request, final int body, final MutableDirectBuffer out, final int index)
    {
        final int length = 4 + Math.max(0, request.getInt(body, BIG_ENDIAN));
        out.putBytes(index + 4 + replyLength, request, body, length);
        replyLength += length;
        return 0;
    }

    private int stat(final MutableDirectBuffer out, final int index)
    {
        return copy(stat, out, index);
    }

    private int copy(final DirectBuffer source, final MutableDirectBuffer out, final int index)
    {
        out.putBytes(index + 4 + replyLength, source, 0, source.capacity());
        replyLength += source.capacity();
        return 0;
    }

    private int multi(
        final DirectBuffer request, final int body, final int end, final MutableDirectBuffer out, final int index)
    {
        int at = body;
        while (at + MULTI_HEADER_LENGTH <= end)
        {
            final int type = request.getInt(at, BIG_ENDIAN);
            final boolean done = 0 != request.getByte(at + 4);
            at += MULTI_HEADER_LENGTH;
            multiHeader(out, index, type, done);
            if (done)
            {
                return 0;
            }
            final int path = at;
            at = skip(request, at);
            switch (type)
            {
                case 1, 15 -> {
                    at = skipCreate(request, skip(request, at));
                    path(request, path, out, index);
                    if (type == 15)
                    {
                        stat(out, index);
                    }
                }
                case 5 -> {
                    at = skip(request, at) + 4;
                    stat(out, index);
                }
                case 2, 13 -> at += 4;
                default -> at = end;
            }
        }

        replyLength = HEADER_LENGTH;
        return MARSHALLING_ERROR;
    }

    private void multiHeader(final MutableDirectBuffer out, final int index, final int type, final boolean done)
    {
        final int at = index + 4 + replyLength;
        out.putInt(at, type, BIG_ENDIAN);
        out.putByte(at + 4, (byte)(done ? 1 : 0));
        out.putInt(at + 5, done ? -1 : 0, BIG_ENDIAN);
        replyLength += MULTI_HEADER_LENGTH;
    }

    private static int skip(final DirectBuffer request, final int at)
    {
        return at + 4 + Math.max(0, request.getInt(at, BIG_ENDIAN));
    }

    private static int skipCreate(final DirectBuffer request, final int aclAt)
    {
        final int count = request.getInt(aclAt, BIG_ENDIAN);
        int at = aclAt + 4;
        for (int i = 0; i < count; i++)
        {
            at = skip(request, skip(request, at + 4));
        }

        return at + 4;
    }
}
