/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.metrics.LatencyBuckets;
import io.caracal.server.metrics.Vital;
import io.caracal.shell.terminal.Json;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Formats figures as JSON for programs: one object on one line per server. */
final class TopJson
{
    private TopJson()
    {
    }

    static String of(final Interval interval)
    {
        final Sample now = interval.now();
        final Map<String, long[]> rows = now.rows();

        return new Json()
            .put("state", now.condition().word())
            .put("verdict", now.verdict())
            .put("role", now.role())
            .put("version", now.header().version())
            .put("data_dir", now.header().dataDir())
            .put("pid", now.header().pid())
            .put("started_ms", now.header().startTimeMs())
            .put("client_port", now.vital(Vital.CLIENT_PORT))
            .put("server_id", now.vital(Vital.SERVER_ID))
            .put("late_ms", now.lateMs())
            .put("interval_s", Math.round(interval.seconds() * 1e3) / 1e3)
            .put("figures", figures(now))
            .put("latencies_ns", latencies(rows.keySet(), rows::get))
            .put("interval_latencies_ns", latencies(rows.keySet(), interval::row))
            .toString();
    }

    private static Json figures(final Sample now)
    {
        final Json figures = new Json();
        now.figures().forEach(figures::put);

        return figures;
    }

    /** Leaves out empty rows. */
    private static Json latencies(final Set<String> names, final Function<String, long[]> rows)
    {
        final Json latencies = new Json();
        for (final String name : names)
        {
            final long[] row = rows.apply(name);
            if (LatencyBuckets.count(row) > 0)
            {
                latencies.put(name, new Json()
                    .put("count", LatencyBuckets.count(row))
                    .put("p50", LatencyBuckets.percentileNs(row, 50))
                    .put("p99", LatencyBuckets.percentileNs(row, 99))
                    .put("p999", LatencyBuckets.percentileNs(row, 99.9))
                    .put("max", LatencyBuckets.percentileNs(row, 100)));
            }
        }

        return latencies;
    }
}
