/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatencyWindowTest
{
    private static final long MS = 1_000_000;
    private static final long SAMPLE_NS = TimeUnit.MILLISECONDS.toNanos(LatencyWindow.SAMPLE_MS);

    private final ServerMetrics metrics = ServerMetrics.unshared();
    private final MetricsView view = new MetricsView(metrics);
    private final LatencyWindow window = new LatencyWindow(view);
    private long nowNs = 1000 * SAMPLE_NS;

    @AfterEach
    void close()
    {
        metrics.close();
    }

    private void sample()
    {
        window.sample(nowNs);
        nowNs += SAMPLE_NS;
    }

    private long[] row(final String name)
    {
        return window.view(nowNs).rows().stream().filter(row -> row.name().equals(name)).findFirst()
            .map(LatencyWindow.Row::buckets).orElse(new long[LatencyBuckets.COUNT]);
    }

    private List<String> operations()
    {
        return window.view(nowNs).rows().stream().filter(row -> !row.isStage()).map(LatencyWindow.Row::name).toList();
    }

    @Test
    void shouldForgetWhatIsOlderThanAMinute()
    {
        metrics.operation(Operation.GET_DATA).record(900 * MS);
        sample();
        metrics.operation(Operation.CREATE).record(5 * MS);
        metrics.forces().record(3 * MS);
        for (int i = 1; i < LatencyWindow.SAMPLES_MAX; i++)
        {
            sample();
        }

        assertEquals(LatencyWindow.SAMPLES_MAX * SAMPLE_NS, window.view(nowNs).lengthNs());
        assertEquals(List.of("create"), operations(), "the slow read was before");
        assertEquals(1, LatencyBuckets.count(row("force")));
        assertEquals(LatencyBuckets.indexOf(5 * MS), LatencyBuckets.indexOf(LatencyBuckets.percentileNs(row("create"),
            50)));
        sample();
        assertEquals(List.of(), operations());
    }

    @Test
    void shouldBeginAnewWhenTheFiguresAreReset()
    {
        metrics.operation(Operation.GET_DATA).record(MS, 50);
        sample();
        view.reset();
        metrics.operation(Operation.GET_DATA).record(2 * MS, 60);
        assertEquals(0, window.view(nowNs).lengthNs());
        sample();
        metrics.operation(Operation.GET_DATA).record(2 * MS, 7);

        assertEquals(7, LatencyBuckets.count(row(Operation.GET_DATA.label())));
        assertEquals(SAMPLE_NS, window.view(nowNs).lengthNs());
    }

    @Test
    void shouldKnowNothingBeforeTheFirstSample()
    {
        metrics.operation(Operation.GET_DATA).record(MS);

        assertEquals(List.of(), operations());
        assertEquals(Stage.values().length + 1, window.view(nowNs).rows().size());
    }
}
