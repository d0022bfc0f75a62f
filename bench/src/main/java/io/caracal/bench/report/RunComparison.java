/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares two reports: every figure of the second beside that of the first. A change counts only where the ranges of
 * the samples of the two runs do not overlap.
 */
public final class RunComparison
{
    private static final String ROW = "%-36s %-20s %-11s %14s %14s %9s  %s%n";

    /** Members that each figure has. */
    private static final List<String> WORDS = List.of("shape", "figure", "server", "unit");
    private static final List<String> NUMBERS = List.of("median", "min", "max");

    /** Holds the flags and collectors of the servers' JVMs; the oldest reports have no such part. */
    private static final String FACTS = "facts";

    /** Facts that change from run to run and say nothing about the machine. */
    private static final String DATE = "date";
    private static final String LOAD = "load average at start";

    private final JsonObject before;
    private final JsonObject after;

    /**
     * Creates a comparison of two reports.
     *
     * @param before the older one.
     * @param after  the newer one.
     */
    public RunComparison(final JsonObject before, final JsonObject after)
    {
        this.before = before;
        this.after = after;
    }

    /**
     * Returns the comparison as text for people.
     *
     * @return lines, each with its end.
     * @throws IllegalArgumentException when one of the objects is not a report.
     */
    public String format()
    {
        final StringBuilder text = new StringBuilder();
        differences(text);
        text.append(String.format(Locale.ROOT, ROW, "shape", "figure", "server", "before", "after", "change", ""));
        final Map<String, JsonObject> old = figures(before);
        final Map<String, JsonObject> now = figures(after);
        now.forEach((key, figure) ->
        {
            if (old.containsKey(key))
            {
                text.append(row(old.get(key), figure));
            }
        });
        only(text, "only before: ", old, now);
        only(text, "only after: ", now, old);
        return text.toString();
    }

    private void differences(final StringBuilder text)
    {
        for (final String part : new String[]{ "machine", "servers", FACTS })
        {
            final JsonObject old = object(before, part);
            final JsonObject now = object(after, part);
            final Set<String> names = new LinkedHashSet<>(old.keySet());
            names.addAll(now.keySet());
            names.stream().filter(name -> !name.equals(DATE) && !name.equals(LOAD) && !Objects.equals(old.get(name),
                now.get(name))).forEach(name -> differs(text, name, old.get(name), now.get(name)));
        }
        if (!Objects.equals(before.get("parameters"), after.get("parameters")))
        {
            differs(text, "parameters", before.get("parameters"), after.get("parameters"));
        }
    }

    private static void differs(
        final StringBuilder text, final String name, final JsonElement old, final JsonElement now)
    {
        text.append("NOT THE SAME  ").append(name).append(": ").append(old).append(" before, ").append(now)
            .append(" after").append(System.lineSeparator());
    }

    private static JsonObject object(final JsonObject report, final String part)
    {
        final JsonElement element = part.equals(FACTS) && !report.has(FACTS) ? new JsonObject() : report.get(part);
        if (element == null || !element.isJsonObject())
        {
            throw new IllegalArgumentException("not a report of caracal bench: it has no " + part);
        }

        return element.getAsJsonObject();
    }

    private static Map<String, JsonObject> figures(final JsonObject report)
    {
        final JsonElement list = report.get("figures");
        if (list == null || !list.isJsonArray())
        {
            throw new IllegalArgumentException("not a report of caracal bench: it has no figures");
        }

        final Map<String, JsonObject> figures = new LinkedHashMap<>();
        for (final JsonElement element : list.getAsJsonArray())
        {
            if (!element.isJsonObject() || !isFigure(element.getAsJsonObject()))
            {
                throw new IllegalArgumentException("not a report of caracal bench: a figure lacks one of the words " +
                    WORDS + " or of the numbers " + NUMBERS);
            }

            final JsonObject figure = element.getAsJsonObject();
            figures.put(text(figure, "shape") + " " + text(figure, "figure") + " " + text(figure, "server"), figure);
        }

        return figures;
    }

    private static boolean isFigure(final JsonObject figure)
    {
        return WORDS.stream()
            .allMatch(name -> figure.get(name) instanceof final JsonPrimitive word && word.isString()) &&
            NUMBERS.stream().allMatch(name -> figure.get(name) instanceof JsonNull ||
                (figure.get(name) instanceof final JsonPrimitive number && number.isNumber()));
    }

    private static String row(final JsonObject old, final JsonObject now)
    {
        final double before = number(old, "median");
        final double after = number(now, "median");
        final String oldUnit = text(old, "unit");
        final String unit = text(now, "unit");
        final boolean isComparable = oldUnit.equals(unit);
        // This is false as well where there are no numbers.
        final boolean isWithin =
            isComparable && number(old, "max") >= number(now, "min") && number(now, "max") >= number(old, "min");
        return String.format(Locale.ROOT, ROW, text(now, "shape"), text(now, "figure"), text(now, "server"),
            FigureTable.number(before) + " " + oldUnit, FigureTable.number(after) + " " + unit,
            !isComparable || before == 0 || Double.isNaN(before) || Double.isNaN(after) ? "" : String.format(
                Locale.ROOT, "%+.1f %%", 100 * (after / before - 1)),
            isWithin ? "within the spread" : isComparable ? "" : "another unit");
    }

    private static void only(
        final StringBuilder text, final String what, final Map<String, JsonObject> some,
        final Map<String, JsonObject> others)
    {
        some.keySet().stream().filter(key -> !others.containsKey(key)).forEach(key -> text.append(what).append(key)
            .append(System.lineSeparator()));
    }

    private static String text(final JsonObject figure, final String name)
    {
        return figure.get(name).getAsString();
    }

    /** Returns a number of a figure; NaN where the report has null. */
    private static double number(final JsonObject figure, final String name)
    {
        final JsonElement number = figure.get(name);

        return number.isJsonNull() ? Double.NaN : number.getAsDouble();
    }
}
