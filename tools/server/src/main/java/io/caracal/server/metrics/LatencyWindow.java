/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the latencies of the last minute. It keeps samples of the figures, one every few seconds, and subtracts the
 * oldest sample from the current figures. Thread-safe. The owner calls {@link #sample} periodically.
 */
public final class LatencyWindow
{
    /** Number of samples that are kept. With one every {@link #SAMPLE_MS} they cover one minute. */
    public static final int SAMPLES_MAX = 12;
    /** Interval at which the owner should take samples. */
    public static final long SAMPLE_MS = 5_000;

    private static final Operation[] OPERATIONS = Operation.values();
    private static final Stage[] STAGES = Stage.values();
    private static final int FORCES = OPERATIONS.length + STAGES.length;
    private static final int TRACKS = FORCES + 1;

    /** The figures at one moment. A track that is empty is null. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sample(long atNs, long resets, long[][] tracks)
    {
    }

    /**
     * The latencies of one operation or stage within the window.
     *
     * @param name      of the operation or stage.
     * @param buckets   counts, as in {@link LatencyBuckets}.
     * @param isStage   true for a stage and for the forces of the journal.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Row(String name, long[] buckets, boolean isStage)
    {
    }

    /**
     * The content of the window.
     *
     * @param lengthNs how far it reaches back, 0 when there is no sample yet.
     * @param rows     operations that occurred, then every stage.
     */
    public record View(long lengthNs, List<Row> rows)
    {
    }

    private final MetricsView metrics;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    /**
     * Creates a window without samples.
     *
     * @param metrics the figures to sample.
     */
    public LatencyWindow(final MetricsView metrics)
    {
        this.metrics = metrics;
    }

    /**
     * Takes a sample.
     *
     * @param nowNs monotonic time.
     */
    public synchronized void sample(final long nowNs)
    {
        final Sample sample = take(nowNs);
        forgetReset(sample.resets());
        if (samples.size() == SAMPLES_MAX)
        {
            samples.pollFirst();
        }
        samples.addLast(sample);
    }

    /**
     * Returns the latencies since the oldest sample.
     *
     * @param nowNs monotonic time.
     * @return the window's length and its rows.
     */
    public synchronized View view(final long nowNs)
    {
        final Sample now = take(nowNs);
        forgetReset(now.resets());
        final Sample then = samples.isEmpty() ? now : samples.peekFirst();
        final List<Row> rows = new ArrayList<>();
        for (int track = 0; track < TRACKS; track++)
        {
            final long[] buckets = difference(now.tracks()[track], then.tracks()[track]);
            if (track >= OPERATIONS.length || LatencyBuckets.count(buckets) > 0)
            {
                rows.add(new Row(name(track), buckets, track >= OPERATIONS.length));
            }
        }

        return new View(nowNs - then.atNs(), rows);
    }

    /**
     * Drops the samples from before the last reset of the figures, because they cannot be subtracted from later ones.
     */
    private void forgetReset(final long resets)
    {
        samples.removeIf(sample -> sample.resets() != resets);
    }

    private Sample take(final long nowNs)
    {
        final long resets = metrics.resets();
        final long[][] tracks = new long[TRACKS][];
        for (int track = 0; track < TRACKS; track++)
        {
            final LatencyFigures figures = figures(track);
            tracks[track] = figures.count() == 0 ? null : figures.buckets();
        }

        return new Sample(nowNs, resets, tracks);
    }

    private LatencyFigures figures(final int track)
    {
        if (track == FORCES)
        {
            return metrics.forces();
        }

        return track < OPERATIONS.length ? metrics.operation(OPERATIONS[track]) : metrics.stage(STAGES[track -
            OPERATIONS.length]);
    }

    private static String name(final int track)
    {
        if (track == FORCES)
        {
            return "force";
        }

        return track < OPERATIONS.length ? OPERATIONS[track].label() : STAGES[track - OPERATIONS.length].label();
    }

    private static long[] difference(final long[] now, final long[] then)
    {
        final long[] difference = new long[LatencyBuckets.COUNT];
        for (int i = 0; i < difference.length && now != null; i++)
        {
            difference[i] = Math.max(0, now[i] - (then == null ? 0 : then[i]));
        }

        return difference;
    }
}
