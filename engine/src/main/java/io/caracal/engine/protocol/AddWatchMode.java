/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Modes of addWatch. */
public final class AddWatchMode
{
    /** The path and its children. */
    public static final int PERSISTENT = 0;
    /** The whole subtree. */
    public static final int PERSISTENT_RECURSIVE = 1;

    private AddWatchMode()
    {
    }

    /**
     * Whether the value is a known mode; an unknown one is answered with {@link ErrorCode#MARSHALLING_ERROR}.
     *
     * @param mode any value.
     * @return true when known.
     */
    public static boolean isKnown(final int mode)
    {
        return mode == PERSISTENT || mode == PERSISTENT_RECURSIVE;
    }
}
