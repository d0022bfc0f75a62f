/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** What can be had of a data directory without its log, whatever its manifest says. */
public final class SnapshotAlone
{
    private SnapshotAlone()
    {
    }

    /**
     * Returns the command that restores the newest snapshot by itself.
     *
     * @param layout of the directory.
     * @return the command as a person types it; empty when there is no snapshot.
     * @throws IOException when the snapshots cannot be listed.
     */
    public static Optional<String> command(final DataLayout layout) throws IOException
    {
        if (!Files.isDirectory(layout.snapshots()))
        {
            return Optional.empty();
        }

        final StoredSnapshots snapshots = new StoredSnapshots(layout.snapshots(), new RealFileSystem());
        final List<Long> zxids = snapshots.zxids();

        return zxids.stream().findFirst().map(zxid -> "caracal restore " + snapshots.file(zxid) + " --to NEWDIR");
    }
}
