/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Records whole numbers: how many of something there were at many moments, or how many milliseconds a rare event took.
 * One thread records, without locks or allocation; any thread reads. Numbers up to 255 are exact, larger ones are
 * accurate to one percent.
 */
public final class AmountTrack
{
    /** Larger numbers are recorded as this one. */
    static final long HIGHEST = Integer.MAX_VALUE;
    private static final int DIGITS = 2;
    private static final double DECIMALS = 10_000;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST, DIGITS);
    private final Histogram totals = new Histogram(1, HIGHEST, DIGITS);
    private Histogram interval;

    /**
     * Records a number. Called by one thread only.
     *
     * @param amount zero or more.
     */
    public void record(final long amount)
    {
        recorder.recordValue(Math.min(amount, HIGHEST));
    }

    /**
     * Returns figures of everything recorded since the last {@link #reset}.
     *
     * @return a snapshot, which does not change.
     */
    public synchronized Summary figures()
    {
        swap();
        return new Amounts(totals.copy());
    }

    /** Forgets everything recorded so far. */
    public synchronized void reset()
    {
        swap();
        totals.reset();
    }

    private void swap()
    {
        interval = recorder.getIntervalHistogram(interval);
        totals.add(interval);
    }

    private record Amounts(Histogram histogram) implements Summary
    {
        @Override
        public long count()
        {
            return histogram.getTotalCount();
        }

        @Override
        public double mean()
        {
            return count() == 0 ? 0 : Math.round(histogram.getMean() * DECIMALS) / DECIMALS;
        }

        @Override
        public long min()
        {
            return count() == 0 ? 0 : histogram.getMinValue();
        }

        @Override
        public long max()
        {
            return count() == 0 ? 0 : histogram.getMaxValue();
        }

        @Override
        public long sum()
        {
            return Math.round(histogram.getMean() * count());
        }

        @Override
        public long percentile(final double percentile)
        {
            return count() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
        }
    }
}
