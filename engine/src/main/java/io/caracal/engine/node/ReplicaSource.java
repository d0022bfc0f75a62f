/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.session.OriginTable;
import io.caracal.engine.snapshot.SnapshotOutput;
import io.caracal.engine.snapshot.SnapshotRecords;
import io.caracal.engine.snapshot.SnapshotSource;

/** The small parts of the state in a snapshot, written whole when the walk begins: the secret and the origins. */
final class ReplicaSource implements SnapshotSource
{
    private final Replica replica;
    private final SnapshotRecords records = new SnapshotRecords();

    ReplicaSource(final Replica replica)
    {
        this.replica = replica;
    }

    @Override
    public boolean onWalkBegin(final SnapshotOutput output, final int walk)
    {
        return writeSecret(output) && writeOrigins(output);
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
