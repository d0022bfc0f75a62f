/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * IP addresses as text and as 4 or 16 bytes. Literals only: four decimal numbers with dots, or up to eight hexadecimal
 * groups with colons, of which one run may be left out and the last two may be written as an IPv4 address. An IPv4
 * address within an IPv6 literal of the form {@code ::ffff:a.b.c.d} counts as IPv4. No zones, no names.
 */
public final class IpAddress
{
    /** Length of an IPv4 address in bytes. */
    public static final int V4_LENGTH = 4;

    /** Length of an IPv6 address in bytes. */
    public static final int V6_LENGTH = 16;

    /** Longest text that {@link #format} writes. */
    public static final int TEXT_LENGTH_MAX = 39;

    private static final int GROUPS = 8;
    private static final int NONE = -1;

    private IpAddress()
    {
    }

    /**
     * Reads a literal.
     *
     * @param text   holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param target receives the address at index 0; its first 16 bytes may be overwritten in any case.
     * @return {@link #V4_LENGTH} or {@link #V6_LENGTH}, 0 when it is no literal.
     */
    public static int parse(final DirectBuffer text, final int offset, final int length,
        final MutableDirectBuffer target)
    {
        if (parseV4(text, offset, offset + length, target, 0))
        {
            return V4_LENGTH;
        }

        if (!parseV6(text, offset, offset + length, target))
        {
            return 0;
        }

        return unmapped(target);
    }

    private static boolean parseV4(final DirectBuffer text, final int offset, final int end,
        final MutableDirectBuffer target, final int index)
    {
        int position = offset;

        for (int i = 0; i < V4_LENGTH; i++)
        {
            final int numberEnd = endOfDecimal(text, position, end);
            final int value = numberEnd == position ? NONE : decimal(text, position, numberEnd);

            if (value < 0 || value > 0xFF)
            {
                return false;
            }

            target.putByte(index + i, (byte)value);
            position = numberEnd;

            if (i < V4_LENGTH - 1)
            {
                if (position >= end || text.getByte(position) != '.')
                {
                    return false;
                }

                position++;
            }
        }

        return position == end;
    }

    private static int endOfDecimal(final DirectBuffer text, final int offset, final int end)
    {
        int position = offset;

        while (position < end && position - offset < 4 && isDigit(text.getByte(position)))
        {
            position++;
        }

        return position;
    }

    /**
     * Reads an unsigned decimal number of one to three digits.
     *
     * @param text   holds it.
     * @param offset of the first digit.
     * @param end    behind the last one.
     * @return the number, -1 when it is none.
     */
    static int decimal(final DirectBuffer text, final int offset, final int end)
    {
        if (end <= offset || end - offset > 3)
        {
            return NONE;
        }

        int value = 0;

        for (int i = offset; i < end; i++)
        {
            final byte digit = text.getByte(i);

            if (!isDigit(digit))
            {
                return NONE;
            }

            value = value * 10 + digit - '0';
        }

        return value;
    }

    private static boolean parseV6(final DirectBuffer text, final int offset, final int end,
        final MutableDirectBuffer target)
    {
        int position = offset;
        int groups = 0;
        int gap = NONE;

        if (startsWithGap(text, position, end))
        {
            gap = 0;
            position += 2;
        }

        while (position < end)
        {
            final int groupEnd = endOfHex(text, position, end);

            if (groupEnd < end && text.getByte(groupEnd) == '.')
            {
                if (groups > GROUPS - 2 || !parseV4(text, position, end, target, groups * 2))
                {
                    return false;
                }

                groups += 2;
                position = end;
                break;
            }

            if (groupEnd == position || groups == GROUPS)
            {
                return false;
            }

            target.putShort(groups * 2, (short)hex(text, position, groupEnd), ByteOrder.BIG_ENDIAN);
            groups++;
            position = groupEnd;

            if (position == end)
            {
                break;
            }

            if (startsWithGap(text, position, end))
            {
                if (gap != NONE)
                {
                    return false;
                }

                gap = groups;
                position += 2;
            }
            else if (text.getByte(position) != ':' || ++position == end)
            {
                return false;
            }
        }

        return spread(target, groups, gap);
    }

    private static boolean startsWithGap(final DirectBuffer text, final int position, final int end)
    {
        return position + 1 < end && text.getByte(position) == ':' && text.getByte(position + 1) == ':';
    }

    private static int endOfHex(final DirectBuffer text, final int offset, final int end)
    {
        int position = offset;

        while (position < end && position - offset < 4 && hexDigit(text.getByte(position)) >= 0)
        {
            position++;
        }

        return position;
    }

    private static int hex(final DirectBuffer text, final int offset, final int end)
    {
        int value = 0;

        for (int i = offset; i < end; i++)
        {
            value = value << 4 | hexDigit(text.getByte(i));
        }

        return value;
    }

    /** Moves the groups behind the gap to the end and fills the gap with zeros. */
    private static boolean spread(final MutableDirectBuffer target, final int groups, final int gap)
    {
        if (gap == NONE)
        {
            return groups == GROUPS;
        }

        if (groups >= GROUPS)
        {
            return false;
        }

        final int shift = GROUPS - groups;

        for (int i = groups - 1; i >= gap; i--)
        {
            target.putShort((i + shift) * 2, target.getShort(i * 2));
        }

        target.setMemory(gap * 2, shift * 2, (byte)0);
        return true;
    }

    private static int unmapped(final MutableDirectBuffer address)
    {
        final boolean isMapped = address.getLong(0) == 0 && address.getShort(8) == 0 && address.getShort(10) == -1;

        if (!isMapped)
        {
            return V6_LENGTH;
        }

        address.putInt(0, address.getInt(12));
        return V4_LENGTH;
    }

    /**
     * Writes an address as Java prints it: IPv6 without leaving anything out.
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

    private static boolean isDigit(final byte character)
    {
        return character >= '0' && character <= '9';
    }

    private static int hexDigit(final byte character)
    {
        if (isDigit(character))
        {
            return character - '0';
        }

        final int lower = character | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : NONE;
    }
}
