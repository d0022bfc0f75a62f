/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import io.caracal.bench.report.Series.Point;
import java.util.List;
import java.util.Locale;

/** Draws lines between two axes, as SVG. */
final class Plot
{
    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;
    private static final int LEFT = 64;
    /** Margin with room for half of the longest label of an axis. */
    private static final int RIGHT = 32;
    private static final int TOP = 14;
    private static final int BOTTOM = 46;
    private static final int MARKED_MAX = 40;

    private final String title;
    private final Scale x;
    private final Scale y;
    private final String xLabel;
    private final String yLabel;

    Plot(final String title, final Scale x, final String xLabel, final Scale y, final String yLabel)
    {
        this.title = title;
        this.x = x;
        this.y = y;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    void draw(final Markup out, final Palette palette, final List<Line> lines)
    {
        out.open("figure").leaf("figcaption", title);
        palette.legend(out, lines.stream().map(Line::server).distinct().toList());
        out.open("svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", title);
        xAxis(out);
        yAxis(out);
        lines.forEach(line -> draw(out, palette.of(line.server()), line));
        out.close().close();
    }

    private void xAxis(final Markup out)
    {
        for (final Scale.Tick tick : x.ticks())
        {
            final double at = right(x.place(tick.value()));
            out.empty("line", "class", "grid", "x1", at, "x2", at, "y1", TOP, "y2", HEIGHT - BOTTOM);
            out.leaf("text", tick.label(), "x", at, "y", HEIGHT - BOTTOM + 16, "text-anchor", "middle");
        }
        out.leaf("text", xLabel, "x", (LEFT + WIDTH - RIGHT) / 2, "y", HEIGHT - 8, "text-anchor", "middle");
    }

    private void yAxis(final Markup out)
    {
        for (final Scale.Tick tick : y.ticks())
        {
            final double at = down(y.place(tick.value()));
            out.empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", at, "y2", at);
            out.leaf("text", tick.label(), "x", LEFT - 6, "y", at + 4, "text-anchor", "end");
        }
        final int middle = (TOP + HEIGHT - BOTTOM) / 2;
        out.leaf("text", yLabel, "x", 14, "y", middle, "text-anchor", "middle", "transform",
            "rotate(-90 14 " + middle + ")");
    }

    private void draw(final Markup out, final String color, final Line line)
    {
        final StringBuilder path = new StringBuilder();
        for (final Point point : line.points())
        {
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", right(x.place(point.x())), down(y.place(point.y()))));
        }
        out.empty("polyline", "class", "line " + color, "points", path.toString().trim());
        if (line.points().size() <= MARKED_MAX)
        {
            line.points().forEach(point -> mark(out, color, line.server(), point));
        }
    }

    private void mark(final Markup out, final String color, final String server, final Point point)
    {
        out.open("circle", "class", "mark " + color, "r", 3, "cx", right(x.place(point.x())), "cy",
            down(y.place(point.y())));
        out.leaf("title", server + ": " + Quantity.brief(point.x()) + ", " + Quantity.brief(point.y()));
        out.close();
    }

    private static double right(final double place)
    {
        return LEFT + clamp(place) * (WIDTH - LEFT - RIGHT);
    }

    private static double down(final double place)
    {
        return HEIGHT - BOTTOM - clamp(place) * (HEIGHT - TOP - BOTTOM);
    }

    private static double clamp(final double place)
    {
        return Math.max(0, Math.min(1, place));
    }
}
