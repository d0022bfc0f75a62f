/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.TxnStage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a leader measures about the other members. */
class MemberFiguresTest
{
    private static final long MS = 1_000_000;

    private final ServerMetrics metrics = ServerMetrics.unshared();
    private final MetricsView view = new MetricsView(metrics);
    private long nowNs = 5_000 * MS;
    private final CountersSink sink = new CountersSink(metrics, () -> nowNs, () -> ThreadClock.UNKNOWN,
        new RecordingNews());

    @AfterEach
    void close()
    {
        metrics.close();
    }

    private MemberFigures.Member member(final int index)
    {
        return view.members().figures().get(index);
    }

    @Test
    void shouldMeasureFromTheProposalToEachAcknowledgement()
    {
        sink.onProposed(1, EventSink.NO_ARRIVAL);
        nowNs += 3 * MS;
        sink.onAcked(7, 1);
        sink.onAcked(7, 99);
        nowNs += 4 * MS;
        sink.onAcked(1_000_000_000_000L, 1);

        assertEquals(List.of(7L, 1_000_000_000_000L),
            view.members().figures().stream().map(MemberFigures.Member::serverId).toList());
        assertEquals(1, member(0).acks().count());
        assertEquals(3, member(0).acks().maxMs());
        assertEquals(7, member(1).acks().maxMs());
    }

    @Test
    void shouldMeasureWhatWaitsForALearnerAndHowLong()
    {
        sink.onProposed(1, EventSink.NO_ARRIVAL);
        nowNs += 5 * MS;
        sink.onStage(TxnStage.COMMITTED, 1);
        nowNs += 2 * MS;
        sink.onLearnerTurn(2, 1, 40, true);
        sink.onLearnerTurn(3, 1, 1, false);
        sink.onLearnerTurn(3, 12_345, 2, true);

        assertEquals(40, member(0).waiting().max());
        assertEquals(7, member(0).waits().maxMs());
        assertEquals(2, member(1).waiting().count());
        assertEquals(1, member(1).waits().count());
        assertEquals(2, member(1).waits().maxMs());

        view.reset();
        assertEquals(0, member(0).waiting().count());
        assertEquals(0, member(1).waits().count());
    }

    @Test
    void shouldMeasureNoMoreMembersThanItTellsApart()
    {
        sink.onProposed(1, EventSink.NO_ARRIVAL);
        for (int i = 0; i < MemberFigures.MEMBERS_MAX + 2; i++)
        {
            sink.onAcked(i, 1);
            sink.onLearnerTurn(i, 1, 1, true);
        }

        assertEquals(MemberFigures.MEMBERS_MAX, view.members().figures().size());
    }
}
