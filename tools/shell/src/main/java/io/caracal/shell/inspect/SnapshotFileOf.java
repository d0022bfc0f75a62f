/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.offline.StoredData;
import io.caracal.journal.snapshot.StoredSnapshots;
import io.caracal.server.offline.OfflineReplica;
import io.caracal.server.zookeeper.ZooKeeperSnapshot;
import io.caracal.shell.migrate.DataDirs;
import io.caracal.shell.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds and loads the snapshot that a user named: one of our files, one of ZooKeeper's, or a dataDir, which stands for
 * its newest snapshot.
 */
final class SnapshotFileOf
{
    private SnapshotFileOf()
    {
    }

    /** The snapshot file that the path stands for. */
    static Path file(final Path named) throws IOException
    {
        if (!Files.isDirectory(named))
        {
            return named;
        }

        try (StoredData data = StoredData.openBesideServer(DataDirs.existing(named, null)))
        {
            final List<Long> zxids = data.snapshots();
            if (zxids.isEmpty())
            {
                throw new IOException(named + " holds no snapshot yet; name a file, or wait for the first one");
            }

            return data.files().file(zxids.get(0));
        }
    }

    /**
     * Loads one of our files. A file that was sent over HTTP may have any name; if the name holds a zxid, the content
     * must have the same one.
     */
    private static void loadOurs(final Path file, final OfflineReplica offline) throws IOException
    {
        final long named = StoredSnapshots.zxid(file);
        try
        {
            StoredSnapshots.read(file, named < 0 ? StoredSnapshots.zxidWithin(file) : named, offline.loader());
        }
        catch (final CorruptionException ex)
        {
            throw new IOException(ex.damage() + "; this file is damaged, take another one", ex);
        }
        offline.loaded();
    }

    /** Loads a snapshot and checks all that can be checked. */
    static void load(final Path file, final OfflineReplica offline, final Output output) throws IOException
    {
        if (ZooKeeperSnapshot.isNamedSo(file))
        {
            ZooKeeperSnapshot.load(file, offline, output::progress);
        }
        else
        {
            loadOurs(file, offline);
        }
    }
}
