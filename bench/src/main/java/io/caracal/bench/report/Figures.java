/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Everything that a run has measured, in the order in which it was first measured. One thread adds; others may read,
 * because a run may be ended at any moment.
 */
public final class Figures
{
    private static final int DIGITS = 3;

    private record Key(String shape, String metric, String server)
    {
    }

    private final Map<Key, List<Double>> samples = new LinkedHashMap<>();
    private final Map<Key, String> units = new LinkedHashMap<>();
    private final Map<Key, Histogram> latencies = new LinkedHashMap<>();
    private final List<Series> series = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private boolean isEnded;

    /**
     * Adds one sample.
     *
     * @param shape  what was measured.
     * @param metric which figure of the shape.
     * @param server that was measured.
     * @param unit   of the value.
     * @param value  the sample.
     */
    public synchronized void add(
        final String shape, final String metric, final String server, final String unit, final double value)
    {
        final Key key = new Key(shape, metric, server);
        samples.computeIfAbsent(key, ignored -> new ArrayList<>()).add(value);
        units.put(key, unit);
    }

    /**
     * Returns everything measured so far.
     *
     * @return a copy.
     */
    public synchronized List<Figure> all()
    {
        final List<Figure> all = new ArrayList<>();
        samples.forEach(
            (key, values) -> all.add(new Figure(key.shape(), key.metric(), key.server(), units.get(key), values)));
        return all;
    }

    /**
     * Finds one figure.
     *
     * @param shape  what was measured.
     * @param metric which figure of the shape.
     * @param server that was measured.
     * @return the figure; empty when it was not measured.
     */
    public synchronized Optional<Figure> find(final String shape, final String metric, final String server)
    {
        return all().stream()
            .filter(f -> f.shape().equals(shape) && f.metric().equals(metric) && f.server().equals(server))
            .findFirst();
    }

    /**
     * Compares a figure with that of a reference server.
     *
     * @param figure    of some server.
     * @param reference name of the reference server.
     * @return ratio of the medians; empty for the reference itself, when the reference has no such figure or its median
     *         is zero, and when one of the medians is negative, as those of differences may be: a ratio makes no sense
     *         then.
     */
    public synchronized Optional<Double> ratio(final Figure figure, final String reference)
    {
        return figure.server().equals(reference) ? Optional.empty() : find(figure.shape(), figure.metric(), reference)
            .filter(other -> other.median() > 0 && figure.median() >= 0).map(other -> figure.median() / other.median());
    }

    /**
     * Adds the latencies of one sample. Those of all samples of a shape and server are accumulated.
     *
     * @param shape  what was measured.
     * @param server that was measured.
     * @param sample in nanoseconds; remains owned by the caller.
     */
    public synchronized void addLatencies(final String shape, final String server, final Histogram sample)
    {
        final Histogram all = latencies.computeIfAbsent(new Key(shape, "", server), ignored ->
        {
            final Histogram fresh = new Histogram(DIGITS);
            fresh.setAutoResize(true);
            return fresh;
        });
        all.add(sample);
    }

    /**
     * Adds a series, or further points of a known one: points that take long to measure are added one by one.
     *
     * @param points of one server.
     */
    public synchronized void addSeries(final Series points)
    {
        for (int i = 0; i < series.size(); i++)
        {
            if (series.get(i).isContinuedBy(points))
            {
                series.set(i, series.get(i).and(points.points()));
                return;
            }
        }
        series.add(points);
    }

    /**
     * Returns the latencies measured so far.
     *
     * @return copies, one curve per shape and server.
     */
    public synchronized List<Curve> curves()
    {
        final List<Curve> curves = new ArrayList<>();
        latencies.forEach((key, histogram) -> curves.add(new Curve(key.shape(), key.server(), histogram.copy())));
        return curves;
    }

    /**
     * Returns the series measured so far.
     *
     * @return a copy.
     */
    public synchronized List<Series> series()
    {
        return List.copyOf(series);
    }

    /**
     * Adds a note.
     *
     * @param note note about a shape or the whole run.
     */
    public synchronized void addNote(final Note note)
    {
        notes.add(note);
    }

    /**
     * Returns the notes so far.
     *
     * @return a copy.
     */
    public synchronized List<Note> notes()
    {
        return List.copyOf(notes);
    }

    /**
     * Adds a failure that kept something from being measured, and a note on the whole run that tells of it.
     *
     * @param what    what was to be measured.
     * @param failure why it was not measured, or not to its end.
     */
    public synchronized void addFailure(final String what, final Exception failure)
    {
        addNote(new Note(Note.RUN, "not measured to its end: " + what + ": " + FailureText.of(failure)));
        failures.add(failure);
    }

    /** Notes that somebody ends the run: what was measured is reported, and nothing more will be measured. */
    public synchronized void end()
    {
        isEnded = true;
    }

    /**
     * Whether somebody has ended the run.
     *
     * @return true when nothing more will be measured. Whatever fails from then on fails because servers are ended.
     */
    public synchronized boolean isEnded()
    {
        return isEnded;
    }

    /**
     * Returns the failures that kept something from being measured.
     *
     * @return failures in the order in which they happened; empty when everything was measured.
     */
    public synchronized List<Exception> failures()
    {
        return List.copyOf(failures);
    }

    /**
     * Adds a fact that only a running server can tell. If the name has a fact already, that one stays.
     *
     * @param name of the fact.
     * @param fact text for people.
     */
    public synchronized void addFact(final String name, final String fact)
    {
        facts.putIfAbsent(name, fact);
    }

    /**
     * Whether a fact is known.
     *
     * @param name of the fact.
     * @return true once it was added.
     */
    public synchronized boolean hasFact(final String name)
    {
        return facts.containsKey(name);
    }

    /**
     * Returns the facts that running servers told.
     *
     * @return a copy, in the order in which they were added.
     */
    public synchronized Map<String, String> facts()
    {
        return new LinkedHashMap<>(facts);
    }
}
