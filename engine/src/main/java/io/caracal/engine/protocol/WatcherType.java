/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** The kinds of watches that removeWatches and checkWatches look for. */
public final class WatcherType
{
    /** One-shot child watches. */
    public static final int CHILDREN = 1;
    /** One-shot data watches. */
    public static final int DATA = 2;
    /** Watches of all kinds. */
    public static final int ANY = 3;
    /** Persistent watches. */
    public static final int PERSISTENT = 4;
    /** Persistent recursive watches. */
    public static final int PERSISTENT_RECURSIVE = 5;

    private WatcherType()
    {
    }

    /**
     * Whether the value is a known type; an unknown one is answered with {@link ErrorCode#MARSHALLING_ERROR}.
     *
     * @param type any value.
     * @return true when known.
     */
    public static boolean isKnown(final int type)
    {
        return type >= CHILDREN && type <= PERSISTENT_RECURSIVE;
    }
}
