/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.TxnStage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerMetricsTest
{
    private static final long MS = 1_000_000;

    @TempDir
    private Path dir;
    private long nowNs = 5_000 * MS;
    private final List<String> news = new ArrayList<>();
    private final CountersSink.NewsListener listener = new CountersSink.NewsListener()
    {
        @Override
        public void onState(final String state, final String reason)
        {
            news.add(state + ": " + reason);
        }

        @Override
        public void onNotice(final String what, final long serverId)
        {
            // Figures only.
        }

        @Override
        public void onSessionExpired(final long sessionId, final int timeoutMs)
        {
            news.add(sessionId + " " + timeoutMs);
        }
    };

    @Test
    void shouldBeReadableFromOutside() throws IOException
    {
        final CountersHeader header = new CountersHeader(ProcessHandle.current().pid(), 1_700_000_000_000L, "0.1",
            "/d");
        try (ServerMetrics metrics = ServerMetrics.shared(dir, header); CountersFile outside = CountersFile.open(dir))
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            sink.onCount(Count.PACKETS_SENT, 3);
            sink.onCount(Count.PACKETS_SENT, 4);
            sink.onGauge(Gauge.ZNODES, 9);
            final List<String> seen = new ArrayList<>();
            outside.reader().forEach((value, id, label) -> seen.add(label + "=" + value));

            assertEquals(header, outside.header());
            assertTrue(seen.contains("packets_sent=7"), seen.toString());
            assertTrue(seen.contains("znodes=9"), seen.toString());
            assertEquals(Count.values().length + Gauge.values().length + Traffic.values().length +
                Vital.values().length, seen.size());
        }

        assertFalse(Files.exists(dir.resolve(CountersFile.NAME)));
    }

    @Test
    void shouldReplaceWhatAKilledServerLeft() throws IOException
    {
        Files.write(dir.resolve(CountersFile.NAME), new byte[10_000]);

        assertThrows(IOException.class, () -> CountersFile.open(dir));
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "d")))
        {
            assertEquals(0, metrics.count(Count.COMMITS).get());
        }
    }

    @Test
    void shouldMeasureRequestsByOperation()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final MetricsView view = new MetricsView(metrics);
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
    }

    @Test
    void shouldCountAPipelineAsRepliedWhenItsCycleEnds()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final MetricsView view = new MetricsView(metrics);
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
    }

    @Test
    void shouldLoseNoneOfMoreRepliesThanWaitForTheEndOfACycle()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final int replies = 2 * ReplyTally.ENTRIES_MAX + 1;
            for (int i = 0; i < replies; i++)
            {
                sink.onReply(4, nowNs - i * MS, false);
            }
            sink.onCycle(nowNs, nowNs);

            assertEquals(replies, new MetricsView(metrics).operation(Operation.GET_DATA).count());
            assertEquals(replies - 1.0, (double)new MetricsView(metrics).reads().maxMs(), replies / 100.0);
        }
    }

    @Test
    void shouldRememberTheLongestDutyCycle()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final MetricsView view = new MetricsView(metrics);
            sink.onCycle(nowNs, nowNs + 70);
            sink.onCycle(nowNs + 100, nowNs + 190);
            sink.onCycle(nowNs + 200, nowNs + 210);
            assertEquals(90, view.gauge(Gauge.DUTY_CYCLE_MAX_NS));

            view.reset();
            sink.onCycle(nowNs + 300, nowNs + 340);
            assertEquals(40, view.gauge(Gauge.DUTY_CYCLE_MAX_NS));
        }
    }

    @Test
    void shouldMeasureFromCommitToWatchEventsOnTheirWay()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final MetricsView view = new MetricsView(metrics);
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
    }

    @Test
    void shouldCountTheTurnsThatKeptEverybodyWaiting()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final MetricsView view = new MetricsView(metrics);
            sink.onCycleBegun(nowNs);
            assertEquals(nowNs, view.vital(Vital.LOOP_DUE_NS));
            sink.onCycle(nowNs, nowNs + CountersSink.STALL_NS - 1);
            sink.onCycle(nowNs, nowNs + 30 * MS);
            sink.onRest(nowNs + 70 * MS);

            assertEquals(1, view.vital(Vital.LOOP_STALLS));
            assertEquals(30, view.stalls().maxMs());
            assertEquals(nowNs + 70 * MS, view.vital(Vital.LOOP_DUE_NS));
        }
    }

    @Test
    void shouldShowDurationsToOtherProcessesAlsoAfterAReset() throws IOException
    {
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "d"));
            CountersFile outside = CountersFile.open(dir))
        {
            metrics.forces().record(3 * MS);
            metrics.forces().record(90 * MS, 2);
            new MetricsView(metrics).reset();
            final long[] row = outside.rows().all().get(LatencyRows.FORCES).read();

            assertEquals(3, LatencyBuckets.count(row));
            assertEquals(LatencyBuckets.highestOf(LatencyBuckets.indexOf(90 * MS)), LatencyBuckets.percentileNs(row,
                100));
            assertEquals(LatencyBuckets.highestOf(LatencyBuckets.indexOf(3 * MS)), LatencyBuckets.percentileNs(row,
                33));
            assertEquals(0, LatencyBuckets.count(outside.rows().all().get(LatencyRows.STAGE + "apply").read()));
        }
    }

    @Test
    void shouldSortEveryDurationIntoTheBucketThatHoldsIt()
    {
        for (long ns = 0; ns < LatencyBuckets.HIGHEST_NS; ns += 1 + ns / 7)
        {
            final int index = LatencyBuckets.indexOf(ns);
            assertTrue(ns <= LatencyBuckets.highestOf(index), ns + " is in bucket " + index);
            assertTrue(index == 0 || ns > LatencyBuckets.highestOf(index - 1), ns + " is in bucket " + index);
            assertTrue(LatencyBuckets.highestOf(index) - ns <= ns / 16, ns + " is in bucket " + index);
        }
        assertEquals(LatencyBuckets.COUNT - 1, LatencyBuckets.indexOf(Long.MAX_VALUE));
        assertEquals(0, LatencyBuckets.indexOf(-5));
    }

    @Test
    void shouldMeasureEachStageOfTransactions()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final MetricsView view = new MetricsView(metrics);
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
    }

    @Test
    void shouldTellWaitingForTheLoopFromItsWork()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final MetricsView view = new MetricsView(metrics);
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
    }

    @Test
    void shouldCountRepliesOfSeveralThreads() throws IOException, InterruptedException
    {
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "/d")))
        {
            final int threads = 4;
            final int flushes = 10_000;
            final List<Thread> gateways = new ArrayList<>();
            for (int i = 0; i < threads; i++)
            {
                gateways.add(new Thread(() ->
                {
                    for (int flush = 0; flush < flushes; flush++)
                    {
                        metrics.stage(Stage.REPLY).record(MS, 3);
                    }
                }));
            }
            gateways.forEach(Thread::start);
            for (final Thread gateway : gateways)
            {
                gateway.join();
            }

            assertEquals(3L * threads * flushes, new MetricsView(metrics).stage(Stage.REPLY).count());
            try (CountersFile outside = CountersFile.open(dir))
            {
                assertEquals(3L * threads * flushes, LatencyBuckets.count(outside.rows().all().get(LatencyRows.STAGE +
                    "reply").read()));
            }
        }
    }

    @Test
    void shouldSkipTransactionsThatItForgot()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final int txns = TxnStopwatch.TXNS_MAX + 100;
            for (int i = 1; i <= txns; i++)
            {
                sink.onProposed(i, nowNs);
            }

            sink.onStage(TxnStage.DURABLE, txns);
            sink.onStage(TxnStage.COMMITTED, Long.MAX_VALUE >> 1);
            sink.onCycle(nowNs, nowNs);

            assertEquals(TxnStopwatch.TXNS_MAX, new MetricsView(metrics).stage(Stage.JOURNAL).count());
        }
    }

    @Test
    void shouldResetPacketsAndLatenciesOnly()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            final MetricsView view = new MetricsView(metrics);
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
    }

    @Test
    void shouldPassOnNews()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink sink = new CountersSink(metrics, () -> nowNs, listener);
            sink.onState("leading", "quorum of one");
            sink.onSessionExpired(7, 4000);

            assertEquals(List.of("leading: quorum of one", "7 4000"), news);
        }
    }

    @Test
    void shouldNameTheSameDirectoryForTheSameData() throws IOException
    {
        final Path link = Files.createSymbolicLink(dir.resolve("link"), Files.createDirectory(dir.resolve("data")));

        assertEquals(RuntimeDirectory.of(dir.resolve("data")), RuntimeDirectory.of(link));
        assertEquals(RuntimeDirectory.of(dir.resolve("data")), RuntimeDirectory.of(dir.resolve("x/../data")));
        assertTrue(RuntimeDirectory.of(link).startsWith("/dev/shm"));
    }

    @Test
    void shouldPrintTheFile() throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final CountersCommand command = new CountersCommand(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8));
        assertEquals(3, command.run(dir.toString()));
        assertEquals(2, command.run("a", "b"));

        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "/some/data")))
        {
            metrics.count(Count.COMMITS).increment();
            assertEquals(0, command.run(dir.toString()));
        }

        final String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("/some/data"), text);
        assertTrue(text.matches("(?s).*\ncommits +1\n.*"), text);
    }
}
