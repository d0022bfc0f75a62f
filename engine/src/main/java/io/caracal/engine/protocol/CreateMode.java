/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Flags of create requests. */
public final class CreateMode
{
    /** Stays until deleted. */
    public static final int PERSISTENT = 0;
    /** Deleted when its session ends. */
    public static final int EPHEMERAL = 1;
    /** Persistent, with a sequence suffix. */
    public static final int PERSISTENT_SEQUENTIAL = 2;
    /** Ephemeral, with a sequence suffix. */
    public static final int EPHEMERAL_SEQUENTIAL = 3;
    /** Deleted some time after its last child was deleted. */
    public static final int CONTAINER = 4;
    /** Deleted when it has had no children and no change for longer than its time to live. */
    public static final int PERSISTENT_WITH_TTL = 5;
    /** As {@link #PERSISTENT_WITH_TTL}, with a sequence suffix. */
    public static final int PERSISTENT_SEQUENTIAL_WITH_TTL = 6;

    private CreateMode()
    {
    }

    /**
     * Whether the flag is a known mode.
     *
     * @param flags any value.
     * @return true when known.
     */
    public static boolean isKnown(final int flags)
    {
        return flags >= PERSISTENT && flags <= PERSISTENT_SEQUENTIAL_WITH_TTL;
    }

    /**
     * Whether the znode is deleted when its session ends.
     *
     * @param flags a known flag.
     * @return true for both ephemeral modes.
     */
    public static boolean isEphemeral(final int flags)
    {
        return flags == EPHEMERAL || flags == EPHEMERAL_SEQUENTIAL;
    }

    /**
     * Whether the name gets a sequence suffix.
     *
     * @param flags a known flag.
     * @return true for the sequential modes.
     */
    public static boolean isSequential(final int flags)
    {
        return flags == PERSISTENT_SEQUENTIAL || flags == EPHEMERAL_SEQUENTIAL ||
            flags == PERSISTENT_SEQUENTIAL_WITH_TTL;
    }

    /**
     * Whether the znode has a time to live.
     *
     * @param flags a known flag.
     * @return true for both modes with one.
     */
    public static boolean isTtl(final int flags)
    {
        return flags == PERSISTENT_WITH_TTL || flags == PERSISTENT_SEQUENTIAL_WITH_TTL;
    }
}
