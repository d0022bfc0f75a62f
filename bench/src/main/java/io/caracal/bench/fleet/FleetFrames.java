/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.protocol.Xid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes the few requests of a fleet, each as a whole frame that is ready to be sent. All share one buffer, which each
 * call overwrites.
 */
final class FleetFrames
{
    static final int PASSWORD_LENGTH = 16;

    private static final int CAPACITY = 64 * 1024;
    private static final int ANY_VERSION = -1;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final JuteWriter writer = new JuteWriter();

    ByteBuffer connect(final int timeoutMs, final long sessionId, final byte[] password)
    {
        begin();
        writer.writeInt(0).writeLong(0).writeInt(timeoutMs).writeLong(sessionId);
        put(password);
        writer.writeBool(false);
        return end();
    }

    ByteBuffer ping()
    {
        begin();
        writer.writeInt(Xid.PING).writeInt(OpCode.PING);
        return end();
    }

    ByteBuffer closeSession(final int xid)
    {
        begin();
        writer.writeInt(xid).writeInt(OpCode.CLOSE_SESSION);
        return end();
    }

    ByteBuffer get(final int xid, final String path)
    {
        begin();
        writer.writeInt(xid).writeInt(OpCode.GET_DATA);
        put(path.getBytes(US_ASCII));
        writer.writeBool(false);
        return end();
    }

    /** Encodes an exists with a watch, whose reply carries no payload. */
    ByteBuffer watch(final int xid, final String path)
    {
        begin();
        writer.writeInt(xid).writeInt(OpCode.EXISTS);
        put(path.getBytes(US_ASCII));
        writer.writeBool(true);
        return end();
    }

    ByteBuffer create(final int xid, final String path, final byte[] payload)
    {
        begin();
        writer.writeInt(xid).writeInt(OpCode.CREATE);
        put(path.getBytes(US_ASCII));
        put(payload);
        writer.writeInt(1).writeInt(Perms.ALL);
        put("world".getBytes(US_ASCII));
        put("anyone".getBytes(US_ASCII));
        writer.writeInt(0);
        return end();
    }

    ByteBuffer set(final int xid, final String path, final byte[] payload)
    {
        begin();
        writer.writeInt(xid).writeInt(OpCode.SET_DATA);
        put(path.getBytes(US_ASCII));
        put(payload);
        writer.writeInt(ANY_VERSION);
        return end();
    }

    private void begin()
    {
        writer.wrap(buffer, 0);
        writer.reserve(ReplyLength.PREFIX);
    }

    private void put(final byte[] value)
    {
        writer.writeRange(new UnsafeBuffer(value), 0, value.length);
    }

    private ByteBuffer end()
    {
        buffer.putInt(0, writer.position() - ReplyLength.PREFIX, ByteOrder.BIG_ENDIAN);
        bytes.limit(writer.position()).position(0);
        return bytes;
    }
}
