/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Acl;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Writes one frame of the client protocol. It does not use the engine's encoders, because these could share an error
 * with the engine's decoders.
 */
final class FrameWriter
{
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FrameWriter()
    {
        out.writeBytes(new byte[Integer.BYTES]);
    }

    FrameWriter int32(final int value)
    {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());

        return this;
    }

    FrameWriter int64(final long value)
    {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());

        return this;
    }

    FrameWriter bool(final boolean value)
    {
        out.write(value ? 1 : 0);

        return this;
    }

    FrameWriter bytes(final byte[] value)
    {
        int32(value.length);
        out.writeBytes(value);

        return this;
    }

    FrameWriter text(final String value)
    {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    FrameWriter texts(final Collection<String> values)
    {
        int32(values.size());
        values.forEach(this::text);

        return this;
    }

    /** Writes an access control list, or one that permits everything to everyone if it is null. */
    FrameWriter acl(final Acl acl)
    {
        final Acl written = acl == null ? Acl.OPEN : acl;
        int32(written.entries().size());
        written.entries().forEach(entry -> int32(entry.permissions()).text(entry.scheme()).text(entry.id()));

        return this;
    }

    /** Returns the frame, preceded by its length. */
    byte[] frame()
    {
        final byte[] frame = out.toByteArray();
        ByteBuffer.wrap(frame).putInt(frame.length - Integer.BYTES);

        return frame;
    }
}
