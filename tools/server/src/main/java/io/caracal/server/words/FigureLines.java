/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.server.metrics.Summary;
import java.util.Map;
import java.util.function.BiConsumer;

/** Turns figures into keys and values as {@code mntr} lists them. */
final class FigureLines implements MonitorFigures
{
    private static final double MEDIAN = 50;

    private final BiConsumer<String, Object> lines;

    FigureLines(final BiConsumer<String, Object> lines)
    {
        this.lines = lines;
    }

    @Override
    public boolean isSinceReset()
    {
        return true;
    }

    @Override
    public void gauge(final String key, final Object value)
    {
        lines.accept(key, value);
    }

    @Override
    public void counter(final String key, final long value)
    {
        lines.accept(key, value);
    }

    @Override
    public void summary(final String key, final Summary figures, final boolean hasPercentiles)
    {
        lines.accept("avg_" + key, figures.mean());
        lines.accept("min_" + key, figures.min());
        lines.accept("max_" + key, figures.max());
        lines.accept("cnt_" + key, figures.count());
        lines.accept("sum_" + key, figures.sum());
        if (hasPercentiles)
        {
            lines.accept("p50_" + key, figures.percentile(MEDIAN));
            lines.accept("p95_" + key, figures.percentile(95));
            lines.accept("p99_" + key, figures.percentile(99));
            lines.accept("p999_" + key, figures.percentile(99.9));
        }
    }

    @Override
    public void gauges(final String key, final Map<String, Long> values)
    {
        values.forEach((of, value) -> gauge(of + "_" + key, value));
    }

    @Override
    public void counters(final String key, final Map<String, Long> counts)
    {
        counts.forEach((of, count) -> counter(of + "_" + key, count));
    }

    @Override
    public void summaries(final String key, final Map<String, Summary> figures, final boolean hasPercentiles)
    {
        figures.forEach((of, summary) -> summary(of + "_" + key, summary, hasPercentiles));
    }
}
