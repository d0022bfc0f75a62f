/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** The ACL of a znode without an explicit one: all permissions for everyone. */
final class OpenList
{
    /** A list of one entry: 31, world, anyone. */
    static final UnsafeBuffer BYTES =
        new UnsafeBuffer("\0\0\0\1\0\0\0\37\0\0\0\5world\0\0\0\6anyone".getBytes(StandardCharsets.ISO_8859_1));

    private OpenList()
    {
    }
}
