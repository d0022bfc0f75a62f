/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A range of addresses as an ACL names it: an address, optionally followed by a slash and the number of leading bits
 * that count. Those of an IPv4 address in the form of an IPv6 address are counted in the latter: {@code ::ffff:0:0/96}
 * holds all IPv4 addresses. An instance holds one range at a time and is used again for each.
 */
public final class IpRange
{
    /** Leading bits that all IPv4 addresses in the form of IPv6 addresses share. */
    private static final int MAPPED_BITS = Byte.SIZE * (IpAddress.V6_LENGTH - IpAddress.V4_LENGTH);

    private final IpLiteral literal = new IpLiteral();
    private final UnsafeBuffer address = new UnsafeBuffer(new byte[IpAddress.V6_LENGTH]);
    private int length;
    private int bits;

    /**
     * Parses a range.
     *
     * @param text       holds it.
     * @param offset     of its first byte.
     * @param textLength in bytes, -1 for null.
     * @return false when it is malformed; the range then contains nothing.
     */
    public boolean parse(final DirectBuffer text, final int offset, final int textLength)
    {
        final int slash = ByteRanges.indexOf(text, offset, textLength, '/');
        length = literal.parse(text, offset, slash < 0 ? textLength : slash, address);
        bits = slash < 0 ? length * Byte.SIZE : IpLiteral.decimal(text, offset + slash + 1, offset + textLength);
        if (slash >= 0 && bits >= 0 && literal.isMapped())
        {
            countInV6();
        }

        if (bits < 0 || bits > length * Byte.SIZE)
        {
            length = 0;
        }

        return length != 0;
    }

    private void countInV6()
    {
        if (bits >= MAPPED_BITS)
        {
            bits -= MAPPED_BITS;
            return;
        }

        final int v4 = address.getInt(0);
        address.setMemory(0, IpAddress.V6_LENGTH, (byte)0);
        address.putShort(10, (short)-1);
        address.putInt(12, v4);
        length = IpAddress.V6_LENGTH;
    }

    /**
     * Whether the range contains an address. A range of one address family contains no address of the other.
     *
     * @param candidate       holds the address.
     * @param offset          of its first byte.
     * @param candidateLength 4 or 16.
     * @return true when it does.
     */
    public boolean contains(final DirectBuffer candidate, final int offset, final int candidateLength)
    {
        if (length == 0 || candidateLength != length)
        {
            return false;
        }

        final int wholeBytes = bits / Byte.SIZE;
        final int restBits = bits % Byte.SIZE;

        return ByteRanges.isEqual(address, 0, candidate, offset, wholeBytes) &&
            (restBits == 0 || hasEqualBits(candidate.getByte(offset + wholeBytes), wholeBytes, restBits));
    }

    private boolean hasEqualBits(final byte candidate, final int index, final int leadingBits)
    {
        return (address.getByte(index) ^ candidate) >> (Byte.SIZE - leadingBits) == 0;
    }
}
