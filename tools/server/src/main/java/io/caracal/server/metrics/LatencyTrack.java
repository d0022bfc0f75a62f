/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntervalHistogramProvider;
import org.HdrHistogram.Recorder;
import org.HdrHistogram.SingleWriterRecorder;
import org.HdrHistogram.ValueRecorder;

/**
 * Records latencies of one kind, without locks or allocation. One thread records, or several if the track is shared.
 * Any thread reads: the recorder has two buffers, which a reader swaps while recording goes on.
 */
public final class LatencyTrack
{
    /** Lowest discernible latency of the histograms: shorter differences may not be resolved. */
    static final long LOWEST_NS = 100;
    /** Longer latencies are recorded as this long: ten minutes. */
    static final long HIGHEST_NS = 600_000_000_000L;
    /** Significant decimal digits; two make figures accurate to one percent. */
    private static final int DIGITS = 2;

    private final LatencyRow row;
    private final boolean isShared;
    private final ValueRecorder recorder;
    private final IntervalHistogramProvider<Histogram> intervals;
    private final Histogram totals = empty();
    private Histogram interval;

    /** Creates a track that only this process can read. */
    public LatencyTrack()
    {
        this(null, false);
    }

    /**
     * Creates a track.
     *
     * @param row      receives everything as well, and is never reset; null for none.
     * @param isShared whether several threads record.
     */
    LatencyTrack(final LatencyRow row, final boolean isShared)
    {
        this.row = row;
        this.isShared = isShared;
        if (isShared)
        {
            final Recorder shared = new Recorder(LOWEST_NS, HIGHEST_NS, DIGITS);
            recorder = shared;
            intervals = shared;
        }
        else
        {
            final SingleWriterRecorder single = new SingleWriterRecorder(LOWEST_NS, HIGHEST_NS, DIGITS);
            recorder = single;
            intervals = single;
        }
    }

    /**
     * Creates a histogram of the same shape as that of all tracks.
     *
     * @return an empty histogram.
     */
    public static Histogram empty()
    {
        return new Histogram(LOWEST_NS, HIGHEST_NS, DIGITS);
    }

    /**
     * Records one latency. Called by one thread only, unless the track is shared.
     *
     * @param latencyNs nanoseconds; a value out of range is moved to the nearest end.
     */
    public void record(final long latencyNs)
    {
        record(latencyNs, 1);
    }

    /**
     * Records several equal latencies. Called by one thread only, unless the track is shared.
     *
     * @param latencyNs nanoseconds; a value out of range is moved to the nearest end.
     * @param count     how many, greater than zero.
     */
    public void record(final long latencyNs, final long count)
    {
        recorder.recordValueWithCount(Math.max(0, Math.min(latencyNs, HIGHEST_NS)), count);
        if (row != null && isShared)
        {
            row.addShared(latencyNs, count);
        }
        else if (row != null)
        {
            row.add(latencyNs, count);
        }
    }

    /**
     * Adds everything recorded since the last {@link #reset} to a histogram.
     *
     * @param sum a histogram created by {@link #empty}.
     */
    public synchronized void addTo(final Histogram sum)
    {
        swap();
        sum.add(totals);
    }

    /** Forgets everything recorded so far. */
    public synchronized void reset()
    {
        swap();
        totals.reset();
    }

    private void swap()
    {
        interval = intervals.getIntervalHistogram(interval);
        totals.add(interval);
    }
}
