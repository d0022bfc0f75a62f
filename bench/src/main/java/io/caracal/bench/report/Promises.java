/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The figures that are promised, all in one file, {@code promises.properties} beside this class. A line names a
 * shape, a metric and a server, or two servers for the ratio of their medians, and a bound:
 *
 * <pre>
 *   reads-pipelined.rate.caracal/zookeeper = &gt;= 1.5
 *   restart.time.caracal = &lt;= 1000
 * </pre>
 */
public final class Promises
{
    /**
     * One promise held against what was measured.
     *
     * @param promise  the line of the file.
     * @param measured the median or the ratio of medians; empty when it was not measured.
     * @param kept     whether the bound is kept; never when it was not measured.
     */
    public record Verdict(String promise, Optional<Double> measured, boolean kept)
    {
        @Override
        public String toString()
        {
            return (kept ? "kept    " : "MISSED  ") + promise + "   measured: " +
                measured.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("nothing");
        }
    }

    private final Properties lines;

    private Promises(final Properties lines)
    {
        this.lines = lines;
    }

    /**
     * What this version promises.
     *
     * @return the promises of the file.
     */
    public static Promises load()
    {
        try (InputStream stream = Promises.class.getResourceAsStream("promises.properties");
            Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8))
        {
            return read(reader);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Reads promises.
     *
     * @param reader lines as above; not closed.
     * @return the promises.
     * @throws IOException              when it cannot be read.
     * @throws IllegalArgumentException when a line is malformed.
     */
    public static Promises read(final Reader reader) throws IOException
    {
        final Properties lines = new Properties();
        lines.load(reader);
        lines.stringPropertyNames().forEach(key -> check(key, lines.getProperty(key)));
        return new Promises(lines);
    }

    private static void check(final String key, final String bound)
    {
        if (!key.matches("[a-z0-9-]+\\.[a-z0-9-]+\\.[a-z0-9-]+(/[a-z0-9-]+)?") ||
            !bound.matches("[<>]= [0-9]+(\\.[0-9]+)?"))
        {
            throw new IllegalArgumentException("not a promise: " + key + " = " + bound);
        }
    }

    /**
     * Compares what was measured with the promises about some shapes.
     *
     * @param figures of a run.
     * @param shapes  that the run was asked for.
     * @return one verdict per promise, in the order of their names.
     */
    public List<Verdict> judge(final Figures figures, final Set<String> shapes)
    {
        final List<Verdict> verdicts = new ArrayList<>();
        for (final String key : new TreeSet<>(lines.stringPropertyNames()))
        {
            if (!shapes.contains(shape(key)))
            {
                continue;
            }
            final String bound = lines.getProperty(key);
            final double limit = Double.parseDouble(bound.substring(3));
            final boolean atLeast = bound.startsWith(">");
            final Optional<Double> measured = measured(figures, key);
            final boolean kept = measured.map(value -> atLeast ? value >= limit : value <= limit).orElse(false);
            verdicts.add(new Verdict(key + " " + bound, measured, kept));
        }

        return verdicts;
    }

    /**
     * What is promised.
     *
     * @return shapes with at least one promise.
     */
    public Set<String> shapes()
    {
        final Set<String> shapes = new TreeSet<>();
        lines.stringPropertyNames().forEach(key -> shapes.add(shape(key)));
        return shapes;
    }

    private static String shape(final String key)
    {
        return key.substring(0, key.indexOf('.'));
    }

    private static Optional<Double> measured(final Figures figures, final String key)
    {
        final String[] parts = key.split("[./]", -1);
        final Optional<Double> first = figures.find(parts[0], parts[1], parts[2]).map(Figure::median);
        if (parts.length < 4)
        {
            return first;
        }

        return first.flatMap(value -> figures.find(parts[0], parts[1], parts[3]).map(f -> value / f.median())
            .filter(Double::isFinite));
    }
}
