/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.tree.AclTable;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The identities of one connection, in the order in which they came. Identities are only ever added, each one once. So
 * a request that arrived when there were {@code n} of them is judged by the first {@code n}. Owned by the connection.
 * <p>
 * Identities are stored one after the other as {@code str scheme, str id}: the same bytes that follow the permissions
 * in an ACL entry.
 */
public final class Identities
{
    /** Most identities that one connection can hold. */
    public static final int IDENTITIES_MAX = 64;

    /** Most bytes that the identities of one connection can take. */
    public static final int LENGTH_MAX = 64 * 1024;

    private static final int NONE = -1;
    private static final int INITIAL_CAPACITY = 64;

    private final ExpandableArrayBuffer entries = new ExpandableArrayBuffer(INITIAL_CAPACITY);
    private final int[] offsets = new int[IDENTITIES_MAX + 1];
    private final UnsafeBuffer address = new UnsafeBuffer(0, 0);
    private int count;
    private int superIndex = NONE;
    private int addressIndex = NONE;
    private AclTable stampedBy;
    private long stamp = AclTable.NOBODY;

    /**
     * Number of identities so far.
     *
     * @return zero or more; to be kept with each request that arrives.
     */
    public int count()
    {
        return count;
    }

    /**
     * Adds an identity.
     *
     * @param scheme   of the identity.
     * @param id       holds its id.
     * @param idOffset of the first byte.
     * @param idLength in bytes.
     * @return false when a limit is reached and nothing was added; true also when the identity is already there.
     */
    public boolean add(final Scheme scheme, final DirectBuffer id, final int idOffset, final int idLength)
    {
        if (indexOf(scheme, id, idOffset, idLength) != NONE)
        {
            return true;
        }

        final int schemeLength = scheme.text().length();
        final int idAt = offsets[count] + Integer.BYTES + schemeLength;

        if (count == IDENTITIES_MAX || idLength > LENGTH_MAX - idAt - Integer.BYTES)
        {
            return false;
        }

        entries.putInt(offsets[count], schemeLength, ByteOrder.BIG_ENDIAN);
        entries.putStringWithoutLengthAscii(offsets[count] + Integer.BYTES, scheme.text());
        entries.putInt(idAt, idLength, ByteOrder.BIG_ENDIAN);
        entries.putBytes(idAt + Integer.BYTES, id, idOffset, idLength);

        if (scheme == Scheme.SUPER)
        {
            superIndex = count;
        }

        count++;
        offsets[count] = idAt + Integer.BYTES + idLength;
        stamp = AclTable.NOBODY;
        return true;
    }

    /** The stamp that stands for all these identities in a table of ACLs until anything about them changes. */
    long stamp(final AclTable acls)
    {
        if (stampedBy != acls || stamp == AclTable.NOBODY)
        {
            stampedBy = acls;
            stamp = acls.nextStamp();
        }

        return stamp;
    }

    /**
     * Adds the remote address as an identity; called once, right after the handshake.
     *
     * @param source holds the address.
     * @param offset of its first byte.
     * @param length 4 or 16.
     */
    public void attachAddress(final DirectBuffer source, final int offset, final int length)
    {
        final UnsafeBuffer text = new UnsafeBuffer(new byte[IpAddress.TEXT_LENGTH_MAX]);
        final int textLength = IpAddress.format(source, offset, length, text, 0);
        address(source, offset, length, count);
        add(Scheme.IP, text, 0, textLength);
    }

    /** Copies the remote address, of which an identity of the scheme ip holds the text. */
    void address(final DirectBuffer source, final int offset, final int length, final int index)
    {
        if (address.capacity() != length)
        {
            address.wrap(new byte[length]);
        }
        address.putBytes(0, source, offset, length);
        addressIndex = index;
        stamp = AclTable.NOBODY;
    }

    /** The remote address; meaningful only when {@link #addressIndex()} is not negative. */
    DirectBuffer address()
    {
        return address;
    }

    /** Index of the identity that is the remote address, negative when there is none. */
    int addressIndex()
    {
        return addressIndex;
    }

    /** Removes all identities. */
    void clear()
    {
        count = 0;
        superIndex = NONE;
        addressIndex = NONE;
        stamp = AclTable.NOBODY;
    }

