/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.TxnStage;

/** Passes what one engine reports to checkers and trace. */
final class ServerEvents implements EventSink
{
    private final long serverId;
    private final Checkers checkers;
    private final Trace trace;
    private final String name;
    private final Runnable news;
    private String state = "";

    ServerEvents(final long serverId, final Checkers checkers, final Trace trace, final Runnable news)
    {
        this.news = news;
        this.serverId = serverId;
        this.checkers = checkers;
        this.trace = trace;
        name = SimulatedServer.name(serverId);
    }

    /** Role or state that was last reported. */
    String state()
    {
        return state;
    }

    @Override
    public void onReply(final int opCode, final long arrivalNs, final boolean write)
    {
        trace.hash(name, "replies", opCode);
    }

    @Override
    public void onStage(final TxnStage stage, final long zxid)
    {
        if (stage == TxnStage.APPLIED)
        {
            trace.zxid(name, "applies", zxid, null);
            checkers.log.onApplied(serverId, zxid);
        }
    }

    @Override
    public void onGauge(final Gauge gauge, final long value)
    {
        if (gauge == Gauge.LAST_APPLIED_ZXID)
        {
            checkers.log.onAppliedUpTo(serverId, value);
        }
    }

    @Override
    public void onState(final String newState, final String reason)
    {
        state = newState;
        trace.add(name, newState, 0, reason);
        news.run();
    }

    @Override
    public void onNotice(final String what, final long about)
    {
        trace.add(name, what, about, null);
    }

    @Override
    public void onSessionExpired(final long sessionId, final int timeoutMs)
    {
        trace.add(name, "expires a session of ms", timeoutMs, Long.toHexString(sessionId));
    }
}
