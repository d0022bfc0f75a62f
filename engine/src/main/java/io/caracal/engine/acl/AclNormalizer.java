/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteReader;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the ACL of a create or setACL into the one that is stored. Exact duplicates are dropped, and {@code auth}
 * becomes the authenticated identities of the connection. Every other entry must have a known scheme and be valid in
 * it. The result stays in this object until the next call; buffers grow to the largest ACL seen and are kept.
 */
public final class AclNormalizer
{
    /**
     * Most entries of an ACL, both as a client sends it and as it is stored. An ACL with more is refused as invalid.
     */
    public static final int ENTRIES_MAX = 1024;

    /** Longest stored ACL in bytes; a longer one is refused as invalid. */
    public static final int LENGTH_MAX = 0xFFFFF;

    private static final int PERMS_LENGTH = Integer.BYTES;
    private static final DirectBuffer ANYONE = new UnsafeBuffer("anyone".getBytes(StandardCharsets.US_ASCII));

    private final boolean digestEnabled;
    private final EntryHash hashes;
    private final JuteReader reader = new JuteReader();
    private final IpRange range = new IpRange();
    private final ExpandableArrayBuffer result = new ExpandableArrayBuffer(1024);
    private int[] seenOffsets = new int[16];
    private int[] seenHashes = new int[16];
    private int seenCount;
    private int resultCount;
    private int resultLength;

    /** Hashes entries, by which duplicates are found. */
    @FunctionalInterface
    public interface EntryHash
    {
        /**
         * Hashes an entry.
         *
         * @param buffer holds it.
         * @param offset of its first byte.
         * @param length in bytes.
         * @return the same for the same bytes. If clients cannot foresee it, they cannot send long entries that differ
         *         but have to be compared, each with every other.
         */
        int hash(DirectBuffer buffer, int offset, int length);
    }

    /**
     * Creates a normalizer.
     *
     * @param settings of the server.
     * @param hashes   of entries.
     */
    public AclNormalizer(final AclSettings settings, final EntryHash hashes)
    {
        digestEnabled = settings.digestEnabled();
        this.hashes = hashes;
    }

    /**
     * Normalizes an ACL.
     *
     * @param acl    holds the encoded vector, as a decoder of this engine accepted it.
     * @param offset of its first byte, the count.
     * @param length in bytes.
     * @param who    identities of the connection.
     * @param limit  number of them that count.
     * @return {@link ErrorCode#OK} when there is a result; {@link ErrorCode#INVALID_ACL}; or, for certain nulls,
     *         {@link ErrorCode#MARSHALLING_ERROR}.
     */
    public int normalize(final DirectBuffer acl, final int offset, final int length, final Identities who,
        final int limit)
    {
        reader.wrap(acl, offset, length);
        final int count = reader.readInt();
        seenCount = 0;
        resultCount = 0;
        resultLength = Integer.BYTES;

        if (count < 1 || count > ENTRIES_MAX)
        {
            return ErrorCode.INVALID_ACL;
        }

        for (int i = 0; i < count; i++)
        {
            final int error = entry(acl, who, limit);
            if (error != ErrorCode.OK)
            {
                return error;
            }
        }

        result.putInt(0, resultCount, ByteOrder.BIG_ENDIAN);
        return ErrorCode.OK;
    }

    private int entry(final DirectBuffer acl, final Identities who, final int limit)
    {
        final int entryOffset = reader.position();
        final int perms = reader.readInt();
        final int schemeLength = reader.readRange();
        final int schemeOffset = reader.rangeOffset();
        final int idLength = reader.readRange();
        final int idOffset = reader.rangeOffset();

        if (!reader.isOk())
        {
            return ErrorCode.INVALID_ACL;
        }

        final Scheme scheme = schemeLength == JuteReader.NULL ? null : Scheme.of(acl, schemeOffset, schemeLength);
        if (isUnanswerable(acl, entryOffset, schemeLength, idLength, scheme))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        final boolean isSeen = isSeen(acl, entryOffset, reader.position() - entryOffset);

        return isSeen || isTaken(acl, scheme, entryOffset, perms, idOffset, idLength, who, limit) ? ErrorCode.OK :
            ErrorCode.INVALID_ACL;
    }

