/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.snapshot.SnapshotTarget;
import org.agrona.DirectBuffer;

/** For snapshots of which only the tree is wanted: any other record is an error of whoever made them. */
final class NothingElse implements SnapshotTarget
{
    @Override
    public void onReset()
    {
        // There is nothing but the tree.
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
