/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/**
 * How a row of the counters file sorts durations into buckets: sixteen of equal width for each power of two, so that a
 * figure taken from them is true to six percent. Only adding to one number, they can be read while they are written,
 * by another process, and subtracted from each other.
 */
public final class LatencyBuckets
{
    private static final int PER_POWER_BITS = 4;
    private static final int PER_POWER = 1 << PER_POWER_BITS;

    /** Longer durations count as this long: eighteen minutes. */
    public static final long HIGHEST_NS = (1L << 40) - 1;
    /** How many buckets a row has. */
    public static final int COUNT = indexOf(HIGHEST_NS) + 1;

    private LatencyBuckets()
    {
    }

    /**
     * Bucket of a duration.
     *
     * @param durationNs any; what is out of range counts as the nearest end.
     * @return 0 to {@link #COUNT} - 1.
     */
    public static int indexOf(final long durationNs)
    {
        final long value = Math.max(0, Math.min(durationNs, HIGHEST_NS));
        final int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1) - PER_POWER_BITS);

        return (shift << PER_POWER_BITS) + (int)(value >>> shift);
    }

    /**
     * Longest duration of a bucket.
     *
     * @param index 0 to {@link #COUNT} - 1.
     * @return nanoseconds.
     */
    public static long highestOf(final int index)
    {
        if (index < 2 * PER_POWER)
        {
            return index;
        }

        final int shift = (index >> PER_POWER_BITS) - 1;

        return ((index - ((long)shift << PER_POWER_BITS) + 1) << shift) - 1;
    }

    /**
     * Sum of all buckets.
     *
     * @param buckets a row.
     * @return how many durations it holds.
     */
    public static long count(final long[] buckets)
    {
        long sum = 0;
        for (final long bucket : buckets)
        {
            sum += bucket;
        }

        return sum;
    }

    /**
     * The duration that a share of all does not exceed.
     *
     * @param buckets a row.
     * @param percent 0 to 100; 100 is the longest.
     * @return nanoseconds, 0 when there is none.
     */
    public static long percentileNs(final long[] buckets, final double percent)
    {
        final long total = count(buckets);
        final long wanted = Math.max(1, (long)Math.ceil(total * percent / 100));
        long sum = 0;
        for (int i = 0; i < buckets.length && total > 0; i++)
        {
            sum += buckets[i];
            if (sum >= wanted)
            {
                return highestOf(i);
            }
        }

        return 0;
    }
}
