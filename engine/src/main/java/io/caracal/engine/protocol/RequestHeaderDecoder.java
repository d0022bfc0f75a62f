/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Header of every request after the handshake: {@code i32 xid, i32 type}. */
public final class RequestHeaderDecoder
{
    /** Length in bytes. */
    public static final int LENGTH = 8;

    private int xid;
    private int opCode;

    /**
     * Decodes a header.
     *
     * @param buffer holds it; not kept.
     * @param offset of its first byte.
     * @param length bytes up to the end of the frame.
     * @return false when the frame is too short for it.
     */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < LENGTH)
        {
            return false;
        }

        final long header = buffer.getLong(offset, ByteOrder.BIG_ENDIAN);
        xid = (int)(header >>> Integer.SIZE);
        opCode = (int)header;

        return true;
    }

    /**
     * Number that the client gave to the request; the reply carries it too.
     *
     * @return any value; see {@link Xid}.
     */
    public int xid()
    {
        return xid;
    }

    /**
     * Opcode of the request.
     *
     * @return any value; see {@link OpCode}.
     */
    public int opCode()
    {
        return opCode;
    }
}
