/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Figures of a set of latencies, in the units in which ZooKeeper's tools show them: whole milliseconds, rounded down.
 */
public final class LatencyFigures
{
    /** Figures of nothing: all zero. */
    public static final LatencyFigures NONE = new LatencyFigures(LatencyTrack.empty());

    private final Histogram histogram;

    LatencyFigures(final Histogram histogram)
    {
        this.histogram = histogram;
    }

    /**
     * How many there are.
     *
     * @return zero or more.
     */
    public long count()
    {
        return histogram.getTotalCount();
    }

    /**
     * The shortest.
     *
     * @return milliseconds, 0 when there is none.
     */
    public long minMs()
    {
        return count() == 0 ? 0 : toMs(histogram.highestEquivalentValue(histogram.getMinValue()));
    }

    /**
     * The longest.
     *
     * @return milliseconds, 0 when there is none.
     */
    public long maxMs()
    {
        return count() == 0 ? 0 : toMs(histogram.getMaxValue());
    }

    /**
     * The mean.
     *
     * @return milliseconds with at most four decimals, 0 when there is none.
     */
    public double meanMs()
    {
        return count() == 0 ? 0 : Math.round(histogram.getMean() / 100) / 10_000.0;
    }

    /**
     * The sum of all.
     *
     * @return milliseconds.
     */
    public long sumMs()
    {
        return Math.round(meanMs() * count());
    }

    /**
     * The latency that a share of them does not exceed.
     *
     * @param percentile 0 to 100.
     * @return milliseconds, 0 when there is none.
     */
    public long percentileMs(final double percentile)
    {
        return count() == 0 ? 0 : toMs(histogram.getValueAtPercentile(percentile));
    }

    /**
     * The latency that a share of them does not exceed.
     *
     * @param percentile 0 to 100.
     * @return nanoseconds, 0 when there is none.
     */
    public long percentileNs(final double percentile)
    {
        return count() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
    }

    /**
     * The same as ZooKeeper's monitoring tells it.
     *
     * @return figures in milliseconds.
     */
    public Summary inMs()
    {
        return new Milliseconds(this);
    }

    private record Milliseconds(LatencyFigures figures) implements Summary
    {
        @Override
        public long count()
        {
            return figures.count();
        }

        @Override
        public double mean()
        {
            return figures.meanMs();
        }

        @Override
        public long min()
        {
            return figures.minMs();
        }

        @Override
        public long max()
        {
            return figures.maxMs();
        }

        @Override
        public long sum()
        {
            return figures.sumMs();
        }

        @Override
        public long percentile(final double percentile)
        {
            return figures.percentileMs(percentile);
        }
    }

    /**
     * All of them in the buckets of {@link LatencyBuckets}.
     *
     * @return a new array.
     */
    public long[] buckets()
    {
        final long[] buckets = new long[LatencyBuckets.COUNT];
        forEach((latencyNs, count) -> buckets[LatencyBuckets.indexOf(latencyNs)] += count);

        return buckets;
    }

    /**
     * How many took longer than a time.
     *
     * @param latencyNs nanoseconds.
     * @return zero or more.
     */
    public long countAbove(final long latencyNs)
    {
        return count() - histogram.getCountBetweenValues(0, Math.min(latencyNs, LatencyTrack.HIGHEST_NS));
    }

    /**
     * Tells every latency that occurred, from the shortest on.
     *
     * @param handler is given a latency in nanoseconds, true to one percent, and how often it occurred.
     */
    public void forEach(final LatencyHandler handler)
    {
        histogram.recordedValues().forEach(step -> handler.onLatency(histogram.medianEquivalentValue(step
            .getValueIteratedTo()), step.getCountAddedInThisIterationStep()));
    }

    /** Receives latencies. */
    @FunctionalInterface
    public interface LatencyHandler
    {
        /**
         * A latency occurred.
         *
         * @param latencyNs nanoseconds.
         * @param count     how often, greater than zero.
         */
        void onLatency(long latencyNs, long count);
    }

    private static long toMs(final long latencyNs)
    {
        return TimeUnit.NANOSECONDS.toMillis(latencyNs);
    }
}
