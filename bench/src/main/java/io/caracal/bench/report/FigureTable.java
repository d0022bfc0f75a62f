/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Formats figures as a table for people: median, spread, and the ratio to a reference server. */
public final class FigureTable
{
    private static final List<String> HEAD = List.of("shape", "figure", "server", "median", "min .. max (rounds)");

    private final String reference;

    /**
     * Creates a table with ratios.
     *
     * @param reference the server that the others are compared with.
     */
    public FigureTable(final String reference)
    {
        this.reference = reference;
    }

    /**
     * Returns the table.
     *
     * @param figures to show.
     * @return lines, each with its end.
     */
    public String format(final Figures figures)
    {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(HEAD.stream(), Stream.of("x " + reference)).toList());
        figures.all().forEach(figure -> rows.add(row(figures, figure, reference)));
        final int[] widths = new int[HEAD.size() + 1];
        for (int column = 0; column < widths.length; column++)
        {
            final int at = column;
            widths[column] = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
        }

        final StringBuilder text = new StringBuilder();
        String shape = HEAD.get(0);
        for (final List<String> row : rows)
        {
            text.append(row.get(0).equals(shape) ? "" : System.lineSeparator());
            shape = row.get(0);
            line(text, row, widths);
        }

        return text.toString();
    }

    /** Adds a line. Words are aligned to the left, numbers to the right. */
    private static void line(final StringBuilder text, final List<String> row, final int... widths)
    {
        final StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++)
        {
            final boolean isNumber = column == 3 || column == widths.length - 1;
            line.append(
                String.format(Locale.ROOT, "%" + (isNumber ? "" : "-") + widths[column] + "s  ", row.get(column)));
        }
        text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    private static List<String> row(final Figures figures, final Figure figure, final String reference)
    {
        final String ratio = figures.ratio(figure, reference)
            .map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("");
        final String median = (number(figure.median()) + " " + figure.unit()).trim();
        final String spread =
            number(figure.min()) + " .. " + number(figure.max()) + " (" + figure.samples().size() + ")";

        return List.of(figure.shape(), figure.metric(), figure.server(), median, spread, ratio);
    }

    /**
     * Formats a number with no more digits than a measurement can tell.
     *
     * @param value measured value.
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
