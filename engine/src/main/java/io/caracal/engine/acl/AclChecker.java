/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import io.caracal.engine.tree.AclTable;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Decides whether an ACL permits something. ACLs come in their stored form, the encoded vector: {@code i32 count}, and
 * for each entry {@code i32 perms, str scheme, str id}. A scheme that this server does not know matches nobody.
 */
public final class AclChecker
{
    /** Length in bytes from which the permissions that an ACL gives are remembered. Few ACLs are that long. */
    static final int NOTED_LENGTH_LEAST = 256;

    private final boolean skipAcl;
    private final boolean digestEnabled;
    private final IpRange range = new IpRange();

    /**
     * Creates a checker.
     *
     * @param settings of the server.
     */
    public AclChecker(final AclSettings settings)
    {
        skipAcl = settings.skipAcl();
        digestEnabled = settings.digestEnabled();
    }

    /**
     * Whether an ACL permits something. One of the wanted bits is enough.
     *
     * @param acl    holds it.
     * @param offset of its first byte.
     * @param length in bytes, 0 for none: everything is permitted.
     * @param perms  wanted bits.
     * @param who    identities of the connection.
     * @param limit  number of them that count: those present when the request arrived.
     * @return true when permitted; otherwise the answer is NO_AUTH.
     */
    public boolean allows(final DirectBuffer acl, final int offset, final int length, final int perms,
        final Identities who, final int limit)
    {
        if (skipAcl || length == 0 || who.isSuper(limit))
        {
            return true;
        }

        final int count = acl.getInt(offset, ByteOrder.BIG_ENDIAN);
        int position = offset + Integer.BYTES;

        for (int i = 0; i < count; i++)
        {
            final int schemeLength = acl.getInt(position + 4, ByteOrder.BIG_ENDIAN);
            final int idOffset = position + 12 + schemeLength;
            final int idLength = acl.getInt(idOffset - 4, ByteOrder.BIG_ENDIAN);

            if ((acl.getInt(position, ByteOrder.BIG_ENDIAN) & perms) != 0 && matches(acl, position + 4, schemeLength,
                idOffset, idLength, who, limit))
            {
                return true;
            }

            position = idOffset + idLength;
        }

        return count <= 0;
    }

    /**
     * Whether an ACL of the tree permits something. The table remembers what a long ACL gives to the last connection
     * that asked. Otherwise each short request, or short part of one, could make the server search a thousand entries.
     *
     * @param acls  the tree's.
     * @param aclId of the ACL.
     * @param perms wanted bits, one of which is enough.
     * @param who   identities of the connection.
     * @param limit number of them that count.
     * @return true when permitted.
     */
    public boolean allows(final AclTable acls, final int aclId, final int perms, final Identities who, final int limit)
    {
        if ((acls.openPermissions(aclId) & perms) != 0)
        {
            return true;
        }

        final int length = acls.length(aclId);
        if (length < NOTED_LENGTH_LEAST || limit != who.count() || skipAcl || who.isSuper(limit))
        {
            return allows(acls.view(aclId), 0, length, perms, who, limit);
        }

        return (permissions(acls, aclId, who) & perms) != 0;
    }

    private int permissions(final AclTable acls, final int aclId, final Identities who)
    {
        final long stamp = who.stamp(acls);
        if (acls.judgedStamp(aclId) != stamp)
        {
            acls.judged(aclId, stamp, permissions(acls.view(aclId), who));
        }

        return acls.judgedPermissions(aclId);
    }

    /** All permissions that an ACL gives, including bits that no request needs. */
    private int permissions(final DirectBuffer acl, final Identities who)
    {
        final int count = acl.getInt(0, ByteOrder.BIG_ENDIAN);
        int position = Integer.BYTES;
        int permissions = 0;

        for (int i = 0; i < count; i++)
        {
            final int schemeLength = acl.getInt(position + 4, ByteOrder.BIG_ENDIAN);
            final int idOffset = position + 12 + schemeLength;
            final int idLength = acl.getInt(idOffset - 4, ByteOrder.BIG_ENDIAN);

            if (matches(acl, position + 4, schemeLength, idOffset, idLength, who, who.count()))
            {
                permissions |= acl.getInt(position, ByteOrder.BIG_ENDIAN);
            }

            position = idOffset + idLength;
        }

        return permissions;
    }

    private boolean matches(final DirectBuffer acl, final int entryOffset, final int schemeLength, final int idOffset,
        final int idLength, final Identities who, final int limit)
    {
        final Scheme scheme = Scheme.of(acl, entryOffset + 4, schemeLength);

        if (scheme == null)
        {
            return false;
        }

        return switch (scheme)
        {
            case WORLD -> AclNormalizer.isAnyone(acl, idOffset, idLength);
            case DIGEST -> digestEnabled && who.hasEntry(acl, entryOffset, idOffset + idLength - entryOffset, limit);
            case IP -> range.parse(acl, idOffset, idLength) && who.isWithin(range, limit);
            case AUTH, SUPER, ENSEMBLE -> false;
        };
    }
}
