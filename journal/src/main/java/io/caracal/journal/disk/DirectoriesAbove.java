/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Forces the directories above one, as far as they lie on the same file system. A new directory is an entry of the one
 * above it, which may be new as well, whoever made it. If one of these entries is lost in a crash, everything below is
 * lost with it, even if it was forced.
 */
public final class DirectoriesAbove
{
    private DirectoriesAbove()
    {
    }

    /**
     * Forces the entries of all of them. One that may not be read was not made by this user, and is passed over.
     *
     * @param directory exists.
     * @param calls     to the file system.
     * @throws IOException when it fails.
     */
    public static void force(final Path directory, final FileSystemCalls calls) throws IOException
    {
        Path below = directory.toRealPath();
        for (Path above = below.getParent(); above != null && isSameDevice(above, below); above = above.getParent())
        {
            try
            {
                calls.forceDirectory(above);
            }
            catch (final AccessDeniedException foreign)
            {
                // Nothing could be made in it either, unless by whoever may.
            }
            below = above;
        }
    }

    private static boolean isSameDevice(final Path one, final Path other) throws IOException
    {
        return Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"));
    }
}
