/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/**
 * Describes each datagram of a stream, in the field that Aeron's header reserves for applications:
 *
 * <pre>
 *   63      56 55             32 31                              0
 *  +----------+-----------------+---------------------------------+
 *  |   kind   |    sequence     |   length of the whole message   |
 *  +----------+-----------------+---------------------------------+
 * </pre>
 *
 * The sequence counts the datagrams of a stream, modulo 2^24. Aeron promises that none is missing; the sequence proves
 * it.
 */
final class PieceHeader
{
    /** The first message of a stream. */
    static final int HELLO = 1;
    /** A whole message. */
    static final int WHOLE = 2;
    /** The first piece of a message of several pieces. */
    static final int FIRST = 3;
    /** A further piece of a message. */
    static final int NEXT = 4;

    private static final int KIND_SHIFT = 56;
    private static final int SEQUENCE_SHIFT = 32;
    private static final int SEQUENCE_MASK = 0xff_ffff;

    private PieceHeader()
    {
    }

    static long pack(final int kind, final int sequence, final int messageLength)
    {
        return (long)kind << KIND_SHIFT | (long)(sequence & SEQUENCE_MASK) << SEQUENCE_SHIFT | messageLength;
    }

    static int kind(final long header)
    {
        return (int)(header >>> KIND_SHIFT);
    }

    static boolean isInSequence(final long header, final int sequence)
    {
        return ((int)(header >>> SEQUENCE_SHIFT) & SEQUENCE_MASK) == (sequence & SEQUENCE_MASK);
    }

    static int messageLength(final long header)
    {
        return (int)header;
    }
}
