/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.prometheus;

import io.caracal.server.metrics.LatencyFigures;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Turns latencies into Prometheus buckets, in seconds: native buckets, each 9 percent wider than the one before, and a
 * few classic ones for scrapers that read text.
 */
final class NativeHistogram
{
    /** The native schema: each bucket's upper bound is 2^(1/8) times that of the one before. */
    static final int SCHEMA = 3;

    private static final double NS_PER_S = TimeUnit.SECONDS.toNanos(1);
    private static final double[] CLASSIC_S = { 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
        0.1, 0.25, 0.5, 1, 2.5, 10, Double.POSITIVE_INFINITY };

    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private final long[] classic = new long[CLASSIC_S.length];
    private double sum;

    private NativeHistogram()
    {
    }

    static HistogramSnapshot.HistogramDataPointSnapshot of(final LatencyFigures figures, final Labels labels)
    {
        final NativeHistogram histogram = new NativeHistogram();
        figures.forEach(histogram::add);
        final NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
        histogram.counts.forEach(buckets::bucket);
        final ClassicHistogramBuckets.Builder few = ClassicHistogramBuckets.builder();
        for (int i = 0; i < CLASSIC_S.length; i++)
        {
            few.bucket(CLASSIC_S[i], histogram.classic[i]);
        }

        return HistogramSnapshot.HistogramDataPointSnapshot.builder().nativeSchema(SCHEMA).nativeZeroThreshold(0)
            .nativeZeroCount(0).nativeBucketsForPositiveValues(buckets.build()).classicHistogramBuckets(few.build())
            .sum(histogram.sum).labels(labels).build();
    }

    private void add(final long latencyNs, final long count)
    {
        final double seconds = Math.max(1, latencyNs) / NS_PER_S;
        counts.merge(bucket(seconds), count, Long::sum);
        sum += seconds * count;
        int i = 0;
        while (seconds > CLASSIC_S[i])
        {
            i++;
        }

        classic[i] += count;
    }

    /** Returns the number n of the bucket with the bounds 2^((n - 1) / 8), exclusive, and 2^(n / 8), inclusive. */
    static int bucket(final double value)
    {
        final int guess = (int)Math.ceil(Math.log(value) / Math.log(2) * (1 << SCHEMA));
        return value > upperBound(guess) ? guess + 1 : value <= upperBound(guess - 1) ? guess - 1 : guess;
    }

    static double upperBound(final int bucket)
    {
        return Math.pow(2, bucket / (double)(1 << SCHEMA));
    }
}
