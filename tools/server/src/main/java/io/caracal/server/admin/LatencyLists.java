/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.metrics.LatencyBuckets;
import io.caracal.server.metrics.LatencyFigures;
import io.caracal.server.metrics.LatencyWindow;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.Operation;
import io.caracal.server.metrics.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Latencies by operation and by stage, since the last reset and of the last minute, as maps for JSON. */
final class LatencyLists
{
    private static final double NS_PER_US = TimeUnit.MICROSECONDS.toNanos(1);

    private final MetricsView metrics;

    LatencyLists(final MetricsView metrics)
    {
        this.metrics = metrics;
    }

    List<Object> operations()
    {
        final List<Object> operations = new ArrayList<>();
        for (final Operation operation : Operation.values())
        {
            final LatencyFigures figures = metrics.operation(operation);
            if (figures.count() > 0)
            {
                operations.add(row(operation.label(), figures));
            }
        }

        return operations;
    }

    List<Object> stages()
    {
        final List<Object> stages = new ArrayList<>();
        for (final Stage stage : Stage.values())
        {
            stages.add(row(stage.label(), metrics.stage(stage)));
        }

        stages.add(row("force", metrics.forces()));
        return stages;
    }

    static Map<String, Object> recent(final LatencyWindow.View view)
    {
        final List<Object> operations = new ArrayList<>();
        final List<Object> stages = new ArrayList<>();
        for (final LatencyWindow.Row row : view.rows())
        {
            (row.isStage() ? stages : operations).add(row(row));
        }

        final Map<String, Object> recent = new LinkedHashMap<>();
        recent.put("ms", TimeUnit.NANOSECONDS.toMillis(view.lengthNs()));
        recent.put("operations", operations);
        recent.put("stages", stages);
        return recent;
    }

    private static Map<String, Object> row(final LatencyWindow.Row row)
    {
        final long[] buckets = row.buckets();
        return row(row.name(), LatencyBuckets.count(buckets), LatencyBuckets.percentileNs(buckets, 50),
            LatencyBuckets.percentileNs(buckets, 99), LatencyBuckets.percentileNs(buckets, 99.9),
            LatencyBuckets.percentileNs(buckets, 100));
    }

    private static Map<String, Object> row(final String name, final LatencyFigures figures)
    {
        return row(name, figures.count(), figures.percentileNs(50), figures.percentileNs(99),
            figures.percentileNs(99.9), figures.percentileNs(100));
    }

    private static Map<String, Object> row(final String name, final long count, final long p50Ns, final long p99Ns,
        final long p999Ns, final long maxNs)
    {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("count", count);
        row.put("p50Us", p50Ns / NS_PER_US);
        row.put("p99Us", p99Ns / NS_PER_US);
        row.put("p999Us", p999Ns / NS_PER_US);
        row.put("maxUs", maxNs / NS_PER_US);
        return row;
    }
}
