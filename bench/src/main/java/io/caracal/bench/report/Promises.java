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
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.caracal.engine.Invariant;

/**
 * The promised figures, all in one file, {@code promises.properties} beside this class. The key of a line names a
 * shape, a metric, and either one server or two servers for the ratio of their medians. The value is a bound, followed
 * by the size if the promise holds only for that size:
 *
 * <pre>
 *   reads-pipelined.rate.caracal/zookeeper = &gt;= 1.5
 *   restart.time.caracal = &lt;= 1000 of 1000000 znodes of 100 bytes
 * </pre>
 */
public final class Promises
{
    private static final Pattern KEY = Pattern.compile("[a-z0-9-]+\\.[a-z0-9-]+\\.[a-z0-9-]+(/[a-z0-9-]+)?");
    private static final Pattern BOUND = Pattern.compile("([<>]=) ([0-9]+(?:\\.[0-9]+)?)(?: of ([0-9]+ [a-z0-9 ]+))?");

    private final Properties lines;

    private Promises(final Properties lines)
    {
        this.lines = lines;
    }

    /**
     * Returns the promises of this version.
     *
     * @return the promises in the file.
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
     * @param reader source of lines as above; it is not closed.
     * @return the promises.
     * @throws IOException              when reading fails.
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
        if (!KEY.matcher(key).matches() || !BOUND.matcher(bound).matches())
        {
            throw new IllegalArgumentException("not a promise: " + key + " = " + bound);
        }
    }

    /**
     * Judges the promises about some shapes by the measured figures.
     *
     * @param figures of a run.
     * @param shapes  that the run was asked to measure.
     * @param sizes   in words, by shape, of the shapes whose promises depend on the size.
     * @return one verdict per promise, in the order of their names.
     */
    public List<Verdict> judge(final Figures figures, final Set<String> shapes, final Map<String, String> sizes)
    {
        final List<Verdict> verdicts = new ArrayList<>();
        for (final String key : new TreeSet<>(lines.stringPropertyNames()))
        {
            if (shapes.contains(shape(key)))
            {
                verdicts.add(judge(key, measured(figures, key), sizes.get(shape(key))));
            }
        }

        return verdicts;
    }

    private Verdict judge(final String key, final Optional<Double> measured, final String size)
    {
        final String text = lines.getProperty(key);
        final Matcher bound = BOUND.matcher(text);
        Invariant.check(bound.matches(), "promises are checked when they are read");
        final double limit = Double.parseDouble(bound.group(2));
        final boolean atLeast = bound.group(1).startsWith(">");
        final String promise = key + " " + text;
        if (bound.group(3) != null && !bound.group(3).equals(size))
        {
            return new Verdict(promise, measured, Verdict.Outcome.OTHER_SIZE, " of " + size);
        }

        final boolean isKept = measured.map(value -> atLeast ? value >= limit : value <= limit).orElse(false);

        return new Verdict(promise, measured, isKept ? Verdict.Outcome.KEPT : Verdict.Outcome.MISSED, "");
    }

    /**
     * Returns which shapes have promises.
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
