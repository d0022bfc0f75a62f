/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * What the owner in a Stat says about the kind of a znode: nothing, the session of an ephemeral, that it is a
 * container, or the time to live of a TTL znode.
 */
final class Owner
{
    static final long NOBODY = 0;
    static final long CONTAINER = 1L << 63;

    private static final int MARK_SHIFT = 56;
    private static final long TTL_MARK = 0xFF;

    private Owner()
    {
    }

    /** The owner of a TTL znode. */
    static long ofTtl(final long ms)
    {
        return TTL_MARK << MARK_SHIFT | ms;
    }

    static boolean isContainer(final long owner)
    {
        return owner == CONTAINER;
    }

    static boolean isTtl(final long owner)
    {
        return owner >>> MARK_SHIFT == TTL_MARK;
    }

    /** Whether the znode ends with a session. */
    static boolean isSession(final long owner)
    {
        return owner != NOBODY && !isContainer(owner) && !isTtl(owner);
    }

    /** The time to live of a TTL znode. */
    static long ttlMs(final long owner)
    {
        return owner & (1L << MARK_SHIFT) - 1;
    }
}
