/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.StatEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Creates frames as clients send them, without the length field, and decodes answers. */
final class Frames
{
    static final int WRITE_LENGTH = 4 + 2 + 4 + 1 + 4;
    /** Number of lists in a setWatches2, and the index of the one whose watches wait for the creation of a znode. */
    static final int WATCH_LISTS = 5;
    static final int EXIST_LIST = 1;

    private Frames()
    {
    }

    static byte[] handshake(final long lastZxidSeen, final int timeoutMs, final long sessionId, final byte[] password)
    {
        return ByteBuffer.allocate(4 + 8 + 4 + 8 + 4 + password.length + 1).putInt(0).putLong(lastZxidSeen)
            .putInt(timeoutMs).putLong(sessionId).putInt(password.length).put(password).put((byte)0).array();
    }

    static byte[] setData(final int xid, final String path)
    {
        return request(xid, OpCode.SET_DATA, text(path).length + 4 + 1 + 4).put(text(path)).putInt(1).put((byte)'x')
            .putInt(-1).array();
    }

    static byte[] read(final int xid, final String path, final boolean watch)
    {
        return request(xid, OpCode.GET_DATA, text(path).length + 1).put(text(path)).put((byte)(watch ? 1 : 0)).array();
    }

    /** A multiRead that asks for the children of one znode repeatedly. */
    static byte[] listings(final int xid, final String path, final int count)
    {
        return multiRead(xid, OpCode.GET_CHILDREN, Collections.nCopies(count, path));
    }

    static byte[] multiRead(final int xid, final int opCode, final List<String> paths)
    {
        final int partsLength = paths.stream().mapToInt(path -> 4 + 1 + 4 + text(path).length + 1).sum();
        final ByteBuffer request = ByteBuffer.allocate(8 + partsLength + 9);
        request.putInt(xid).putInt(OpCode.MULTI_READ);
        for (final String path : paths)
        {
            request.putInt(opCode).put((byte)0).putInt(-1).put(text(path)).put((byte)0);
        }

        request.putInt(-1).put((byte)1).putInt(-1);

        return request.array();
    }

    /** A request followed by any number of meaningless bytes. */
    static byte[] padded(final int xid, final int opCode, final int paddingLength)
    {
        return request(xid, opCode, paddingLength).array();
    }

    /** A request that reads a znode and sets a watch on it. */
    static byte[] watch(final int xid, final int opCode, final String path)
    {
        return request(xid, opCode, text(path).length + 1).put(text(path)).put((byte)1).array();
    }

    static byte[] addWatch(final int xid, final String path, final int mode)
    {
        return request(xid, OpCode.ADD_WATCH, text(path).length + 4).put(text(path)).putInt(mode).array();
    }

    /** A setWatches2 that sets one watch, in the list of the given index, of a client that has missed nothing. */
    static byte[] setAgain(final int xid, final int list, final String path)
    {
        final ByteBuffer request = ByteBuffer.allocate(8 + 8 + WATCH_LISTS * 4 + text(path).length);
        request.putInt(xid).putInt(OpCode.SET_WATCHES2).putLong(Long.MAX_VALUE);
        for (int i = 0; i < WATCH_LISTS; i++)
        {
            request.putInt(i == list ? 1 : 0).put(i == list ? text(path) : new byte[0]);
        }

        return request.array();
    }

    static byte[] children(final int xid, final String path)
    {
        return request(xid, OpCode.GET_CHILDREN, text(path).length + 1).put(text(path)).put((byte)0).array();
    }

    /**
     * A setWatches that waits for the creation of the given number of znodes. Their names are the path followed by a
     * number.
     */
    static byte[] waitFor(final int xid, final String path, final int count)
    {
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            length += text(path + i).length;
        }
        final ByteBuffer request = ByteBuffer.allocate(8 + 8 + 4 + 4 + length + 4);
        request.putInt(xid).putInt(OpCode.SET_WATCHES).putLong(0).putInt(0).putInt(count);
        for (int i = 0; i < count; i++)
        {
            request.put(text(path + i));
        }

        request.putInt(0);

        return request.array();
    }

    static byte[] sync(final int xid, final String path)
    {
        return request(xid, OpCode.SYNC, text(path).length).put(text(path)).array();
    }

    static byte[] pathOnly(final int xid, final int opCode, final String path)
    {
        return request(xid, opCode, text(path).length).put(text(path)).array();
    }

    static byte[] bare(final int xid, final int opCode)
    {
        return request(xid, opCode, 0).array();
    }

    static byte[] digest(final String credentials)
    {
        return request(-4, OpCode.AUTH, 4 + text("digest").length + text(credentials).length).putInt(0)
            .put(text("digest")).put(text(credentials)).array();
    }

    /** An empty SASL token. */
    static byte[] token(final int xid)
    {
        return request(xid, OpCode.SASL, 4).putInt(0).array();
    }

    private static ByteBuffer request(final int xid, final int opCode, final int bodyLength)
    {
        return ByteBuffer.allocate(8 + bodyLength).putInt(xid).putInt(opCode);
    }

    private static byte[] text(final String value)
    {
        final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
    }

    /** Returns the parts of a reply that tests compare: xid, zxid and error. */
    static String describe(final byte[] reply)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(reply);
        final int xid = buffer.getInt(4);
        return (xid == -1 ? "event" : "reply " + xid) + " zxid " + buffer.getLong(8) + " error " + buffer.getInt(16);
    }

    /** Returns the type and the path of a watch event. */
    static String event(final byte[] frame)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(frame);
        return buffer.getInt(20) + ":" + new String(frame, 32, buffer.getInt(28), StandardCharsets.UTF_8);
    }

    /** Returns the error of a reply. */
    static int error(final byte[] reply)
    {
        return ByteBuffer.wrap(reply).getInt(16);
    }

    /** Returns the error of each part of the answer to a multiRead of data. */
    static List<Integer> partErrors(final byte[] reply)
    {
        final List<Integer> errors = new ArrayList<>();
        final ByteBuffer buffer = ByteBuffer.wrap(reply).position(20);
        for (int type = buffer.getInt(); buffer.get() == 0; type = buffer.getInt())
        {
            errors.add(buffer.getInt());
            buffer.position(buffer.position() + 4 + (type == OpCode.ERROR ? 0 :
                buffer.getInt(buffer.position()) + StatEncoder.LENGTH));
        }

        return errors;
    }

    /** Returns the session id in the answer to a handshake, 0 for a refusal. */
    static long sessionId(final byte[] reply)
    {
        return ByteBuffer.wrap(reply).getLong(12);
    }

    /** Returns the session timeout in the answer to a handshake. */
    static int timeoutMs(final byte[] reply)
    {
        return ByteBuffer.wrap(reply).getInt(8);
    }

    /** Returns the data in the answer to a read. */
    static String data(final byte[] reply)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(reply).position(20);
        final byte[] data = new byte[buffer.getInt()];
        buffer.get(data);
        return new String(data, StandardCharsets.UTF_8);
    }
}
