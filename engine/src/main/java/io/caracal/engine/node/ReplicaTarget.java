/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.snapshot.SnapshotTarget;
import org.agrona.DirectBuffer;

/** Takes in what a snapshot holds besides the tree. */
final class ReplicaTarget implements SnapshotTarget
{
    private final Replica replica;

    ReplicaTarget(final Replica replica)
    {
        this.replica = replica;
    }

    @Override
    public void onReset()
    {
        replica.sessions().clear();
        replica.origins().clear();
    }

    @Override
    public void onSession(final long sessionId, final int timeoutMs, final long ownerServer, final long attachNumber)
    {
        replica.sessions().add(sessionId, timeoutMs, ownerServer, attachNumber);
    }

    @Override
    public void onOrigin(final long serverId, final long incarnation, final long sequence)
    {
        replica.origins().restore(serverId, incarnation, sequence);
    }

    @Override
    public void onSecret(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] secret = new byte[length];
        buffer.getBytes(offset, secret);
        replica.passwords().secret(secret);
    }
}
