/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import org.agrona.DirectBuffer;

/** A target for snapshots of a tree alone. */
final class NoTarget implements SnapshotTarget
{
    int resets;

    @Override
    public void onReset()
    {
        resets++;
    }

    @Override
    public void onSession(final long sessionId, final int timeoutMs, final long ownerServer, final long attachNumber,
        final boolean isImported)
    {
        throw new AssertionError("no session was written");
    }

    @Override
    public void onOrigin(final long serverId, final long incarnation, final long sequence)
    {
        throw new AssertionError("no origin was written");
    }

    @Override
    public void onSecret(final DirectBuffer buffer, final int offset, final int length)
    {
        throw new AssertionError("no secret was written");
    }

    @Override
    public void onEpochEnd(final long zxid, final boolean isFirst)
    {
        // Not looked at.
    }
}
