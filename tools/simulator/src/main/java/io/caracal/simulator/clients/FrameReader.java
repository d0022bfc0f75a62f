/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Acl;
import io.caracal.simulator.check.Stat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one frame of the client protocol. */
final class FrameReader
{
    private final ByteBuffer in;

    FrameReader(final byte[] frame)
    {
        in = ByteBuffer.wrap(frame);
    }

    int int32()
    {
        return in.getInt();
    }

    long int64()
    {
        return in.getLong();
    }

    boolean bool()
    {
        return in.get() != 0;
    }

    byte[] bytes()
    {
        final byte[] value = new byte[Math.max(0, in.getInt())];
        in.get(value);

        return value;
    }

    String text()
    {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    List<String> texts()
    {
        final int count = in.getInt();
        final List<String> values = new ArrayList<>();

        for (int i = 0; i < count; i++)
        {
            values.add(text());
        }

        return values;
    }

    Acl acl()
    {
        final int count = in.getInt();
        final List<Acl.Entry> entries = new ArrayList<>();

        for (int i = 0; i < count; i++)
        {
            entries.add(new Acl.Entry(int32(), text(), text()));
        }

        return new Acl(entries);
    }

    Stat stat()
    {
        return new Stat(int64(), int64(), int64(), int64(), int32(), int32(), int32(), int64(), int32(), int32(),
            int64());
    }

    boolean isAtEnd()
    {
        return !in.hasRemaining();
    }
}
