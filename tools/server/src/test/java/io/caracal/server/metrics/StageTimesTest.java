/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.TxnStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long transactions and requests were in each stage, as computed by the sink. */
class StageTimesTest
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

    @Test
    void shouldMeasureEachStageOfTransactions()
    {
        final long epoch = 1L << 32;
        sink.onProposed(epoch + 1, nowNs - 5 * MS);
        sink.onProposed(epoch + 2, EventSink.NO_ARRIVAL);
        nowNs += 3 * MS;
        sink.onStage(TxnStage.DURABLE, epoch + 2);
        nowNs += MS;
        sink.onStage(TxnStage.COMMITTED, epoch + 2);
        nowNs += 2 * MS;
        sink.onStage(TxnStage.APPLIED, epoch + 1);
        sink.onStage(TxnStage.APPLIED, epoch + 2);
        sink.onCycle(nowNs, nowNs);

        assertEquals(1, view.stage(Stage.PREPARE).count());
        assertEquals(5, view.stage(Stage.PREPARE).maxMs());
        assertEquals(2, view.stage(Stage.JOURNAL).count());
        assertEquals(3, view.stage(Stage.JOURNAL).maxMs());
        assertEquals(4, view.stage(Stage.QUORUM).maxMs());
        assertEquals(2, view.stage(Stage.APPLY).minMs());
        assertEquals(6, view.stage(Stage.TXN).minMs());
        assertEquals(2, view.stage(Stage.TXN).count());
    }

    @Test
    void shouldTellWaitingForTheLoopFromItsWork()
    {
        final long startNs = nowNs;
        sink.onCycleBegun(startNs);
        nowNs += 2 * MS;
        sink.onProposed(1, startNs - 7 * MS);
        sink.onReply(4, startNs - 9 * MS, false);
        sink.onReply(4, startNs + MS, false);
        sink.onCycle(startNs, nowNs);

        assertEquals(3, view.stage(Stage.RECEIVE).count());
        assertEquals(9, view.stage(Stage.RECEIVE).maxMs());
        assertEquals(7, view.stage(Stage.RECEIVE).percentileMs(60));
        assertEquals(0, view.stage(Stage.RECEIVE).minMs(), "read while the cycle was under way");
        assertEquals(2, view.stage(Stage.PREPARE).maxMs());
        assertEquals(0, view.stage(Stage.REPLY).count());
    }

    @Test
    void shouldSkipTransactionsThatItForgot()
    {
        final int txns = TxnStopwatch.TXNS_MAX + 100;
        for (int i = 1; i <= txns; i++)
        {
            sink.onProposed(i, nowNs);
        }

        sink.onStage(TxnStage.DURABLE, txns);
        sink.onStage(TxnStage.COMMITTED, Long.MAX_VALUE >> 1);
        sink.onCycle(nowNs, nowNs);

        assertEquals(TxnStopwatch.TXNS_MAX, view.stage(Stage.JOURNAL).count());
    }
}
