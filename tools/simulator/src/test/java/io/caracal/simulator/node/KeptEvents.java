/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;
import io.caracal.engine.port.TxnStage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Keeps states, notices, counts, facts about sessions and the stages of the last transaction. Ignores the rest. */
final class KeptEvents implements EventSink
{
    final List<String> states = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    final EnumMap<Count, Long> counts = new EnumMap<>(Count.class);
    final List<String> sessionFacts = new ArrayList<>();
    final List<TxnStage> lastRoad = new ArrayList<>();
    long lastArrivalNs;
    long lastZxid;

    @Override
    public void onProposed(final long zxid, final long arrivalNs)
    {
        lastZxid = zxid;
        lastArrivalNs = arrivalNs;
        lastRoad.clear();
    }

    @Override
    public void onStage(final TxnStage stage, final long zxid)
    {
        if (zxid == lastZxid)
        {
            lastRoad.add(stage);
        }
    }

    @Override
    public void onCount(final Count count, final long delta)
    {
        counts.merge(count, delta, Long::sum);
    }

    @Override
    public void onState(final String state, final String reason)
    {
        states.add(state + ": " + reason);
    }

    @Override
    public void onSessionFact(final SessionFact fact, final long sessionId, final long value)
    {
        sessionFacts.add(fact + " " + value);
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        notices.add(what + ": " + serverId);
    }
}
