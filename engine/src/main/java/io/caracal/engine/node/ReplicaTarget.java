/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.session.Session;
import io.caracal.engine.snapshot.SnapshotTarget;
import io.caracal.engine.zab.EpochEnds;
import org.agrona.DirectBuffer;

/** Loads what a snapshot holds besides the tree. */
final class ReplicaTarget implements SnapshotTarget
{
    private final Replica replica;
    private final EpochEnds epochEnds;
    private boolean isFirstRow;

    ReplicaTarget(final Replica replica, final EpochEnds epochEnds)
    {
        this.replica = replica;
        this.epochEnds = epochEnds;
    }

    @Override
    public void onReset()
    {
        replica.sessions().beginLoading();
        replica.origins().clear();
        replica.restore().drop();
        epochEnds.restart(true);
        isFirstRow = true;
    }

    @Override
    public void onEpochEnd(final long zxid, final boolean isFirst)
    {
        if (isFirstRow)
        {
            isFirstRow = false;
            epochEnds.restart(isFirst);
        }
        epochEnds.onLogged(zxid);
    }

    @Override
    public void onSession(final long sessionId, final int timeoutMs, final long ownerServer, final long attachNumber,
        final boolean isImported)
    {
        final Session session = replica.sessions().load(sessionId, timeoutMs, ownerServer, attachNumber);
        if (isImported)
        {
            session.imported();
        }
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
