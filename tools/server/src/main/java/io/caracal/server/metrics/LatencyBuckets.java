/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/**
 * Sorts the durations of a row in the counters file into buckets: sixteen of equal width for each power of two, so that
 * figures computed from them are accurate to six percent. Recording only adds to one number. So another process can
 * read the buckets while they are written, and subtract one reading from another.
 */
public final class LatencyBuckets
{
    private static final int PER_POWER_BITS = 4;
    private static final int PER_POWER = 1 << PER_POWER_BITS;

    /** Longer durations are counted as this long: eighteen minutes. */
    public static final long HIGHEST_NS = (1L << 40) - 1;
    /** Number of buckets in a row. */
    public static final int COUNT = indexOf(HIGHEST_NS) + 1;

    private LatencyBuckets()
    {
    }

    /**
     * Returns the bucket of a duration.
     *
     * @param durationNs any number of nanoseconds; one that is out of range is counted at the nearest end.
     * @return 0 to {@link #COUNT} - 1.
     */
    public static int indexOf(final long durationNs)
    {
        final long value = Math.max(0, Math.min(durationNs, HIGHEST_NS));
        final int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1) - PER_POWER_BITS);

        return (shift << PER_POWER_BITS) + (int)(value >>> shift);
    }

    /**
     * Returns the longest duration of a bucket.
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
     * Returns the sum of all buckets.
     *
     * @param buckets the counts of a row.
     * @return number of durations in the row.
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
     * Returns a percentile of a row.
     *
     * @param buckets the counts of a row.
     * @param percent 0 to 100; 100 gives the longest duration.
     * @return nanoseconds, 0 when the row is empty.
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