    /** Adds an identity in its stored form; its bytes and the limits have been checked. */
    void append(final Scheme scheme, final DirectBuffer source, final int offset, final int length)
    {
        entries.putBytes(offsets[count], source, offset, length);
        if (scheme == Scheme.SUPER)
        {
            superIndex = count;
        }
        count++;
        offsets[count] = offsets[count - 1] + length;
        stamp = AclTable.NOBODY;
    }

    /**
     * Whether one of the first identities may do everything.
     *
     * @param limit number of identities to look at.
     * @return true when so.
     */
    public boolean isSuper(final int limit)
    {
        return superIndex != NONE && superIndex < limit;
    }

    /**
     * Whether one of the first identities is of a scheme.
     *
     * @param scheme wanted.
     * @param limit  number of identities to look at.
     * @return true when so.
     */
    public boolean has(final Scheme scheme, final int limit)
    {
        for (int i = 0; i < limit; i++)
        {
            if (isOf(scheme, i))
            {
                return true;
            }
        }

        return false;
    }

    /**
     * Whether one of the first identities is exactly this entry of an ACL. The ends are compared first, and the whole
     * bytes only if the ends are equal. Entries end in a hash, whereas a client can have any number of entries and
     * identities with a long common beginning.
     */
    boolean hasEntry(final DirectBuffer acl, final int offset, final int length, final int limit)
    {
        final long end = acl.getLong(offset + length - Long.BYTES);
        for (int i = 0; i < limit; i++)
        {
            if (length(i) == length && entries.getLong(offsets[i + 1] - Long.BYTES) == end &&
                ByteRanges.isEqual(entries, offsets[i], acl, offset, length))
            {
                return true;
            }
        }

        return false;
    }

    /** Whether the remote address is among the first identities and lies in a range. */
    boolean isWithin(final IpRange range, final int limit)
    {
        return addressIndex != NONE && addressIndex < limit && range.contains(address, 0, address.capacity());
    }

    /** Whether an identity is of a scheme. */
    boolean isOf(final Scheme scheme, final int index)
    {
        return scheme.isNamed(entries, schemeOffset(index), schemeLength(index));
    }

    /** All identities, one after the other. */
    DirectBuffer entries()
    {
        return entries;
    }

    /** Where an identity begins. */
    int offset(final int index)
    {
        return offsets[index];
    }

    /** Length of an identity in bytes. */
    int length(final int index)
    {
        return offsets[index + 1] - offsets[index];
    }

    private int indexOf(final Scheme scheme, final DirectBuffer id, final int idOffset, final int idLength)
    {
        for (int i = 0; i < count; i++)
        {
            if (isOf(scheme, i) && idLength(i) == idLength && ByteRanges.isEqual(entries, idOffset(i), id, idOffset,
                idLength))
            {
                return i;
            }
        }

        return NONE;
    }

    private int schemeLength(final int index)
    {
        return entries.getInt(offsets[index], ByteOrder.BIG_ENDIAN);
    }

    private int schemeOffset(final int index)
    {
        return offsets[index] + Integer.BYTES;
    }

    private int idLength(final int index)
    {
        return entries.getInt(schemeOffset(index) + schemeLength(index), ByteOrder.BIG_ENDIAN);
    }

    private int idOffset(final int index)
    {
        return schemeOffset(index) + schemeLength(index) + Integer.BYTES;
    }

    /** Length of the visible part of an identity: the user of a digest, the whole id of any other. */
    private int printableLength(final int index)
    {
        final int colon = isOf(Scheme.DIGEST, index) ? ByteRanges.indexOf(entries, idOffset(index), idLength(index),
            ':') : NONE;

        return colon == NONE ? idLength(index) : colon;
    }

    /**
     * Length of the answer to whoAmI.
     *
     * @return bytes, the count of the vector included.
     */
    public int whoAmILength()
    {
        int length = Integer.BYTES;

        for (int i = 0; i < count; i++)
        {
            length += JuteWriter.lengthOfRange(schemeLength(i)) + JuteWriter.lengthOfRange(printableLength(i));
        }

        return length;
    }

    /**
     * Writes the answer to whoAmI: for each identity its scheme and its user, without anything secret.
     *
     * @param target takes {@link #whoAmILength()} bytes.
     */
    public void encodeWhoAmI(final JuteWriter target)
    {
        target.writeInt(count);

        for (int i = 0; i < count; i++)
        {
            target.writeRange(entries, schemeOffset(i), schemeLength(i));
            target.writeRange(entries, idOffset(i), printableLength(i));
        }
    }
}
