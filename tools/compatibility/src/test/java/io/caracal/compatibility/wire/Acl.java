/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.wire;

import java.util.List;

/** One entry of an access list. */
public record Acl(int perms, String scheme, String id)
{
    public static final int ALL = 31;
    public static final List<Acl> OPEN = List.of(new Acl(ALL, "world", "anyone"));

    @Override
    public String toString()
    {
        return scheme + ":" + id + ":" + perms;
    }
}
