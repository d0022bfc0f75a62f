/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;

/**
 * The disk, or the quota on it, has no room. The journal tries again later; it is never a reason to stop the server.
 */
public final class NoSpaceException extends IOException
{
    private static final long serialVersionUID = 1L;

    /**
     * No room.
     *
     * @param message names the file.
     */
    public NoSpaceException(final String message)
    {
        super(message);
    }

    /**
     * Whether a failure of a call of Java's says that there is no room: Java has no type for it.
     *
     * @param failure of the call.
     * @return true when it does, in English or in the language of this process.
     */
    public static boolean isToldBy(final IOException failure)
    {
        return SystemRefusal.NO_SPACE.isToldBy(failure) || SystemRefusal.QUOTA.isToldBy(failure);
    }
}
