/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Converts frames between bytes and text, for tests. */
final class Bytes
{
    private Bytes()
    {
    }

    static String text(final byte[] bytes)
    {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Joins frames; each follows its length. */
    static byte[] framed(final String... frames)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();

        for (final String frame : frames)
        {
            out.writeBytes(prefix(frame.length()));
            out.writeBytes(frame.getBytes(StandardCharsets.ISO_8859_1));
        }

        return out.toByteArray();
    }

    static byte[] prefix(final int length)
    {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }

    /** Splits received bytes into frames. An incomplete frame at the end is ignored. */
    static List<String> frames(final byte[] stream)
    {
        final List<String> frames = new ArrayList<>();
        final ByteBuffer in = ByteBuffer.wrap(stream);

        while (in.remaining() >= Integer.BYTES && in.remaining() - Integer.BYTES >= in.getInt(in.position()))
        {
            final byte[] frame = new byte[in.getInt()];
            in.get(frame);
            frames.add(text(frame));
        }

        return frames;
    }

    /** A text of the given length, different for different seeds. */
    static String letters(final int length, final int seed)
    {
        final StringBuilder text = new StringBuilder(length);

        for (int i = 0; i < length; i++)
        {
            text.append((char)('a' + (seed * 31 + i * 7 + i / 26) % 26));
        }

        return text.toString();
    }
}
