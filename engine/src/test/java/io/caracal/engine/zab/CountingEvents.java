/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.TxnStage;

/** Counts messages that were passed over, and forgets the rest. */
final class CountingEvents implements EventSink
{
    int passedOver;

    @Override
    public void onCount(final Count count, final long delta)
    {
        passedOver += count == Count.PEER_MESSAGES_PASSED_OVER ? (int)delta : 0;
    }

    @Override
    public void onReply(final int opCode, final long arrivalNs, final boolean write)
    {
        // No clients.
    }

    @Override
    public void onProposed(final long zxid, final long arrivalNs)
    {
        // No proposals.
    }

    @Override
    public void onStage(final TxnStage stage, final long zxid)
    {
        // No transactions.
    }

    @Override
    public void onGauge(final Gauge gauge, final long value)
    {
        // No figures.
    }

    @Override
    public void onState(final String state, final String reason)
    {
        // No roles.
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        // Nobody reads.
    }

    @Override
    public void onSessionExpired(final long sessionId, final int timeoutMs)
    {
        // No sessions.
    }
}
