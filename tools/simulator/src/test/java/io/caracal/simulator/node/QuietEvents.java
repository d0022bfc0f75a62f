/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.TxnStage;

/** Forgets everything; tests override what they want to hear. */
class QuietEvents implements EventSink
{
    @Override
    public void onReply(final int opCode, final long arrivalNs, final boolean write)
    {
        // Forgotten.
    }

    @Override
    public void onProposed(final long zxid, final long arrivalNs)
    {
        // Forgotten.
    }

    @Override
    public void onStage(final TxnStage stage, final long zxid)
    {
        // Forgotten.
    }

    @Override
    public void onCount(final Count count, final long delta)
    {
        // Forgotten.
    }

    @Override
    public void onGauge(final Gauge gauge, final long value)
    {
        // Forgotten.
    }

    @Override
    public void onState(final String state, final String reason)
    {
        // Forgotten.
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        // Forgotten.
    }

    @Override
    public void onSessionExpired(final long sessionId, final int timeoutMs)
    {
        // Forgotten.
    }
}
