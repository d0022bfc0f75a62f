/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Parses IP addresses. Accepts literals only: four decimal numbers with dots, or up to eight hexadecimal groups with
 * colons. One run of groups may be left out, and the last two groups may be written as an IPv4 address. An IPv6 literal
 * of the form {@code ::ffff:a.b.c.d} counts as the IPv4 address in it. No zones, no names. An instance parses one
 * literal at a time and is used again for each.
 */
final class IpLiteral
{
    private static final int GROUPS = IpAddress.V6_LENGTH / 2;
    private static final int NONE = -1;

    private DirectBuffer text;
    private int position;
    private int end;
    private MutableDirectBuffer target;
    private int groups;
    private int gap;
    private boolean isMapped;

    /**
     * Parses a literal.
     *
     * @param source  holds it.
     * @param offset  of its first byte.
     * @param length  in bytes.
     * @param address receives the address at index 0; its first 16 bytes may be overwritten in any case.
     * @return {@link IpAddress#V4_LENGTH} or {@link IpAddress#V6_LENGTH}, 0 when it is not a literal.
     */
    int parse(final DirectBuffer source, final int offset, final int length, final MutableDirectBuffer address)
    {
        text = source;
        position = offset;
        end = offset + length;
        target = address;
        isMapped = false;
        if (readV4(0))
        {
            return IpAddress.V4_LENGTH;
        }

        position = offset;
        return readV6() ? unmapped() : 0;
    }

    /**
     * Whether the last literal was an IPv4 address in the form of an IPv6 address.
     *
     * @return true when so; meaningless when it was no literal.
     */
    boolean isMapped()
    {
        return isMapped;
    }

    private boolean readV4(final int index)
    {
        for (int i = 0; i < IpAddress.V4_LENGTH; i++)
        {
            final boolean isSeparated = i == 0 || (position < end && text.getByte(position++) == '.');
            final int numberEnd = endOfDecimal();
            final int value = decimal(text, position, numberEnd);
            if (!isSeparated || value == NONE || value > 0xFF)
            {
                return false;
            }

            target.putByte(index + i, (byte)value);
            position = numberEnd;
        }

        return position == end;
    }

    private boolean readV6()
    {
        groups = 0;
        gap = NONE;
        boolean isGood = !startsWithGap() || takeGap();
        while (isGood && position < end)
        {
            isGood = readPart();
        }

        return isGood && spread();
    }

    /** Reads a group and its separator, or an IPv4 address in place of the last two groups. */
    private boolean readPart()
    {
        final int groupEnd = endOfHex();
        if (groupEnd < end && text.getByte(groupEnd) == '.')
        {
            groups += 2;
            return groups <= GROUPS && readV4((groups - 2) * 2);
        }

        if (groupEnd == position || groups == GROUPS)
        {
            return false;
        }

        target.putShort(groups * 2, (short)hex(groupEnd), ByteOrder.BIG_ENDIAN);
        groups++;
        position = groupEnd;

        return position == end || readSeparator();
    }

    private boolean readSeparator()
    {
        if (startsWithGap())
        {
            return takeGap();
        }

        return text.getByte(position) == ':' && ++position < end;
    }

    private boolean startsWithGap()
    {
        return position + 1 < end && text.getByte(position) == ':' && text.getByte(position + 1) == ':';
    }

    private boolean takeGap()
    {
        final boolean isFirst = gap == NONE;
        gap = groups;
        position += 2;

        return isFirst;
    }

    /** Moves the groups after the gap to the end and fills the gap with zeros. */
    private boolean spread()
    {
        if (gap == NONE || groups >= GROUPS)
        {
            return gap == NONE && groups == GROUPS;
        }

        final int shift = GROUPS - groups;
        for (int i = groups - 1; i >= gap; i--)
        {
            target.putShort((i + shift) * 2, target.getShort(i * 2));
        }
        target.setMemory(gap * 2, shift * 2, (byte)0);

        return true;
    }

    private int unmapped()
    {
        isMapped = target.getLong(0) == 0 && target.getShort(8) == 0 && target.getShort(10) == -1;
        if (!isMapped)
        {
            return IpAddress.V6_LENGTH;
        }

        target.putInt(0, target.getInt(12));
        return IpAddress.V4_LENGTH;
    }

    private int endOfDecimal()
    {
        int numberEnd = position;
        while (numberEnd < end && numberEnd - position < 4 && isDigit(text.getByte(numberEnd)))
        {
            numberEnd++;
        }

        return numberEnd;
    }

    /**
     * Reads an unsigned decimal number of one to three digits.
     *
     * @param text   holds it.
     * @param offset of the first digit.
     * @param end    after the last digit.
     * @return the number, -1 when it is malformed.
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

    private int endOfHex()
    {
        int groupEnd = position;
        while (groupEnd < end && groupEnd - position < 4 && hexDigit(text.getByte(groupEnd)) >= 0)
        {
            groupEnd++;
        }

        return groupEnd;
    }

    private int hex(final int groupEnd)
    {
        int value = 0;
        for (int i = position; i < groupEnd; i++)
        {
            value = value << 4 | hexDigit(text.getByte(i));
        }

        return value;
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
