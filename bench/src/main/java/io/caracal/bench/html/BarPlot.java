/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import io.caracal.bench.report.Figure;
import io.caracal.bench.report.FigureTable;
import java.util.List;

/**
 * Plots one figure of several servers: a bar for the median, with a whisker from the smallest sample to the largest.
 */
final class BarPlot
{
    private static final int WIDTH = 760;
    private static final int ROW = 26;
    private static final int LEFT = 130;
    private static final int RIGHT = 150;
    private static final int BAR = 16;

    private final List<Figure> figures;

    BarPlot(final List<Figure> figures)
    {
        this.figures = figures;
    }

    void draw(final Markup out, final Palette palette)
    {
        final Figure first = figures.get(0);
        final LinearScale scale = new LinearScale(figures.stream().mapToDouble(Figure::max).max().orElse(1));
        final String title = first.metric() + (first.unit().isEmpty() ? "" : " (" + first.unit() + ")");
        out.open("figure", "class", "bars").leaf("figcaption", title);
        out.open("svg", "viewBox", "0 0 " + WIDTH + " " + (ROW * figures.size() + 4), "role", "img", "aria-label",
            title);
        for (int i = 0; i < figures.size(); i++)
        {
            bar(out, palette.of(figures.get(i).server()), figures.get(i), scale, i * ROW);
        }
        out.close().close();
    }

    private static void bar(
        final Markup out, final String color, final Figure figure, final LinearScale scale, final int top)
    {
        final double middle = top + ROW / 2.0;
        out.leaf("text", figure.server(), "x", LEFT - 8, "y", middle + 4, "text-anchor", "end");
        out.empty("rect", "class", "bar " + color, "x", LEFT, "y", middle - BAR / 2.0, "height", BAR, "width",
            Math.max(1.0, at(scale, figure.median()) - LEFT));
        out.empty("line", "class", "whisker", "x1", at(scale, figure.min()), "x2", at(scale, figure.max()), "y1",
            middle, "y2", middle);
        out.leaf("text", FigureTable.number(figure.median()), "x", at(scale, figure.max()) + 6, "y", middle + 4);
    }

    private static double at(final LinearScale scale, final double value)
    {
        return LEFT + Math.max(0, Math.min(1, scale.place(value))) * (WIDTH - LEFT - RIGHT);
    }
}
