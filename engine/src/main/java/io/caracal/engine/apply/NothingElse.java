/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.snapshot.SnapshotTarget;
import org.agrona.DirectBuffer;

/** Target for snapshots that must contain only a tree. Any other record means that the snapshot was made wrongly. */
final class NothingElse implements SnapshotTarget
{
    @Override
    public void onReset()
    {
        // There is nothing but the tree, which the loader itself resets.
    }

    @Override
    public void onSession(final long sessionId, final int timeoutMs, final long ownerServer, final long attachNumber,
        final boolean isImported)
    {
        refuse();
    }

    @Override
    public void onOrigin(final long serverId, final long incarnation, final long sequence)
    {
        refuse();
    }

    @Override
    public void onEpochEnd(final long zxid, final boolean isFirst)
    {
        refuse();
    }

    @Override
    public void onSecret(final DirectBuffer buffer, final int offset, final int length)
    {
        refuse();
    }

    private static void refuse()
    {
        throw new CorruptionException("a restore holds more than a tree");
    }
}
