/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.zab.Zxid;
import io.caracal.journal.snapshot.StoredSnapshots;
import io.caracal.server.offline.OfflineLoad;
import io.caracal.server.offline.OfflineReplica;
import io.caracal.server.zookeeper.ZooKeeperSnapshot;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Brings a replica to what one snapshot file holds, wherever it comes from: a data directory, a backup, or the admin
 * command. Its name does not matter, because the file itself tells its zxid.
 */
final class SnapshotRestore implements Restore
{
    private final Path file;
    private final OfflineReplica replica;
    private final long zxid;

    SnapshotRestore(final Path file, final OfflineReplica replica, final OfflineLoad.Until until) throws IOException
    {
        if (ZooKeeperSnapshot.isOne(file))
        {
            throw new IOException(file + " is a snapshot of ZooKeeper, which is not enough by itself: its log makes " +
                "it whole. Bring both in with caracal import --from ITS_DATA_DIR --to DIR");
        }
        if (until.zxid() != Long.MAX_VALUE || until.timeMs() != Long.MAX_VALUE)
        {
            throw new IllegalArgumentException("a snapshot holds no other moment than its own");
        }

        this.file = file;
        this.replica = replica;
        zxid = StoredSnapshots.zxidWithin(file);
    }

    @Override
    public long load() throws IOException
    {
        StoredSnapshots.read(file, zxid, replica.loader());
        replica.loaded();
        return 0;
    }

    @Override
    public long acceptedEpoch()
    {
        return currentEpoch() + EPOCHS_SKIPPED;
    }

    @Override
    public long currentEpoch()
    {
        return Zxid.epoch(zxid);
    }
}
