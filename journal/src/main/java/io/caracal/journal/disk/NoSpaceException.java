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
}
