/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.journal.DataLayout;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.log.Manifest;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a {@link NewDirectory} leaves that ends between its two renames: the log's home has its name and the other one
 * still has not. Everything was written and forced before, so the second name is all that is missing.
 */
public final class HalfMadeDirectory
{
    private HalfMadeDirectory()
    {
    }

    /**
     * Gives the second home its name, if it is beyond doubt that nothing else is missing: its snapshot is the one after
     * which the log begins, and nobody works at it.
     *
     * @param layout where a server wants to work.
     * @param calls  to the file system.
     * @return whether there was one.
     * @throws IOException when it cannot be read or renamed.
     */
    public static boolean complete(final DataLayout layout, final FileSystemCalls calls) throws IOException
    {
        final DataLayout staging = NewDirectory.stagingOf(layout);
        if (Files.exists(layout.home()) || !Files.exists(layout.manifest()) || Files.exists(staging.logHome()) ||
            !Files.exists(staging.epochs()))
        {
            return false;
        }

        try (DirectoryLock lock = DirectoryLock.tryLock(DataLayout.lock(staging.home())))
        {
            final boolean isWhole = lock != null && isOfOnePiece(layout.manifest(), staging.snapshots(), calls);
            if (isWhole)
            {
                calls.rename(staging.home(), layout.home());
                calls.forceDirectory(layout.home().getParent());
            }

            return isWhole;
        }
    }

    private static boolean isOfOnePiece(final Path manifest, final Path snapshots, final FileSystemCalls calls)
        throws IOException
    {
        final long zxid = Manifest.baseZxidOf(manifest);

        return zxid > 0 && Files.exists(new StoredSnapshots(snapshots, calls).file(zxid));
    }
}
