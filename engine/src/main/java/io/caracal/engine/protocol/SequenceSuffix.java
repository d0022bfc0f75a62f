/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import org.agrona.MutableDirectBuffer;

/**
 * The suffix of sequential znodes: a signed 32-bit number in decimal, padded with zeros to ten characters including the
 * sign. Negative numbers of ten digits take eleven.
 */
public final class SequenceSuffix
{
    /** Longest suffix in bytes. */
    public static final int LENGTH_MAX = 11;

    private static final int WIDTH = 10;
    private static final int TEN_DIGITS = 1_000_000_000;

    private SequenceSuffix()
    {
    }

    /**
     * Length of a suffix.
     *
     * @param sequence any value.
     * @return 10 or 11.
     */
    public static int length(final int sequence)
    {
        return sequence <= -TEN_DIGITS ? LENGTH_MAX : WIDTH;
    }

    /**
     * Writes a suffix.
     *
     * @param sequence any value.
     * @param target   written to.
     * @param offset   of the first byte.
     * @return bytes written.
     */
    public static int encode(final int sequence, final MutableDirectBuffer target, final int offset)
    {
        final int length = length(sequence);
        long rest = Math.abs((long)sequence);

        for (int i = length - 1; i >= 0; i--)
        {
            target.putByte(offset + i, (byte)('0' + rest % 10));
            rest /= 10;
        }

        if (sequence < 0)
        {
            target.putByte(offset, (byte)'-');
        }

        return length;
    }
}
