/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;

/**
 * The disk, or the quota on it, has no room. The journal tries again later. This is never a reason to stop the server.
 */
public final class NoSpaceException extends IOException
{
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message names the file.
     */
    public NoSpaceException(final String message)
    {
        super(message);
    }

    /**
     * Whether the failure of a Java call says that there is no room. Java has no type for that.
     *
     * @param failure of the call.
     * @return true when it does, in English or in the language of this process.
     */
    public static boolean isToldBy(final IOException failure)
    {
        return SystemRefusal.NO_SPACE.isToldBy(failure) || SystemRefusal.QUOTA.isToldBy(failure);
    }
}
