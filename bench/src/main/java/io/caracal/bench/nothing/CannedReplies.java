/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.MultiRequestDecoder;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.protocol.StatEncoder;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers one request frame with a reply frame of the right shape and size, without garbage and without looking
 * anything up. Every znode exists, has the same payload, and has a thousand children. Used by one thread.
 */
final class CannedReplies
{
    static final int CHILD_COUNT = 1000;

    private static final int NAME_LENGTH = 10;
    private static final int REQUEST_HEADER_LENGTH = 8;
    private static final int CONNECT_SESSION_OFFSET = 16;
    private static final int CONNECT_TIMEOUT_OFFSET = 12;
    private static final int CONNECT_LENGTH_WITHOUT_READ_ONLY = 44;
    private static final int PASSWORD_LENGTH = 16;
    private static final int TIMEOUT_MS_MIN = 4_000;
    private static final int TIMEOUT_MS_MAX = 40_000;
    private static final int REPLY_FIXED_LENGTH_MAX = 256;

    private final UnsafeBuffer stat = new UnsafeBuffer(new byte[StatEncoder.LENGTH]);
    private final UnsafeBuffer password = new UnsafeBuffer(new byte[PASSWORD_LENGTH]);
    private final UnsafeBuffer data;
    private final UnsafeBuffer children;
    private final JuteWriter writer = new JuteWriter();
    private final MultiRequestDecoder multi = MultiRequestDecoder.ofWrites();
    private long zxid;
    private boolean closes;

    CannedReplies(final int payloadLength, final long nowMs)
    {
        data = new UnsafeBuffer(new byte[payloadLength]);
        children = children();
        new StatEncoder().wrap(stat, 0).times(nowMs, nowMs).sizes(payloadLength, 0);
    }

    private static UnsafeBuffer children()
    {
        final UnsafeBuffer names = new UnsafeBuffer(new byte[4 + CHILD_COUNT * (4 + NAME_LENGTH)]);
        final JuteWriter writer = new JuteWriter();
        writer.wrap(names, 0);
        writer.writeInt(CHILD_COUNT);
        for (int i = 0; i < CHILD_COUNT; i++)
        {
            final byte[] name = String.format(Locale.ROOT, "%010d", i).getBytes(US_ASCII);
            writer.writeRange(new UnsafeBuffer(name), 0, name.length);
        }

        return names;
    }

    /** Returns the room that {@link #reply} needs for a request of a given length. */
    int replyLengthMax(final int requestLength)
    {
        return REPLY_FIXED_LENGTH_MAX + Math.max(children.capacity(), data.capacity()) + 4 * requestLength;
    }

    /** Whether the connection ends after the last reply. */
    boolean closes()
    {
        return closes;
    }

    /** Whether a request must be on the disk before its reply. */
    static boolean isWrite(final int opCode)
    {
        return switch (opCode)
        {
            case OpCode.CREATE, OpCode.CREATE2, OpCode.DELETE, OpCode.SET_DATA, OpCode.MULTI -> true;
            default -> false;
        };
    }

    /** Grants a new session, or the requested one without checking it. Returns the length of the frame. */
    int connect(
        final DirectBuffer request, final int offset, final int length, final MutableDirectBuffer out, final int index,
        final long newSessionId)
    {
        final long wanted = request.getLong(offset + CONNECT_SESSION_OFFSET, BIG_ENDIAN);
        final long sessionId = wanted == 0 ? newSessionId : wanted;
        final int wantedMs = request.getInt(offset + CONNECT_TIMEOUT_OFFSET, BIG_ENDIAN);
        writer.wrap(out, index);
        writer.reserve(ReplyLength.PREFIX);
        writer.writeInt(0).writeInt(Math.max(TIMEOUT_MS_MIN, Math.min(TIMEOUT_MS_MAX, wantedMs))).writeLong(sessionId);
        writer.writeRange(password, 0, PASSWORD_LENGTH);
        if (length > CONNECT_LENGTH_WITHOUT_READ_ONLY)
        {
            writer.writeBool(false);
        }

        return endFrame(index);
    }

    /** Answers a request. Returns the length of the reply frame. */
    int reply(
        final DirectBuffer request, final int offset, final int length, final MutableDirectBuffer out, final int index)
    {
        final int xid = request.getInt(offset, BIG_ENDIAN);
        final int opCode = request.getInt(offset + 4, BIG_ENDIAN);
        zxid += isWrite(opCode) ? 1 : 0;
        closes = false;
        writer.wrap(out, index);
        writer.reserve(ReplyLength.PREFIX);
        writer.writeInt(xid).writeLong(zxid);
        final int errorIndex = writer.reserve(Integer.BYTES);
        final int error = body(request, opCode, offset + REQUEST_HEADER_LENGTH, length - REQUEST_HEADER_LENGTH);
        out.putInt(errorIndex, error, BIG_ENDIAN);
        return endFrame(index);
    }

    private int endFrame(final int index)
    {
        final int length = writer.position() - index;
        writer.buffer().putInt(index, length - ReplyLength.PREFIX, BIG_ENDIAN);
        return length;
    }

    private int body(final DirectBuffer request, final int opCode, final int offset, final int length)
    {
        return switch (opCode)
        {
            case OpCode.CREATE, OpCode.SYNC -> path(request, offset, length);
            case OpCode.CREATE2 -> path(request, offset, length) + raw(stat);
            case OpCode.SET_DATA, OpCode.EXISTS -> raw(stat);
            case OpCode.GET_DATA -> data() + raw(stat);
            case OpCode.GET_CHILDREN -> raw(children);
            case OpCode.GET_CHILDREN2 -> raw(children) + raw(stat);
            case OpCode.MULTI -> multi(request, offset, length);
            case OpCode.DELETE, OpCode.PING, OpCode.AUTH, OpCode.SET_WATCHES, OpCode.SET_WATCHES2 -> ErrorCode.OK;
            case OpCode.CLOSE_SESSION -> close(ErrorCode.OK);
            default -> close(ErrorCode.UNIMPLEMENTED);
        };
    }

    private int close(final int error)
    {
        closes = true;
        return error;
    }

    private int path(final DirectBuffer request, final int offset, final int length)
    {
        final int pathLength = length < Integer.BYTES ? -1 : request.getInt(offset, BIG_ENDIAN);
        if (pathLength < 0 || pathLength > length - Integer.BYTES)
        {
            return close(ErrorCode.MARSHALLING_ERROR);
        }

        writer.writeRange(request, offset + Integer.BYTES, pathLength);
        return ErrorCode.OK;
    }

    private int data()
    {
        writer.writeRange(data, 0, data.capacity());
        return ErrorCode.OK;
    }

    private int raw(final DirectBuffer bytes)
    {
        writer.writeRaw(bytes, 0, bytes.capacity());
        return ErrorCode.OK;
    }

    private int multi(final DirectBuffer request, final int offset, final int length)
    {
        if (!multi.wrap(request, offset, length))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        while (multi.next())
        {
            part(request, multi.opCode());
        }
        writer.writeInt(OpCode.ERROR).writeBool(true).writeInt(-1);
        return ErrorCode.OK;
    }

    private void part(final DirectBuffer request, final int opCode)
    {
        writer.writeInt(opCode).writeBool(false).writeInt(ErrorCode.OK);
        if (opCode == OpCode.CREATE || opCode == OpCode.CREATE2)
        {
            writer.writeRange(request, multi.create().pathOffset(), multi.create().pathLength());
        }
        if (opCode == OpCode.CREATE2 || opCode == OpCode.SET_DATA)
        {
            raw(stat);
        }
    }
}
