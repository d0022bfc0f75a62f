/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SplittableRandom;

import org.agrona.MutableDirectBuffer;

/**
 * Writes whole frames of the client protocol, length first, without garbage. Each method writes at an index and returns
 * the length of the frame; the caller sees to it that {@link #frameLengthMax()} bytes are free.
 */
final class RequestEncoder
{
    static final int OP_PING = 11;
    static final int OP_CLOSE_SESSION = -11;
    static final int PASSWORD_LENGTH = 16;
    static final int XID_PING = -2;

    private static final int OP_CREATE = 1;
    private static final int OP_DELETE = 2;
    private static final int OP_EXISTS = 3;
    private static final int OP_GET_DATA = 4;
    private static final int OP_SET_DATA = 5;
    private static final int OP_GET_CHILDREN2 = 12;
    private static final int OP_MULTI = 14;
    private static final int FLAG_PERSISTENT = 0;
    private static final int FLAG_EPHEMERAL = 1;
    private static final int ANY_VERSION = -1;
    private static final int PERMS_ALL = 31;
    private static final byte[] SCHEME = "world".getBytes(US_ASCII);
    private static final byte[] ID = "anyone".getBytes(US_ASCII);
    private static final int FIXED_LENGTH_MAX = 256;

    private final KeySpace space;
    private final byte[] payload;
    private MutableDirectBuffer buffer;
    private int start;
    private int index;

    RequestEncoder(final KeySpace space, final int payloadLength, final long seed)
    {
        this.space = space;
        payload = new byte[payloadLength];
        new SplittableRandom(seed).nextBytes(payload);
    }

    /** The longest frame, a multi of two setData. */
    int frameLengthMax()
    {
        return FIXED_LENGTH_MAX + 2 * (KeySpace.PATH_LENGTH_MAX + payload.length);
    }

    int connect(
        final MutableDirectBuffer target, final int at, final long lastZxid, final int timeoutMs, final long sessionId,
        final byte[] password)
    {
        begin(target, at);
        putInt(0);
        putLong(lastZxid);
        putInt(timeoutMs);
        putLong(sessionId);
        putBytes(password);
        putByte(0);
        return end();
    }

    /** A request that is nothing but its header. */
    int bare(final MutableDirectBuffer target, final int at, final int xid, final int opCode)
    {
        header(target, at, xid, opCode);
        return end();
    }

    int getData(final MutableDirectBuffer target, final int at, final int xid, final long key, final boolean watch)
    {
        return read(target, at, xid, OP_GET_DATA, key, watch);
    }

    int exists(final MutableDirectBuffer target, final int at, final int xid, final long key)
    {
        return read(target, at, xid, OP_EXISTS, key, false);
    }

    int children(final MutableDirectBuffer target, final int at, final int xid, final long key)
    {
        header(target, at, xid, OP_GET_CHILDREN2);
        endPath(space.putGroup(buffer, index + 4, key / KeySpace.GROUP_LENGTH));
        putByte(0);
        return end();
    }

    int setData(final MutableDirectBuffer target, final int at, final int xid, final long key)
    {
        header(target, at, xid, OP_SET_DATA);
        putSetData(key);
        return end();
    }

    int multi(final MutableDirectBuffer target, final int at, final int xid, final long firstKey, final long secondKey)
    {
        header(target, at, xid, OP_MULTI);
        putMultiHeader(OP_SET_DATA, 0);
        putSetData(firstKey);
        putMultiHeader(OP_SET_DATA, 0);
        putSetData(secondKey);
        putMultiHeader(-1, 1);
        return end();
    }

    int createBase(final MutableDirectBuffer target, final int at, final int xid, final long number)
    {
        header(target, at, xid, OP_CREATE);
        endPath(space.putBase(buffer, index + 4, number));
        putInt(0);
        return endCreate(FLAG_PERSISTENT);
    }

    int createGroup(final MutableDirectBuffer target, final int at, final int xid, final long group)
    {
        header(target, at, xid, OP_CREATE);
        endPath(space.putGroup(buffer, index + 4, group));
        putInt(0);
        return endCreate(FLAG_PERSISTENT);
    }

    int createKey(final MutableDirectBuffer target, final int at, final int xid, final long key)
    {
        header(target, at, xid, OP_CREATE);
        endPath(space.putKey(buffer, index + 4, key));
        putBytes(payload);
        return endCreate(FLAG_PERSISTENT);
    }

    int createFresh(
        final MutableDirectBuffer target, final int at, final int xid, final long sessionId, final long counter,
        final boolean ephemeral)
    {
        header(target, at, xid, OP_CREATE);
        endPath(space.putFresh(buffer, index + 4, sessionId, counter));
        putBytes(payload);
        return endCreate(ephemeral ? FLAG_EPHEMERAL : FLAG_PERSISTENT);
    }

    int deleteFresh(
        final MutableDirectBuffer target, final int at, final int xid, final long sessionId, final long counter)
    {
        header(target, at, xid, OP_DELETE);
        endPath(space.putFresh(buffer, index + 4, sessionId, counter));
        putInt(ANY_VERSION);
        return end();
    }

    private int read(
        final MutableDirectBuffer target, final int at, final int xid, final int opCode, final long key,
        final boolean watch)
    {
        header(target, at, xid, opCode);
        endPath(space.putKey(buffer, index + 4, key));
        putByte(watch ? 1 : 0);
        return end();
    }

    private void putSetData(final long key)
    {
        endPath(space.putKey(buffer, index + 4, key));
        putBytes(payload);
        putInt(ANY_VERSION);
    }

    private void putMultiHeader(final int type, final int done)
    {
        putInt(type);
        putByte(done);
        putInt(-1);
    }

    private int endCreate(final int flags)
    {
        putInt(1);
        putInt(PERMS_ALL);
        putBytes(SCHEME);
        putBytes(ID);
        putInt(flags);
        return end();
    }

    private void begin(final MutableDirectBuffer target, final int at)
    {
        buffer = target;
        start = at;
        index = at + 4;
    }

    private void header(final MutableDirectBuffer target, final int at, final int xid, final int opCode)
    {
        begin(target, at);
        putInt(xid);
        putInt(opCode);
    }

    private int end()
    {
        buffer.putInt(start, index - start - 4, BIG_ENDIAN);
        return index - start;
    }

    private void endPath(final int length)
    {
        putInt(length);
        index += length;
    }

    private void putByte(final int value)
    {
        buffer.putByte(index++, (byte)value);
    }

    private void putInt(final int value)
    {
        buffer.putInt(index, value, BIG_ENDIAN);
        index += 4;
    }

    private void putLong(final long value)
    {
        buffer.putLong(index, value, BIG_ENDIAN);
        index += 8;
    }

    private void putBytes(final byte[] bytes)
    {
        putInt(bytes.length);
        buffer.putBytes(index, bytes);
        index += bytes.length;
    }
}
