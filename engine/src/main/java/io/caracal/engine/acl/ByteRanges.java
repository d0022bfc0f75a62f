/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import org.agrona.DirectBuffer;

/** Compares bytes without copying them. */
final class ByteRanges
{
    private ByteRanges()
    {
    }

    static boolean isEqual(final DirectBuffer left, final int leftOffset, final DirectBuffer right,
        final int rightOffset, final int length)
    {
        int i = 0;

        for (; i + Long.BYTES <= length; i += Long.BYTES)
        {
            if (left.getLong(leftOffset + i) != right.getLong(rightOffset + i))
            {
                return false;
            }
        }

        for (; i < length; i++)
        {
            if (left.getByte(leftOffset + i) != right.getByte(rightOffset + i))
            {
                return false;
            }
        }

        return true;
    }

    static int indexOf(final DirectBuffer buffer, final int offset, final int length, final char wanted)
    {
        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(offset + i) == wanted)
            {
                return i;
            }
        }

        return -1;
    }
}
