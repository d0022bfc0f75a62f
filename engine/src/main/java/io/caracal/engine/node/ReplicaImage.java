/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.snapshot.SnapshotWalk;
import io.caracal.engine.zab.EpochEnds;

/**
 * Loads and takes complete snapshots of a replica: tree, sessions, secret, origins, epoch ends. For servers and tools.
 */
public final class ReplicaImage
{
    private ReplicaImage()
    {
    }

    /**
     * Loads snapshots into a replica.
     *
     * @param replica   is filled.
     * @param epochEnds is filled.
     * @return a loader.
     */
    public static SnapshotLoader loader(final Replica replica, final EpochEnds epochEnds)
    {
        return new SnapshotLoader(replica.tree(), new ReplicaTarget(replica, epochEnds));
    }

    /**
     * Takes snapshots of a replica.
     *
     * @param store     takes the records.
     * @param ledger    accounts for native memory.
     * @param replica   is walked.
     * @param epochEnds are written.
     * @return a walk, which the caller closes.
     */
    public static SnapshotWalk walk(final SnapshotSink store, final MemoryLedger ledger, final Replica replica,
        final EpochEnds epochEnds)
    {
        return new SnapshotWalk(store, ledger, replica.tree(), new ReplicaSource(replica, epochEnds),
            new SessionSource(replica.sessions()));
    }
}
