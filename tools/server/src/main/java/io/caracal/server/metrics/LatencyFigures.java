/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Figures of a set of latencies. Milliseconds are rounded down to whole ones, as ZooKeeper's tools show them, except in
 * the mean and the sum.
 */
public final class LatencyFigures
{
    /** Figures of an empty set: all zero. */
    public static final LatencyFigures NONE = new LatencyFigures(LatencyTrack.empty());

    private static final double NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Histogram histogram;

    LatencyFigures(final Histogram histogram)
    {
        this.histogram = histogram;
    }

    /**
     * Returns the number of latencies.
     *
     * @return zero or more.
     */
    public long count()
    {
        return histogram.getTotalCount();
    }

    /**
     * Returns the shortest latency.
     *
     * @return milliseconds, 0 for an empty set.
     */
    public long minMs()
    {
        return count() == 0 ? 0 : toMs(histogram.highestEquivalentValue(histogram.getMinValue()));
    }

    /**
     * Returns the longest latency.
     *
     * @return milliseconds, 0 for an empty set.
     */
    public long maxMs()
    {
        return count() == 0 ? 0 : toMs(histogram.getMaxValue());
    }

    /**
     * Returns the mean.
     *
     * @return milliseconds with at most four decimals, 0 for an empty set.
     */
    public double meanMs()
    {
        return count() == 0 ? 0 : Math.round(histogram.getMean() / 100) / 10_000.0;
    }

    /**
     * Returns the sum of all latencies. It never falls while latencies are added: monitoring would take that for a
     * sum that began anew.
     *
     * @return milliseconds.
     */
    public long sumMs()
    {
        return Math.round(histogram.getMean() * count() / NS_PER_MS);
    }

    /**
     * Returns a percentile in milliseconds.
     *
     * @param percentile 0 to 100.
     * @return milliseconds, 0 for an empty set.
     */
    public long percentileMs(final double percentile)
    {
        return count() == 0 ? 0 : toMs(histogram.getValueAtPercentile(percentile));
    }

    /**
     * Returns a percentile in nanoseconds.
     *
     * @param percentile 0 to 100.
     * @return nanoseconds, 0 for an empty set.
     */
    public long percentileNs(final double percentile)
    {
        return count() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
    }

    /**
     * Returns the same figures in the form of ZooKeeper's monitoring.
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
     * Sorts the latencies into the buckets of {@link LatencyBuckets}.
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
     * Returns how many latencies exceeded a limit.
     *
     * @param latencyNs the limit in nanoseconds.
     * @return zero or more.
     */
    public long countAbove(final long latencyNs)
    {
        return count() - histogram.getCountBetweenValues(0, Math.min(latencyNs, LatencyTrack.HIGHEST_NS));
    }

    /**
     * Calls the handler for every latency that occurred, shortest first.
     *
     * @param handler receives each latency in nanoseconds, accurate to one percent, and how often it occurred.
     */
    public void forEach(final LatencyHandler handler)
    {
        histogram.recordedValues()
            .forEach(step -> handler.onLatency(histogram.medianEquivalentValue(step.getValueIteratedTo()),
                step.getCountAddedInThisIterationStep()));
    }

    /** Receives latencies. */
    @FunctionalInterface
    public interface LatencyHandler
    {
        /**
         * A latency occurred.
         *
         * @param latencyNs nanoseconds.
         * @param count     how often it occurred, greater than zero.
         */
        void onLatency(long latencyNs, long count);
    }

    private static long toMs(final long latencyNs)
    {
        return TimeUnit.NANOSECONDS.toMillis(latencyNs);
    }
}
