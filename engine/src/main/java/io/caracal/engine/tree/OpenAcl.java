/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The ACL that nearly every znode has: one entry, {@code world:anyone}. What it permits does not depend on who asks, so
 * it is computed once instead of being read at each request.
 *
 * <pre>
 *   0 count, 1    4 permissions    8 length, 5    12 world    17 length, 6    21 anyone
 * </pre>
 */
final class OpenAcl
{
    /** Length in bytes. */
    static final int LENGTH = 27;

    private static final int PERMISSIONS = 4;
    private static final int SCHEME = 8;
    private static final byte[] ENTRY =
        "\0\0\0\5world\0\0\0\6anyone".getBytes(StandardCharsets.US_ASCII);

    private OpenAcl()
    {
    }

    /** Writes the ACL that gives everyone these permissions. */
    static void write(final MutableDirectBuffer target, final int index, final int permissions)
    {
        target.putInt(index, 1, ByteOrder.BIG_ENDIAN);
        target.putInt(index + PERMISSIONS, permissions, ByteOrder.BIG_ENDIAN);
        target.putBytes(index + SCHEME, ENTRY);
    }

    /** The permissions that an ACL of this kind gives everyone; 0 for any other ACL. */
    static int permissions(final DirectBuffer acl, final int offset, final int length)
    {
        if (length != LENGTH || acl.getInt(offset, ByteOrder.BIG_ENDIAN) != 1)
        {
            return 0;
        }

        for (int i = 0; i < ENTRY.length; i++)
        {
            if (acl.getByte(offset + SCHEME + i) != ENTRY[i])
            {
                return 0;
            }
        }

        return acl.getInt(offset + PERMISSIONS, ByteOrder.BIG_ENDIAN);
    }
}
