/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import io.caracal.bench.report.Series;
import io.caracal.bench.report.Series.Point;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Plots the series of one figure of a shape, one line per server. The axes of latencies, tree sizes and request rates
 * are logarithmic, so that a server that gets a fiftieth of the requests of another one can still be seen.
 */
final class SeriesPlot
{
    private static final double LOG_FLOOR = 1e-3;

    private final List<Series> series;

    SeriesPlot(final List<Series> series)
    {
        this.series = series;
    }

    void draw(final Markup out, final Palette palette)
    {
        final Series first = series.get(0);
        final boolean isLatency = first.y().contains("latency");
        final Scale y =
            isLatency ? new LogScale(Math.max(LOG_FLOOR, min(Point::y)), Math.max(LOG_FLOOR, max(Point::y))) :
                new LinearScale(max(Point::y));
        final boolean isWide = first.x().contains("znodes") || first.x().contains("requests");
        final Scale x = isWide ? new LogScale(min(Point::x), max(Point::x)) :
            new LinearScale(Math.min(0, min(Point::x)), max(Point::x));
        new Plot(first.shape() + ": " + first.metric(), x, first.x(), y, first.y())
            .draw(out, palette, series.stream().map(one -> new Line(one.server(), one.points())).toList());
    }

    private double max(final ToDoubleFunction<Point> side)
    {
        return series.stream().flatMap(one -> one.points().stream()).mapToDouble(side).max().orElse(1);
    }

    private double min(final ToDoubleFunction<Point> side)
    {
        return series.stream().flatMap(one -> one.points().stream()).mapToDouble(side).min().orElse(0);
    }
}
