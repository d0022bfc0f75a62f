/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * Reads the field {@code ephemeralOwner} as it is stored: a session id, or the mark of a container or TTL znode.
 *
 * <pre>
 *   0                      persistent
 *   0x8000000000000000     container
 *   0xFF 0000 tttttttttt   TTL of t milliseconds, 40 bits; an ordinary session id unless extended types are on
 *   0x80 ttttttttttttttt   TTL of t milliseconds as ZooKeeper 3.5.3 marked it; an ordinary session id unless the old
 *                          marks are read
 *   anything else          id of the session
 * </pre>
 *
 * New znodes never get the old mark. While it is read, every owner with the top bit set is taken for an old mark, as
 * ZooKeeper does; so no server may then have an id above 127. ZooKeeper uses only 40 bits of the time. Caracal uses all
 * of it, so that a znode with a longer time to live is not removed early.
 */
public final class EphemeralOwner
{
    /** Owner of a persistent znode. */
    public static final long NONE = 0;

    /** Owner of a container. */
    public static final long CONTAINER = 0x8000_0000_0000_0000L;

    /** The longest time to live, in milliseconds. */
    public static final long TTL_MAX_MS = 0xFF_FFFF_FFFFL;

    private static final long TTL_MARK = 0xFF00_0000_0000_0000L;
    private static final long TTL_MARK_MASK = 0xFFFF_FF00_0000_0000L;

    private static final long SERVER_ID_MAX = 255;
    private static final long SERVER_ID_MAX_WITH_OLD_TTL = 127;

    private final boolean hasExtendedTypes;
    private final boolean readsOldTtl;

    /** The meanings of an owner field. */
    public enum Kind
    {
        /** No owner: a persistent znode. */
        NONE,
        /** A session: an ephemeral znode. */
        SESSION,
        /** A container: removed after its last child was deleted. */
        CONTAINER,
        /** A TTL znode: removed when it has had no children and no change for its time to live. */
        TTL
    }

    /**
     * Determines which marks are recognized.
     *
     * @param hasExtendedTypes whether TTL marks are recognized.
     * @param readsOldTtl      whether the mark of ZooKeeper 3.5.3 is recognized as well: top bit set, time in the rest.
     */
    public EphemeralOwner(final boolean hasExtendedTypes, final boolean readsOldTtl)
    {
        this.hasExtendedTypes = hasExtendedTypes;
        this.readsOldTtl = readsOldTtl;
    }

    /**
     * The largest id that a server may have. The highest byte of a session id is the id of the server that gave it.
     * With a larger id, sessions would look like containers or TTL znodes.
     *
     * @return 255, or less when marks of TTL znodes are recognized.
     */
    public long serverIdMax()
    {
        if (!hasExtendedTypes)
        {
            return SERVER_ID_MAX;
        }

        return readsOldTtl ? SERVER_ID_MAX_WITH_OLD_TTL : SERVER_ID_MAX - 1;
    }

    /**
     * The owner field of a new container.
     *
     * @return value to store.
     */
    public long container()
    {
        return CONTAINER;
    }

    /**
     * The owner field of a new TTL znode.
     *
     * @param ttlMs in range.
     * @return value to store.
     */
    public long ttl(final long ttlMs)
    {
        return TTL_MARK | ttlMs;
    }

    /**
     * Whether a time to live can be stored.
     *
     * @param ttlMs milliseconds.
     * @return true from 1 to {@link #TTL_MAX_MS}.
     */
    public boolean isTtlInRange(final long ttlMs)
    {
        return ttlMs > 0 && ttlMs <= TTL_MAX_MS;
    }

    /**
     * The meaning of an owner field.
     *
     * @param owner as stored.
     * @return its kind.
     */
    public Kind kind(final long owner)
    {
        if (owner == NONE)
        {
            return Kind.NONE;
        }
        if (owner == CONTAINER)
        {
            return Kind.CONTAINER;
        }

        return isTtl(owner) ? Kind.TTL : Kind.SESSION;
    }

    /**
     * Whether a znode is ephemeral in the narrow sense: owned by a session.
     *
     * @param owner as stored.
     * @return true when it is the id of a session.
     */
    public boolean isSession(final long owner)
    {
        return kind(owner) == Kind.SESSION;
    }

    private boolean isTtl(final long owner)
    {
        return hasExtendedTypes && ((owner & TTL_MARK_MASK) == TTL_MARK || (readsOldTtl && owner < 0));
    }

    /**
     * The time to live of a TTL znode.
     *
     * @param owner as stored, of kind {@link Kind#TTL}.
     * @return milliseconds.
     */
    public long ttlMs(final long owner)
    {
        return (owner & TTL_MARK_MASK) == TTL_MARK ? owner & TTL_MAX_MS : owner & Long.MAX_VALUE;
    }

    /**
     * Whether an owner field looks like an old mark with a time of up to 34 years. For servers that do not read the old
     * marks. A session id has this shape only if server 128 gave it, and then only by chance.
     *
     * @param owner as stored.
     * @return true when it should not be taken for a session that has ended.
     */
    public static boolean resemblesOldTtl(final long owner)
    {
        return owner != CONTAINER && (owner & TTL_MARK_MASK) == CONTAINER;
    }

    /**
     * What clients see as {@code ephemeralOwner}: the session of an ephemeral znode, 0 for any other.
     *
     * @param owner as stored.
     * @return session id or 0.
     */
    public long shown(final long owner)
    {
        return isSession(owner) ? owner : NONE;
    }
}
