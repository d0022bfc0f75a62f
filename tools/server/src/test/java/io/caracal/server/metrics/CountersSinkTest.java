/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.TxnStage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountersSinkTest
{
    private static final long MS = 1_000_000;

    private final ServerMetrics metrics = ServerMetrics.unshared();
    private final MetricsView view = new MetricsView(metrics);
    private final RecordingNews news = new RecordingNews();
    private long nowNs = 5_000 * MS;
    private final CountersSink sink = new CountersSink(metrics, () -> nowNs, () -> ThreadClock.UNKNOWN, news);

    @AfterEach
    void close()
    {
        metrics.close();
    }

    @Test
    void shouldMeasureRequestsByOperation()
    {
        sink.onReply(4, nowNs - 2 * MS, false);
        sink.onReply(1, nowNs - 11 * MS, true);
        sink.onReply(77_777, nowNs + MS, false);
        sink.onCycle(nowNs, nowNs);

        assertEquals(2, view.reads().count());
        assertEquals(11, view.writes().maxMs());
        assertEquals(2, view.operation(Operation.GET_DATA).maxMs());
        assertEquals(1, view.operation(Operation.OTHER).count());
        assertEquals(3, view.requests().count());
        assertEquals(0, view.requests().minMs());
        assertEquals(11, view.requests().maxMs());
        assertEquals(13 / 3.0, view.requests().meanMs(), 0.05);
    }

    @Test
    void shouldCountAPipelineAsRepliedWhenItsCycleEnds()
    {
        final long arrivalNs = nowNs;
        for (int i = 0; i < 1000; i++)
        {
            sink.onReply(i % 10 == 0 ? 3 : 4, arrivalNs, false);
        }
        sink.onReply(4, arrivalNs - 7 * MS, false);
        sink.onReply(4, arrivalNs, false);
        assertEquals(0, view.reads().count());

        nowNs += 2 * MS;
        sink.onCycle(arrivalNs, nowNs);
        sink.onCycle(nowNs, nowNs);

        assertEquals(1002, view.reads().count());
        assertEquals(100, view.operation(Operation.EXISTS).count());
        assertEquals(2, view.operation(Operation.EXISTS).minMs());
        assertEquals(2, view.operation(Operation.GET_DATA).minMs());
        assertEquals(9, view.operation(Operation.GET_DATA).maxMs());
        assertEquals(902, view.operation(Operation.GET_DATA).count());
    }

    @Test
    void shouldLoseNoneOfMoreRepliesThanWaitForTheEndOfACycle()
    {
        final int replies = 2 * ReplyTally.ENTRIES_MAX + 1;
        for (int i = 0; i < replies; i++)
        {
            sink.onReply(4, nowNs - i * MS, false);
        }
        sink.onCycle(nowNs, nowNs);

        assertEquals(replies, view.operation(Operation.GET_DATA).count());
        assertEquals(replies - 1.0, (double)view.reads().maxMs(), replies / 100.0);
    }

    @Test
    void shouldMeasureFromCommitToWatchEventsOnTheirWay()
    {
        sink.onProposed(7, EventSink.NO_ARRIVAL);
        sink.onProposed(8, EventSink.NO_ARRIVAL);
        nowNs += 3 * MS;
        sink.onStage(TxnStage.COMMITTED, 8);
        sink.onWatchEvent(7);
        sink.onWatchEvent(7);
        sink.onWatchEvent(8);
        sink.onWatchEvent(9);
        assertEquals(0, view.watchDeliveries().count());

        sink.onCycle(nowNs, nowNs + 2 * MS);

        assertEquals(3, view.watchDeliveries().count());
        assertEquals(2, view.watchDeliveries().minMs());
        assertEquals(2, view.watchDeliveries().maxMs());
    }

    @Test
    void shouldRememberTheLongestDutyCycle()
    {
        sink.onCycle(nowNs, nowNs + 70);
        sink.onCycle(nowNs + 100, nowNs + 190);
        sink.onCycle(nowNs + 200, nowNs + 210);
        assertEquals(90, view.gauge(Gauge.DUTY_CYCLE_MAX_NS));

        view.reset();
        sink.onCycle(nowNs + 300, nowNs + 340);
        assertEquals(40, view.gauge(Gauge.DUTY_CYCLE_MAX_NS));
    }

    @Test
    void shouldCountTheTurnsThatKeptEverybodyWaiting()
    {
        sink.onCycleBegun(nowNs);
        assertEquals(nowNs, view.vital(Vital.LOOP_DUE_NS));
        sink.onCycle(nowNs, nowNs + CountersSink.STALL_NS - 1);
        sink.onCycle(nowNs, nowNs + 30 * MS);
        sink.onRest(nowNs + 70 * MS);

        assertEquals(1, view.vital(Vital.LOOP_STALLS));
        assertEquals(30, view.stalls().maxMs());
        assertEquals(nowNs + 70 * MS, view.vital(Vital.LOOP_DUE_NS));
    }

    @Test
    void shouldResetPacketsAndLatenciesOnly()
    {
        sink.onReply(4, nowNs - MS, false);
        sink.onCycle(nowNs - MS, nowNs);
        sink.onCount(Count.PACKETS_RECEIVED, 5);
        sink.onCount(Count.SNAPSHOTS, 1);
        view.reset();
        assertEquals(0, view.gauge(Gauge.DUTY_CYCLE_MAX_NS));
        sink.onCount(Count.PACKETS_RECEIVED, 2);

        assertEquals(2, view.packetsReceived());
        assertEquals(7, view.count(Count.PACKETS_RECEIVED));
        assertEquals(1, view.count(Count.SNAPSHOTS));
        assertEquals(0, view.requests().count());
    }

    @Test
    void shouldPassOnNews()
    {
        sink.onState("leading", "quorum of one");
        sink.onSessionExpired(7, 4000);
        sink.onNotice("a learner is silent", 3);

        assertEquals(List.of("leading: quorum of one", "7 4000", "a learner is silent 3"), news.told());
    }
}
