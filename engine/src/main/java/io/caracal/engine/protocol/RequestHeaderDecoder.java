/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Head of every request after the handshake: {@code i32 xid, i32 type}. */
public final class RequestHeaderDecoder extends RequestDecoder
{
    /** Length in bytes. */
    public static final int LENGTH = 8;

    private int xid;
    private int opCode;

    @Override
    boolean decode(final JuteReader record)
    {
        xid = record.readInt();
        opCode = record.readInt();

        return true;
    }

    /**
     * Number that the client gave the request; the reply bears it too.
     *
     * @return any value; see {@link Xid}.
     */
    public int xid()
    {
        return xid;
    }

    /**
     * What is asked.
     *
     * @return any value; see {@link OpCode}.
     */
    public int opCode()
    {
        return opCode;
    }
}
