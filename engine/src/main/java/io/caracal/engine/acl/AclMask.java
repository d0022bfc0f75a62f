/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import io.caracal.engine.protocol.JuteWriter;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Writes an ACL as clients without ADMIN permission see it: the ids of digest entries end in {@code :x} instead of the
 * hash. Works on stored ACLs, without copies.
 */
public final class AclMask
{
    private static final int MASK_LENGTH = 2;

    private AclMask()
    {
    }

    /**
     * Length of the masked ACL.
     *
     * @param acl    holds the ACL as stored.
     * @param offset of its first byte, the count.
     * @return bytes, the count included.
     */
    public static int maskedLength(final DirectBuffer acl, final int offset)
    {
        return walk(acl, offset, null);
    }

    /**
     * Writes the masked ACL.
     *
     * @param acl    holds the ACL as stored.
     * @param offset of its first byte, the count.
     * @param target takes {@link #maskedLength} bytes.
     */
    public static void encode(final DirectBuffer acl, final int offset, final JuteWriter target)
    {
        walk(acl, offset, target);
    }

    private static int walk(final DirectBuffer acl, final int offset, final JuteWriter target)
    {
        final int count = acl.getInt(offset, ByteOrder.BIG_ENDIAN);
        int position = offset + Integer.BYTES;
        int length = Integer.BYTES;

        if (target != null)
        {
            target.writeInt(count);
        }

        for (int i = 0; i < count; i++)
        {
            final int schemeLength = acl.getInt(position + 4, ByteOrder.BIG_ENDIAN);
            final int idOffset = position + 12 + schemeLength;
            final int idLength = acl.getInt(idOffset - 4, ByteOrder.BIG_ENDIAN);
            final int userLength = userLength(acl, position + 8, schemeLength, idOffset, idLength);
            length += entry(acl, position, idOffset, idLength, userLength, target);
            position = idOffset + idLength;
        }

        return length;
    }

    /** Length of the part of the id that stays visible; the whole id when there is nothing to hide. */
    private static int userLength(final DirectBuffer acl, final int schemeOffset, final int schemeLength,
        final int idOffset, final int idLength)
    {
        final int colon = Scheme.of(acl, schemeOffset, schemeLength) == Scheme.DIGEST ? ByteRanges.indexOf(acl,
            idOffset, idLength, ':') : -1;

        return colon < 0 ? idLength : colon;
    }

    private static int entry(final DirectBuffer acl, final int offset, final int idOffset, final int idLength,
        final int userLength, final JuteWriter target)
    {
        final int headLength = idOffset - Integer.BYTES - offset;
        final int shownLength = userLength == idLength ? idLength : userLength + MASK_LENGTH;

        if (target != null)
        {
            target.writeRaw(acl, offset, headLength).writeInt(shownLength).writeRaw(acl, idOffset, userLength);

            if (userLength != idLength)
            {
                target.buffer().putByte(target.reserve(1), (byte)':');
                target.buffer().putByte(target.reserve(1), (byte)'x');
            }
        }

        return headLength + Integer.BYTES + shownLength;
    }
}
