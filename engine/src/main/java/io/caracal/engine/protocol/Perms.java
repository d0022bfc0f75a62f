/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Permission bits of ACL entries. The server ignores any other bits. */
public final class Perms
{
    /** Read data and list children. */
    public static final int READ = 1;
    /** Replace data. */
    public static final int WRITE = 2;
    /** Create children. */
    public static final int CREATE = 4;
    /** Delete children. */
    public static final int DELETE = 8;
    /** Replace the ACL. */
    public static final int ADMIN = 16;
    /** All of them. */
    public static final int ALL = 31;

    private Perms()
    {
    }
}
