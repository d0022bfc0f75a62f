/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Identities as they travel to the leader with a request: those that the connection had when the request arrived. The
 * server that holds the connection checked the proofs; servers trust each other in this.
 *
 * <pre>
 *   u8 count | u8 index of the remote address + 1, 0: none | u8 length of the address | address | entries
 *   each entry: i32 length of scheme, scheme, i32 length of id, id                         (big endian)
 * </pre>
 */
public final class IdentitiesEncoder
{
    static final int HEADER_LENGTH = 3;

    /** Longest encoded form in bytes. */
    public static final int LENGTH_MAX = HEADER_LENGTH + IpAddress.V6_LENGTH + Identities.LENGTH_MAX;

    private IdentitiesEncoder()
    {
    }

    /**
     * Length of the encoded form.
     *
     * @param identities of a connection.
     * @param limit      number of them to encode.
     * @return bytes, at most {@link #LENGTH_MAX}.
     */
    public static int length(final Identities identities, final int limit)
    {
        return HEADER_LENGTH + addressLength(identities, limit) + identities.offset(limit);
    }

    /**
     * Writes the encoded form.
     *
     * @param identities of a connection.
     * @param limit      number of them to encode, 0 to {@link Identities#count()}.
     * @param target     takes {@link #length} bytes.
     * @param offset     of the first one.
     * @return bytes written.
     */
    public static int encode(final Identities identities, final int limit, final MutableDirectBuffer target,
        final int offset)
    {
        final int addressLength = addressLength(identities, limit);
        target.putByte(offset, (byte)limit);
        target.putByte(offset + 1, (byte)(addressLength == 0 ? 0 : identities.addressIndex() + 1));
        target.putByte(offset + 2, (byte)addressLength);
        final DirectBuffer address = identities.address();
        target.putBytes(offset + HEADER_LENGTH, address, 0, addressLength);
        target.putBytes(offset + HEADER_LENGTH + addressLength, identities.entries(), 0, identities.offset(limit));

        return length(identities, limit);
    }

    private static int addressLength(final Identities identities, final int limit)
    {
        final int index = identities.addressIndex();

        return index >= 0 && index < limit ? identities.address().capacity() : 0;
    }
}
