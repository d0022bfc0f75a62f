/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records of the client protocol. Throws {@link java.nio.BufferUnderflowException} or
 * {@link IllegalArgumentException} when the bytes are not such a record.
 */
public final class JuteReader
{
    private final ByteBuffer buffer;

    public JuteReader(final byte[] bytes)
    {
        buffer = ByteBuffer.wrap(bytes);
    }

    public int i8()
    {
        return buffer.get();
    }

    public boolean bool()
    {
        return i8() != 0;
    }

    public int i32()
    {
        return buffer.getInt();
    }

    public long i64()
    {
        return buffer.getLong();
    }

    public byte[] buf()
    {
        final int length = i32();

        if (length == -1)
        {
            return null;
        }

        if (length < 0 || length > buffer.remaining())
        {
            throw new IllegalArgumentException("length " + length + " with " + buffer.remaining() + " bytes left");
        }

        final byte[] result = new byte[length];
        buffer.get(result);
        return result;
    }

    public String str()
    {
        final byte[] bytes = buf();
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    public List<String> strings()
    {
        final int count = i32();

        if (count == -1)
        {
            return null;
        }

        final List<String> result = new ArrayList<>();

        for (int i = 0; i < count; i++)
        {
            result.add(str());
        }

        return result;
    }

    public List<Acl> acls()
    {
        final int count = i32();
        final List<Acl> result = new ArrayList<>();

        for (int i = 0; i < count; i++)
        {
            result.add(new Acl(i32(), str(), str()));
        }

        return result;
    }

    public Stat stat()
    {
        return new Stat(i64(), i64(), i64(), i64(), i32(), i32(), i32(), i64(), i32(), i32(), i64());
    }

    public int remaining()
    {
        return buffer.remaining();
    }

    public byte[] rest()
    {
        final byte[] result = new byte[buffer.remaining()];
        buffer.get(result);
        return result;
    }
}
