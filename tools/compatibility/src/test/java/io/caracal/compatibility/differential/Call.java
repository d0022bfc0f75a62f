/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import java.nio.ByteBuffer;

/** One request of a program. Its body depends only on the program's base path and on the zxids seen. */
record Call(int opcode, int xid, String text, Body body)
{
    static final int ORDINARY_XID = 0;

    /** Writes the bytes after the request header. */
    @FunctionalInterface
    interface Body
    {
        void write(JuteWriter writer, Scene scene);
    }

    Call(final int opcode, final String text, final Body body)
    {
        this(opcode, ORDINARY_XID, text, body);
    }

    static Call ping()
    {
        return new Call(Opcode.PING, Opcode.XID_PING, "ping", (writer, scene) ->
        {
        });
    }

    static Call auth(final String scheme, final byte[] credentials)
    {
        return new Call(Opcode.AUTH, Opcode.XID_AUTH, "auth " + scheme, (writer, scene) -> writer.i32(0).str(scheme)
            .buf(credentials));
    }

    /** A delete of a missing node: takes a zxid and changes nothing. */
    static Call deleteNothing()
    {
        return new Call(Opcode.DELETE, "delete nothing", (writer, scene) -> writer.str("/never").i32(-1));
    }

    /** Returns this call under another xid. */
    Call xid(final int other)
    {
        return new Call(opcode, other, text + " as xid " + other, body);
    }

    static Call closeSession()
    {
        return new Call(Opcode.CLOSE_SESSION, "closeSession", (writer, scene) ->
        {
        });
    }

    /** Returns this call with its body cut at a share of its length, given in thousandths. */
    Call cut(final int perMille)
    {
        return new Call(opcode, xid, text + " cut at " + perMille + "/1000", (writer, scene) ->
        {
            final JuteWriter whole = new JuteWriter();
            body.write(whole, scene);
            final byte[] bytes = new byte[whole.length() * perMille / 1000];
            System.arraycopy(whole.toBytes(), 0, bytes, 0, bytes.length);
            writer.raw(bytes);
        });
    }

    /**
     * Returns this call with four bytes changed, at a share of what follows the first string of its body, given in
     * thousandths. The same call if less than that follows.
     */
    Call bent(final int perMille, final int value)
    {
        return new Call(opcode, xid, text + " with " + value + " at " + perMille + "/1000", (writer, scene) ->
        {
            final JuteWriter whole = new JuteWriter();
            body.write(whole, scene);
            final ByteBuffer bytes = ByteBuffer.wrap(whole.toBytes());
            final int first = bytes.remaining() < Integer.BYTES ? 0 : Integer.BYTES + Math.max(0, bytes.getInt(0));
            final int room = bytes.remaining() - Integer.BYTES - first;

            if (room >= 0)
            {
                bytes.putInt(first + room * perMille / 1000, value);
            }

            writer.raw(bytes.array());
        });
    }

    /** Returns this call with bytes after the record. */
    Call extended()
    {
        return new Call(opcode, xid, text + " and five bytes more", (writer, scene) ->
        {
            body.write(writer, scene);
            writer.raw(new byte[]{ 1, 2, 3, 4, 5 });
        });
    }

    @Override
    public String toString()
    {
        return text;
    }
}
