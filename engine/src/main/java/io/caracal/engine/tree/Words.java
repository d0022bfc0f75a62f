/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Bytes read eight at a time, little-endian on every platform. */
public final class Words
{
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SLASHES = LOW_BITS * '/';
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;
    private static final int FOUR_BYTES = 0xF0;

    private Words()
    {
    }

    /**
     * Reads up to eight bytes of a run, padded with zeros. One memory access is enough, unless the run is shorter than
     * a word up to the end of these bytes.
     *
     * @param start     of the run.
     * @param index     of the wanted bytes within the buffer.
     * @param remaining bytes of the run from there on, 0 or more.
     */
    static long word(final DirectBuffer buffer, final int start, final int index, final int remaining)
    {
        if (remaining >= Long.BYTES)
        {
            return buffer.getLong(index, ByteOrder.LITTLE_ENDIAN);
        }

        final int limit = index + remaining;
        if (remaining > 0 && limit - start >= Long.BYTES)
        {
            return buffer.getLong(limit - Long.BYTES, ByteOrder.LITTLE_ENDIAN) >>> ((Long.BYTES - remaining) << 3);
        }

        return shortWord(buffer, index, remaining);
    }

    private static long shortWord(final DirectBuffer buffer, final int index, final int remaining)
    {
        if (remaining >= Integer.BYTES)
        {
            final int tail = remaining - Integer.BYTES;
            final long low = buffer.getInt(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            final long high = buffer.getInt(index + tail, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;

            return low | high << (tail << 3);
        }
        if (remaining == 0)
        {
            return 0;
        }

        final int middle = remaining >>> 1;
        final int last = remaining - 1;

        return (buffer.getByte(index) & 0xFFL) | (buffer.getByte(index + middle) & 0xFFL) << (middle << 3) |
            (buffer.getByte(index + last) & 0xFFL) << (last << 3);
    }

    /** Position of the first slash within a word, or 8 when there is none. */
    static int firstSlash(final long word)
    {
        final long zeroWhereSlash = word ^ SLASHES;

        return Long.numberOfTrailingZeros((zeroWhereSlash - LOW_BITS) & ~zeroWhereSlash & HIGH_BITS) >>> 3;
    }

    /** The first bytes of a word, fewer than eight. */
    static long first(final long word, final int bytes)
    {
        return word & ((1L << (bytes << 3)) - 1);
    }

    /**
     * Whether two runs of bytes are equal.
     *
     * @param left       holds one.
     * @param leftIndex  of its first byte.
     * @param right      holds the other.
     * @param rightIndex of its first byte.
     * @param length     of both, in bytes.
     * @return true when they are.
     */
    public static boolean equal(final DirectBuffer left, final int leftIndex, final DirectBuffer right,
        final int rightIndex,
        final int length)
    {
        for (int i = 0; i < length; i += Long.BYTES)
        {
            if (word(left, leftIndex, leftIndex + i, length - i) != word(right, rightIndex, rightIndex + i, length - i))
            {
                return false;
            }
        }

        return true;
    }

    /** Length of UTF-8 text in UTF-16 units. */
    static int utf16Length(final DirectBuffer buffer, final int index, final int length)
    {
        for (int i = 0; i < length; i += Long.BYTES)
        {
            if ((word(buffer, index, index + i, length - i) & HIGH_BITS) != 0)
            {
                return utf16LengthOfAny(buffer, index, length);
            }
        }

        return length;
    }

    private static int utf16LengthOfAny(final DirectBuffer buffer, final int index, final int length)
    {
        int units = 0;
        for (int i = index; i < index + length; i++)
        {
            final int unsigned = buffer.getByte(i) & 0xFF;
            if ((unsigned & CONTINUATION_MASK) != CONTINUATION)
            {
                units += unsigned >= FOUR_BYTES ? 2 : 1;
            }
        }

        return units;
    }
}
