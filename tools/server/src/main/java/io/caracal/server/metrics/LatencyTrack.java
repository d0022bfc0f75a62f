/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntervalHistogramProvider;
import org.HdrHistogram.Recorder;
import org.HdrHistogram.SingleWriterRecorder;
import org.HdrHistogram.ValueRecorder;

/**
 * Latencies of one kind of thing. One thread records, or several into a track made for that, without locks or
 * allocation; any thread reads, from one of two buffers that are swapped while the recorder goes on.
 */
public final class LatencyTrack
{
    /** Shorter latencies are counted as this long. */
    static final long LOWEST_NS = 100;
    /** Longer latencies are counted as this long: ten minutes. */
    static final long HIGHEST_NS = 600_000_000_000L;
    /** Two digits: figures are true to one percent. */
    private static final int DIGITS = 2;

    private final LatencyRow row;
    private final boolean isShared;
    private final ValueRecorder recorder;
    private final IntervalHistogramProvider<Histogram> intervals;
    private final Histogram totals = empty();
    private Histogram interval;

    /** A track that only this process can read. */
    public LatencyTrack()
    {
        this(null, false);
    }

    /**
     * A track.
     *
     * @param row      gets everything as well, and is never reset; null for none.
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
     * A histogram of the same shape as all tracks.
     *
     * @return empty.
     */
    public static Histogram empty()
    {
        return new Histogram(LOWEST_NS, HIGHEST_NS, DIGITS);
    }

    /**
     * Records one latency. Only ever called by one thread, unless the track is shared.
     *
     * @param latencyNs nanoseconds; figures out of range are moved to its ends.
     */
    public void record(final long latencyNs)
    {
        record(latencyNs, 1);
    }

    /**
     * Records several equal latencies. Only ever called by one thread, unless the track is shared.
     *
     * @param latencyNs nanoseconds; figures out of range are moved to its ends.
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
     * @param sum histogram made by {@link #empty}.
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
