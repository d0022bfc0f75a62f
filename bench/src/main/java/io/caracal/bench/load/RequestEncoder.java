/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SplittableRandom;

import io.caracal.engine.protocol.CreateMode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.ReplyLength;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes whole frames of the client protocol, length first, without garbage. Each method writes at an index and returns
 * the length of the frame. The caller makes sure that {@link #frameLengthMax()} bytes are free.
 */
final class RequestEncoder
{
    static final int PASSWORD_LENGTH = 16;

    private static final int ANY_VERSION = -1;
    private static final UnsafeBuffer SCHEME = new UnsafeBuffer("world".getBytes(US_ASCII));
    private static final UnsafeBuffer ID = new UnsafeBuffer("anyone".getBytes(US_ASCII));
    private static final int FIXED_LENGTH_MAX = 256;

    private final KeySpace space;
    private final UnsafeBuffer payload;
    private final UnsafeBuffer password = new UnsafeBuffer(new byte[PASSWORD_LENGTH]);
    private final JuteWriter writer = new JuteWriter();
    private int start;

    RequestEncoder(final KeySpace space, final int payloadLength, final long seed)
    {
        this.space = space;
        final byte[] bytes = new byte[payloadLength];
        new SplittableRandom(seed).nextBytes(bytes);
        payload = new UnsafeBuffer(bytes);
    }

    /** Returns the length of the longest frame, a multi of two setData. */
    int frameLengthMax()
    {
        return FIXED_LENGTH_MAX + 2 * (KeySpace.PATH_LENGTH_MAX + payload.capacity());
    }

    int connect(
        final MutableDirectBuffer target, final int at, final long lastZxid, final int timeoutMs, final long sessionId,
        final byte[] secret)
    {
        password.putBytes(0, secret);
        begin(target, at);
        writer.writeInt(0);
        writer.writeLong(lastZxid);
        writer.writeInt(timeoutMs);
        writer.writeLong(sessionId);
        put(password);
        writer.writeBool(false);
        return end();
    }

    /** Writes a request that consists only of its header. */
    int bare(final MutableDirectBuffer target, final int at, final int xid, final int opCode)
    {
        header(target, at, xid, opCode);
        return end();
    }

    int getData(final MutableDirectBuffer target, final int at, final int xid, final long key, final boolean watch)
    {
        return read(target, at, xid, OpCode.GET_DATA, key, watch);
    }

    int exists(final MutableDirectBuffer target, final int at, final int xid, final long key)
    {
        return read(target, at, xid, OpCode.EXISTS, key, false);
    }

    int children(final MutableDirectBuffer target, final int at, final int xid, final long key)
    {
        header(target, at, xid, OpCode.GET_CHILDREN2);
        endPath(space.putGroup(target, pathIndex(), key / KeySpace.GROUP_LENGTH));
        writer.writeBool(false);
        return end();
    }

    int setData(final MutableDirectBuffer target, final int at, final int xid, final long key)
    {
        header(target, at, xid, OpCode.SET_DATA);
        putSetData(key);
        return end();
    }

    int multi(final MutableDirectBuffer target, final int at, final int xid, final long firstKey, final long secondKey)
    {
        header(target, at, xid, OpCode.MULTI);
        putMultiHeader(OpCode.SET_DATA, false);
        putSetData(firstKey);
        putMultiHeader(OpCode.SET_DATA, false);
        putSetData(secondKey);
        putMultiHeader(OpCode.ERROR, true);
        return end();
    }

    int createBase(final MutableDirectBuffer target, final int at, final int xid, final long number)
    {
        header(target, at, xid, OpCode.CREATE);
        endPath(space.putBase(target, pathIndex(), number));
        writer.writeInt(0);
        return endCreate(CreateMode.PERSISTENT);
    }

    int createGroup(final MutableDirectBuffer target, final int at, final int xid, final long group)
    {
        header(target, at, xid, OpCode.CREATE);
        endPath(space.putGroup(target, pathIndex(), group));
        writer.writeInt(0);
        return endCreate(CreateMode.PERSISTENT);
    }

    int createKey(final MutableDirectBuffer target, final int at, final int xid, final long key)
    {
        header(target, at, xid, OpCode.CREATE);
        endPath(space.putKey(target, pathIndex(), key));
        put(payload);
        return endCreate(CreateMode.PERSISTENT);
    }

    int createFresh(
        final MutableDirectBuffer target, final int at, final int xid, final long sessionId, final long counter,
        final boolean ephemeral)
    {
        header(target, at, xid, OpCode.CREATE);
        endPath(space.putFresh(target, pathIndex(), sessionId, counter));
        put(payload);
        return endCreate(ephemeral ? CreateMode.EPHEMERAL : CreateMode.PERSISTENT);
    }

    int deleteFresh(
        final MutableDirectBuffer target, final int at, final int xid, final long sessionId, final long counter)
    {
        header(target, at, xid, OpCode.DELETE);
        endPath(space.putFresh(target, pathIndex(), sessionId, counter));
        writer.writeInt(ANY_VERSION);
        return end();
    }

    private int read(
        final MutableDirectBuffer target, final int at, final int xid, final int opCode, final long key,
        final boolean watch)
    {
        header(target, at, xid, opCode);
        endPath(space.putKey(target, pathIndex(), key));
        writer.writeBool(watch);
        return end();
    }

    private void putSetData(final long key)
    {
        endPath(space.putKey(writer.buffer(), pathIndex(), key));
        put(payload);
        writer.writeInt(ANY_VERSION);
    }

    private void putMultiHeader(final int type, final boolean done)
    {
        writer.writeInt(type);
        writer.writeBool(done);
        writer.writeInt(-1);
    }

    private int endCreate(final int flags)
    {
        writer.writeInt(1);
        writer.writeInt(Perms.ALL);
        put(SCHEME);
        put(ID);
        writer.writeInt(flags);
        return end();
    }

    private void begin(final MutableDirectBuffer target, final int at)
    {
        start = at;
        writer.wrap(target, at);
        writer.reserve(ReplyLength.PREFIX);
    }

    private void header(final MutableDirectBuffer target, final int at, final int xid, final int opCode)
    {
        begin(target, at);
        writer.writeInt(xid).writeInt(opCode);
    }

    private int end()
    {
        final int length = writer.position() - start;
        writer.buffer().putInt(start, length - ReplyLength.PREFIX, BIG_ENDIAN);
        return length;
    }

    /** Returns where a path is to be written: in its final place, after its length, which is filled in later. */
    private int pathIndex()
    {
        return writer.position() + Integer.BYTES;
    }

    private void endPath(final int length)
    {
        writer.writeInt(length).reserve(length);
    }

    private void put(final UnsafeBuffer bytes)
    {
        writer.writeRange(bytes, 0, bytes.capacity());
    }
}
