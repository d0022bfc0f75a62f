/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import io.caracal.bench.report.Curve;
import io.caracal.bench.report.Series.Point;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Plots latency by percentile, with both axes logarithmic, as is usual. Each curve ends at the last percentile that its
 * own samples can tell, even beside a curve with more samples.
 */
final class LatencyPlot
{
    private static final double NS_PER_US = 1e3;
    private static final int POINTS_PER_NINE = 40;

    private final List<Curve> curves;

    LatencyPlot(final List<Curve> curves)
    {
        this.curves = curves;
    }

    void draw(final Markup out, final Palette palette, final String shape)
    {
        final NinesScale percentiles = new NinesScale(curves.stream().mapToLong(c -> c.latencies().getTotalCount())
            .max().orElse(0));
        final List<Line> lines = curves.stream().map(curve -> new Line(curve.server(), points(curve.latencies(),
            percentiles))).toList();
        final double min = lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y).min().orElse(1);
        final double max = lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y).max().orElse(1);
        new Plot(shape + ": latency by percentile", percentiles, "percentile", new LogScale(min, max),
            "latency (us)").draw(out, palette, lines);
    }

    private static List<Point> points(final Histogram latencies, final NinesScale percentiles)
    {
        final List<Point> points = new ArrayList<>();
        final double told = Math.log10(Math.max(10.0, (double)latencies.getTotalCount()));
        final double nines = Math.min(told, percentiles.ticks().size() - 1.0);
        for (int i = 0; i <= POINTS_PER_NINE * nines; i++)
        {
            final double percentile = 100 * (1 - Math.pow(10, -(double)i / POINTS_PER_NINE));
            final double us = Math.max(1, latencies.getValueAtPercentile(percentile)) / NS_PER_US;
            points.add(new Point(percentile, us));
        }

        return points;
    }
}