    /**
     * Whether the answer is a marshalling error. ZooKeeper answers so where it trips over a null: over a null id when
     * the scheme reads the id, and over a null scheme when an earlier entry has the same permissions, because the two
     * are then compared.
     */
    private boolean isUnanswerable(
        final DirectBuffer acl, final int entryOffset, final int schemeLength, final int idLength, final Scheme scheme)
    {
        if (schemeLength == JuteReader.NULL)
        {
            return hasPermsBefore(acl, entryOffset);
        }

        return idLength == JuteReader.NULL && scheme != null && scheme != Scheme.AUTH;
    }

    private boolean hasPermsBefore(final DirectBuffer acl, final int entryOffset)
    {
        for (int i = 0; i < seenCount; i++)
        {
            if (acl.getInt(seenOffsets[i]) == acl.getInt(entryOffset))
            {
                return true;
            }
        }

        return false;
    }

    private boolean isTaken(
        final DirectBuffer acl, final Scheme scheme, final int entryOffset, final int perms, final int idOffset,
        final int idLength, final Identities who, final int limit)
    {
        if (scheme == null)
        {
            return false;
        }

        return switch (scheme)
        {
            case WORLD -> isAnyone(acl, idOffset, idLength) && append(acl, entryOffset, reader.position());
            case AUTH -> expand(perms, who, limit);
            case DIGEST -> isDigestId(acl, idOffset, idLength) && append(acl, entryOffset, reader.position());
            case IP -> range.parse(acl, idOffset, idLength) && append(acl, entryOffset, reader.position());
            case SUPER, ENSEMBLE -> false;
        };
    }

    /** Looks the entry up among the earlier ones, by hash first, and remembers it. */
    private boolean isSeen(final DirectBuffer acl, final int offset, final int length)
    {
        final int hash = hashes.hash(acl, offset, length);

        for (int i = 0; i < seenCount; i++)
        {
            if (seenHashes[i] == hash && ByteRanges.isEqual(acl, seenOffsets[i], acl, offset, length))
            {
                return true;
            }
        }

        if (seenCount == seenOffsets.length)
        {
            seenOffsets = Arrays.copyOf(seenOffsets, 2 * seenCount);
            seenHashes = Arrays.copyOf(seenHashes, 2 * seenCount);
        }

        seenOffsets[seenCount] = offset;
        seenHashes[seenCount++] = hash;
        return false;
    }

    private boolean expand(final int perms, final Identities who, final int limit)
    {
        boolean isAuthenticated = false;

        for (int i = 0; digestEnabled && i < limit; i++)
        {
            if (who.isOf(Scheme.DIGEST, i))
            {
                final int length = who.length(i);

                if (!hasRoom(PERMS_LENGTH + length))
                {
                    return false;
                }

                result.putInt(resultLength, perms, ByteOrder.BIG_ENDIAN);
                result.putBytes(resultLength + PERMS_LENGTH, who.entries(), who.offset(i), length);
                resultLength += PERMS_LENGTH + length;
                resultCount++;
                isAuthenticated = true;
            }
        }

        return isAuthenticated;
    }

    private boolean append(final DirectBuffer acl, final int offset, final int end)
    {
        final int length = end - offset;

        if (!hasRoom(length))
        {
            return false;
        }

        result.putBytes(resultLength, acl, offset, length);
        resultLength += length;
        resultCount++;
        return true;
    }

    private boolean hasRoom(final int length)
    {
        return resultCount < ENTRIES_MAX && length <= LENGTH_MAX - resultLength;
    }

    /**
     * Whether the scheme digest is on and the id has exactly one colon, with something after it. Colons at the end do
     * not count, as in ZooKeeper; nobody ever has such an id.
     */
    private boolean isDigestId(final DirectBuffer acl, final int offset, final int length)
    {
        int end = length;
        while (end > 0 && acl.getByte(offset + end - 1) == ':')
        {
            end--;
        }
        final int colon = ByteRanges.indexOf(acl, offset, end, ':');
        final int behind = colon + 1;

        return digestEnabled && colon >= 0 && ByteRanges.indexOf(acl, offset + behind, end - behind, ':') < 0;
    }

    static boolean isAnyone(final DirectBuffer acl, final int idOffset, final int idLength)
    {
        return idLength == ANYONE.capacity() && ByteRanges.isEqual(ANYONE, 0, acl, idOffset, idLength);
    }

    /**
     * The result of the last call that returned {@link ErrorCode#OK}.
     *
     * @return holds it at index 0; valid until the next call.
     */
    public DirectBuffer acl()
    {
        return result;
    }

    /**
     * Length of the result.
     *
     * @return bytes, the count of the vector included.
     */
    public int length()
    {
        return resultLength;
    }
}
