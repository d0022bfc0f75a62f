/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes records of the client protocol, right or wrong ones: nothing is checked. */
public final class JuteWriter
{
    private byte[] bytes = new byte[256];
    private int length;

    public JuteWriter i8(final int value)
    {
        reserve(1);
        bytes[length++] = (byte)value;
        return this;
    }

    public JuteWriter bool(final boolean value)
    {
        return i8(value ? 1 : 0);
    }

    public JuteWriter i32(final int value)
    {
        return i8(value >> 24).i8(value >> 16).i8(value >> 8).i8(value);
    }

    public JuteWriter i64(final long value)
    {
        return i32((int)(value >> 32)).i32((int)value);
    }

    /** Writes the bytes as they are, without a length. */
    public JuteWriter raw(final byte[] value)
    {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    public JuteWriter buf(final byte[] value)
    {
        return value == null ? i32(-1) : i32(value.length).raw(value);
    }

    /** Writes UTF-8. Half of a surrogate pair becomes the three bytes that ZooKeeper's own client makes of it. */
    public JuteWriter str(final String value)
    {
        return value == null ? i32(-1) : buf(utf8(value));
    }

    private static byte[] utf8(final String value)
    {
        final JuteWriter bytes = new JuteWriter();
        value.codePoints().forEach(character ->
        {
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
            {
                bytes.i8(0xE0 | character >> 12).i8(0x80 | (character >> 6 & 0x3F)).i8(0x80 | (character & 0x3F));
            }
            else
            {
                bytes.raw(Character.toString(character).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toBytes();
    }

    public JuteWriter strings(final List<String> values)
    {
        if (values == null)
        {
            return i32(-1);
        }

        i32(values.size());
        values.forEach(this::str);
        return this;
    }

    public JuteWriter acls(final List<Acl> acls)
    {
        if (acls == null)
        {
            return i32(-1);
        }

        i32(acls.size());

        for (final Acl acl : acls)
        {
            i32(acl.perms()).str(acl.scheme()).str(acl.id());
        }

        return this;
    }

    public JuteWriter header(final int xid, final int opcode)
    {
        return i32(xid).i32(opcode);
    }

    public int length()
    {
        return length;
    }

    public byte[] toBytes()
    {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(final int more)
    {
        if (length + more > bytes.length)
        {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
