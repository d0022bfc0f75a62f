/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** IP addresses of 4 or 16 bytes, and their text form; {@link IpLiteral} parses them. */
public final class IpAddress
{
    /** Length of an IPv4 address in bytes. */
    public static final int V4_LENGTH = 4;

    /** Length of an IPv6 address in bytes. */
    public static final int V6_LENGTH = 16;

    /** Longest text that {@link #format} writes. */
    public static final int TEXT_LENGTH_MAX = 39;

    private static final int GROUPS = V6_LENGTH / 2;

    private IpAddress()
    {
    }

    /**
     * Writes an address as Java prints it, IPv6 unabridged.
     *
     * @param address holds the bytes.
     * @param offset  of the first.
     * @param length  {@link #V4_LENGTH} or {@link #V6_LENGTH}.
     * @param target  has room for {@link #TEXT_LENGTH_MAX} bytes.
     * @param index   of the first one written.
     * @return bytes written.
     */
    public static int format(final DirectBuffer address, final int offset, final int length,
        final MutableDirectBuffer target, final int index)
    {
        int position = index;

        if (length == V4_LENGTH)
        {
            for (int i = 0; i < V4_LENGTH; i++)
            {
                position = separate(target, index, position, (byte)'.');
                position += target.putNaturalIntAscii(position, address.getByte(offset + i) & 0xFF);
            }
        }
        else
        {
            for (int i = 0; i < GROUPS; i++)
            {
                position = separate(target, index, position, (byte)':');
                position = formatHex(address.getShort(offset + i * 2, ByteOrder.BIG_ENDIAN) & 0xFFFF, target, position);
            }
        }

        return position - index;
    }

    private static int separate(final MutableDirectBuffer target, final int begin, final int position,
        final byte separator)
    {
        if (position == begin)
        {
            return position;
        }

        target.putByte(position, separator);
        return position + 1;
    }

    private static int formatHex(final int value, final MutableDirectBuffer target, final int index)
    {
        int position = index;

        for (int shift = 12; shift >= 0; shift -= 4)
        {
            if (value >>> shift != 0 || shift == 0)
            {
                final int digit = value >>> shift & 0xF;
                target.putByte(position++, (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10));
            }
        }

        return position;
    }
}
