/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The text in which limits and usage are stored: {@code count=N,bytes=N}, for limits optionally followed by
 * {@code =;byteHardLimit=N;countHardLimit=N}. Pairs end at commas and semicolons, and the value of a pair ends at a
 * second equals sign. Unknown keys are skipped; of equal keys the last one counts. An instance holds the text that it
 * parsed last.
 */
public final class QuotaText
{
    /** Value that is not set. */
    public static final long UNSET = -1;

    /** Longest text that this class writes. */
    public static final int LENGTH_MAX = 64;

    private static final String COUNT = "count";
    private static final String BYTES = "bytes";
    private static final String COUNT_HARD_LIMIT = "countHardLimit";
    private static final String BYTE_HARD_LIMIT = "byteHardLimit";

    private long count;
    private long bytes;
    private long countHardLimit;
    private long byteHardLimit;
    private long value;

    /**
     * Parses a text. A value counts as not set if it is missing, is not a number or does not fit into 64 bits.
     *
     * @param text   holds it.
     * @param offset of its first byte.
     * @param length in bytes, 0 or less for none.
     * @return this.
     */
    public QuotaText parse(final DirectBuffer text, final int offset, final int length)
    {
        final int end = offset + Math.max(length, 0);
        int begin = offset;
        count = UNSET;
        bytes = UNSET;
        countHardLimit = UNSET;
        byteHardLimit = UNSET;

        while (begin < end)
        {
            int pairEnd = begin;

            while (pairEnd < end && text.getByte(pairEnd) != ',' && text.getByte(pairEnd) != ';')
            {
                pairEnd++;
            }

            pair(text, begin, pairEnd);
            begin = pairEnd + 1;
        }

        return this;
    }

    private void pair(final DirectBuffer text, final int begin, final int end)
    {
        final int keyEnd = endOf(text, begin, end);

        if (keyEnd == end)
        {
            return;
        }

        value(text, keyEnd + 1, endOf(text, keyEnd + 1, end));

        if (isKey(COUNT, text, begin, keyEnd))
        {
            count = value;
        }
        else if (isKey(BYTES, text, begin, keyEnd))
        {
            bytes = value;
        }
        else if (isKey(COUNT_HARD_LIMIT, text, begin, keyEnd))
        {
            countHardLimit = value;
        }
        else if (isKey(BYTE_HARD_LIMIT, text, begin, keyEnd))
        {
            byteHardLimit = value;
        }
    }

    private static int endOf(final DirectBuffer text, final int begin, final int end)
    {
        int position = begin;

        while (position < end && text.getByte(position) != '=')
        {
            position++;
        }

        return position;
    }

    private static boolean isKey(final String key, final DirectBuffer text, final int begin, final int end)
    {
        if (end - begin != key.length())
        {
            return false;
        }

        for (int i = 0; i < key.length(); i++)
        {
            if (text.getByte(begin + i) != key.charAt(i))
            {
                return false;
            }
        }

        return true;
    }

    private void value(final DirectBuffer text, final int begin, final int end)
    {
        final boolean isNegative = begin < end && text.getByte(begin) == '-';
        final boolean isPositive = begin < end && text.getByte(begin) == '+';
        int position = isNegative || isPositive ? begin + 1 : begin;
        long number = position < end ? 0 : UNSET;

        while (position < end && number != UNSET)
        {
            final int digit = text.getByte(position++) - '0';
            final boolean isFitting = digit >= 0 && digit <= 9 && number <= (Long.MAX_VALUE - digit) / 10;
            number = isFitting ? number * 10 + digit : UNSET;
        }

        value = isNegative && number != UNSET ? -number : number;
    }

    /**
     * Number of znodes: the usage, or the soft limit.
     *
     * @return {@link #UNSET} when not given.
     */
    public long count()
    {
        return count;
    }

    /**
     * Number of bytes: the usage, or the soft limit.
     *
     * @return {@link #UNSET} when not given.
     */
    public long bytes()
    {
        return bytes;
    }

    /**
     * Hard limit on the number of znodes.
     *
     * @return {@link #UNSET} when not given.
     */
    public long countHardLimit()
    {
        return countHardLimit;
    }

    /**
     * Hard limit on the number of bytes.
     *
     * @return {@link #UNSET} when not given.
     */
    public long byteHardLimit()
    {
        return byteHardLimit;
    }

    /**
     * Writes a usage, or limits without hard limits.
     *
     * @param count  of znodes.
     * @param bytes  of data.
     * @param target has room for {@link #LENGTH_MAX} bytes.
     * @param index  of the first one written.
     * @return bytes written.
     */
    public static int format(final long count, final long bytes, final MutableDirectBuffer target, final int index)
    {
        return member(',', BYTES, bytes, target, member('\0', COUNT, count, target, index)) - index;
    }

    private static int member(final char separator, final String key, final long value,
        final MutableDirectBuffer target, final int index)
    {
        int position = index;

        if (separator != '\0')
        {
            target.putByte(position++, (byte)separator);
        }

        position += target.putStringWithoutLengthAscii(position, key);
        target.putByte(position++, (byte)'=');

        return position + target.putLongAscii(position, value);
    }
}
