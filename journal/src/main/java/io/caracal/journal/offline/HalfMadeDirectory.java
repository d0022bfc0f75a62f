/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.log.Manifest;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Completes what a {@link NewDirectory} leaves when its process ends between the two renames: the log's home has its
 * final name and the other home does not. Everything was written and forced before, so only the second name is missing.
 */
public final class HalfMadeDirectory
{
    private HalfMadeDirectory()
    {
    }

    /**
     * Whether the log has its name and the second home lacks it. The data of a server are there then.
     *
     * @param layout where a server wants to work.
     * @return false also when the data are complete.
     */
    public static boolean isThere(final DataLayout layout)
    {
        final DataLayout staging = NewDirectory.stagingOf(layout);

        return !Files.exists(layout.home()) && Files.exists(layout.manifest()) && !Files.exists(staging.logHome()) &&
            Files.exists(staging.epochs());
    }

    /**
     * Gives the second home its name, if it is certain that nothing else is missing: its snapshot is the one after
     * which the log begins. If the tool is still at work, nothing is changed: an empty home in that place would make it
     * take its log back, and the next start would find no trace of the data.
     *
     * @param layout where a server wants to work.
     * @param calls  to the file system.
     * @return whether a directory was completed.
     * @throws IOException             when it cannot be read or renamed.
     * @throws DirectoryInUseException when a tool works at it.
     */
    public static boolean complete(final DataLayout layout, final FileSystemCalls calls) throws IOException
    {
        if (!isThere(layout))
        {
            return false;
        }

        final DataLayout staging = NewDirectory.stagingOf(layout);
        try (DirectoryLock lock = DirectoryLock.tryLock(DataLayout.lock(staging.home())))
        {
            if (lock == null)
            {
                throw new DirectoryInUseException("an import or a restore into " + layout.home().getParent() +
                    " is not complete: " + staging.home() + " is about to get its name. Wait for its end.");
            }

            final boolean isWhole = isOfOnePiece(layout.manifest(), staging.snapshots(), calls);
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
