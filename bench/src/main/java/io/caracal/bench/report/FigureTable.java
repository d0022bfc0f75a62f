/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.Locale;

/** Figures as a table for people: median, spread, and the ratio to a reference server. */
public final class FigureTable
{
    private static final String ROW = "%-18s %-14s %-11s %14s  %-29s %12s%n";

    private final String reference;

    /**
     * A table with ratios.
     *
     * @param reference the server that the others are compared with.
     */
    public FigureTable(final String reference)
    {
        this.reference = reference;
    }

    /**
     * The table.
     *
     * @param figures what to show.
     * @return lines, each with its end.
     */
    public String format(final Figures figures)
    {
        final StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, ROW, "shape", "figure", "server", "median", "min .. max (rounds)",
            "x " + reference));
        String shape = "";
        for (final Figure figure : figures.all())
        {
            if (!figure.shape().equals(shape))
            {
                text.append(System.lineSeparator());
                shape = figure.shape();
            }
            text.append(row(figures, figure));
        }

        return text.toString();
    }

    private String row(final Figures figures, final Figure figure)
    {
        final String ratio = figures.ratio(figure, reference)
            .map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("");
        return String.format(Locale.ROOT, ROW, figure.shape(), figure.metric(), figure.server(),
            number(figure.median()) + " " + figure.unit(),
            number(figure.min()) + " .. " + number(figure.max()) + " (" + figure.samples().size() + ")", ratio);
    }

    /**
     * As many digits as a measurement deserves.
     *
     * @param value measured.
     * @return text.
     */
    public static String number(final double value)
    {
        if (Math.abs(value) < 10.0)
        {
            return String.format(Locale.ROOT, "%.2f", value);
        }

        return String.format(Locale.ROOT, Math.abs(value) < 1000.0 ? "%.1f" : "%,.0f", value);
    }
}
