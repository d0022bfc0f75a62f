/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro.memory;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.TxnStage;

import org.agrona.DirectBuffer;

/** Nobody asks, and nobody listens. */
final class SilentDoors implements OperatorPort, EventSink
{
    @Override
    public int poll(final OperatorHandler handler)
    {
        return 0;
    }

    @Override
    public boolean answer(final long queryId, final DirectBuffer buffer, final int offset, final int length)
    {
        return true;
    }

    @Override
    public boolean complete(final long queryId, final int outcome)
    {
        return true;
    }

    @Override
    public void onReply(final int opCode, final long arrivalNs, final boolean write)
    {
        // not measured
    }

    @Override
    public void onProposed(final long zxid, final long arrivalNs)
    {
        // not measured
    }

    @Override
    public void onStage(final TxnStage stage, final long zxid)
    {
        // not measured
    }

    @Override
    public void onCount(final Count count, final long delta)
    {
        // not measured
    }

    @Override
    public void onGauge(final Gauge gauge, final long value)
    {
        // not measured
    }

    @Override
    public void onState(final String state, final String reason)
    {
        // not measured
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        // not measured
    }

    @Override
    public void onSessionExpired(final long sessionId, final int timeoutMs)
    {
        // not measured
    }
}
