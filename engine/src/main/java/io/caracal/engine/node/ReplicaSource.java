/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.session.OriginTable;
import io.caracal.engine.snapshot.SnapshotOutput;
import io.caracal.engine.snapshot.SnapshotRecords;
import io.caracal.engine.snapshot.SnapshotSource;
import io.caracal.engine.zab.EpochEnds;

/**
 * Writes the small parts of the state into a snapshot, all at once when the walk begins: secret, origins, epoch ends.
 */
final class ReplicaSource implements SnapshotSource
{
    private final Replica replica;
    private final EpochEnds epochEnds;
    private final SnapshotRecords records = new SnapshotRecords();

    ReplicaSource(final Replica replica, final EpochEnds epochEnds)
    {
        this.replica = replica;
        this.epochEnds = epochEnds;
    }

    @Override
    public boolean onWalkBegin(final SnapshotOutput output, final int walk)
    {
        return writeSecret(output) && writeOrigins(output) && writeEpochEnds(output);
    }

    private boolean writeSecret(final SnapshotOutput output)
    {
        return !replica.passwords().hasSecret() || output.write(records.secret(output, replica.passwords().secret()));
    }

    private boolean writeOrigins(final SnapshotOutput output)
    {
        final OriginTable origins = replica.origins();
        boolean isTaken = true;
        for (final long server : origins.sortedServers())
        {
            final int length = records.origin(output, server, origins.incarnation(server), origins.sequence(server));
            isTaken = isTaken && output.write(length);
        }

        return isTaken;
    }

    private boolean writeEpochEnds(final SnapshotOutput output)
    {
        boolean isFirst = epochEnds.isComplete();
        boolean isTaken = true;
        for (final long zxid : epochEnds.upTo(replica.lastAppliedZxid()))
        {
            isTaken = isTaken && output.write(records.epochEnd(output, zxid, isFirst));
            isFirst = false;
        }

        return isTaken;
    }

    @Override
    public boolean walk(final SnapshotOutput output)
    {
        return true;
    }

    @Override
    public void onWalkEnd()
    {
        // Nothing is kept.
    }
}
