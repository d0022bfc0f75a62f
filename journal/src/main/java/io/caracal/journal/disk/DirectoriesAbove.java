/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Forces the parent directories of a directory, as far up as they lie on the same file system. A new directory is an
 * entry of its parent, which may be new as well, no matter who created it. If one of these entries is lost in a crash,
 * everything below it is lost too, even if it was forced.
 */
public final class DirectoriesAbove
{
    private DirectoriesAbove()
    {
    }

    /**
     * Forces the entries of all parents. A parent that this user may not read was not created by this user and is
     * skipped.
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
                // This user could not have created anything in it either, unless with more rights than that.
            }
            below = above;
        }
    }

    private static boolean isSameDevice(final Path one, final Path other) throws IOException
    {
        return Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"));
    }
}
