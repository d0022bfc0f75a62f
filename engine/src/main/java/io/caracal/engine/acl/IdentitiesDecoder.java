/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Reads what {@link IdentitiesEncoder} wrote. One instance serves many requests. Once it has seen the longest ones, it
 * allocates only when the kind of address changes.
 */
public final class IdentitiesDecoder
{
    private final Identities identities = new Identities();

    /**
     * Reads identities.
     *
     * @param buffer holds them.
     * @param offset of the first byte.
     * @param length of the encoded form, exactly.
     * @return false when these bytes are malformed. {@link #identities()} is then empty, so nothing is permitted that
     *         is not permitted to everyone.
     */
    public boolean wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        identities.clear();
        final boolean isWhole = decode(buffer, offset, length);
        if (!isWhole)
        {
            identities.clear();
        }

        return isWhole;
    }

    /**
     * The identities read last.
     *
     * @return valid until the next call of {@link #wrap}; all of them count.
     */
    public Identities identities()
    {
        return identities;
    }

    private boolean decode(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < IdentitiesEncoder.HEADER_LENGTH || length > IdentitiesEncoder.LENGTH_MAX)
        {
            return false;
        }

        final int count = buffer.getByte(offset) & 0xFF;
        final int addressIndex = (buffer.getByte(offset + 1) & 0xFF) - 1;
        final int addressLength = buffer.getByte(offset + 2) & 0xFF;
        final int entriesOffset = offset + IdentitiesEncoder.HEADER_LENGTH + addressLength;
        final int end = offset + length;
        if (count > Identities.IDENTITIES_MAX || !isAddress(addressIndex, addressLength, count) ||
            end - entriesOffset > Identities.LENGTH_MAX || !decodeEntries(buffer, entriesOffset, end, count))
        {
            return false;
        }

        if (addressIndex >= 0)
        {
            identities.address(buffer, offset + IdentitiesEncoder.HEADER_LENGTH, addressLength, addressIndex);
        }

        return addressIndex < 0 || identities.isOf(Scheme.IP, addressIndex);
    }

    private static boolean isAddress(final int index, final int length, final int count)
    {
        return index < 0 ? length == 0 : index < count && (length == IpAddress.V4_LENGTH ||
            length == IpAddress.V6_LENGTH);
    }

    private boolean decodeEntries(final DirectBuffer buffer, final int offset, final int end, final int count)
    {
        int position = offset;
        for (int i = 0; i < count; i++)
        {
            final int schemeLength = lengthAt(buffer, position, end);
            if (schemeLength < 0)
            {
                return false;
            }

            final int idAt = position + Integer.BYTES + schemeLength;
            final int idLength = lengthAt(buffer, idAt, end);
            final Scheme scheme = Scheme.of(buffer, position + Integer.BYTES, schemeLength);
            if (idLength < 0 || scheme == null)
            {
                return false;
            }

            final int next = idAt + Integer.BYTES + idLength;
            identities.append(scheme, buffer, position, next - position);
            position = next;
        }

        return position == end;
    }

    /** Length of the text at a position, -1 when it does not fit before the end. */
    private static int lengthAt(final DirectBuffer buffer, final int position, final int end)
    {
        if (end - position < Integer.BYTES)
        {
            return -1;
        }

        final int length = buffer.getInt(position, ByteOrder.BIG_ENDIAN);

        return length <= end - position - Integer.BYTES ? length : -1;
    }
}
