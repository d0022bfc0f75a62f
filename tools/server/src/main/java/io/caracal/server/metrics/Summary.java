/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/**
 * Summary of a set of whole numbers of one unit, as ZooKeeper's monitoring shows it. All figures of an empty set are
 * zero.
 */
public interface Summary
{
    /** The summary of an empty set. */
    Summary NONE = LatencyFigures.NONE.inMs();

    /**
     * Returns how many numbers there are.
     *
     * @return zero or more.
     */
    long count();

    /**
     * Returns the mean.
     *
     * @return the mean, with at most four decimals.
     */
    double mean();

    /**
     * Returns the smallest number.
     *
     * @return the minimum.
     */
    long min();

    /**
     * Returns the largest number.
     *
     * @return the maximum.
     */
    long max();

    /**
     * Returns the sum of all numbers.
     *
     * @return the sum.
     */
    long sum();

    /**
     * Whether percentiles are available in addition to count, sum and extremes.
     *
     * @return false when {@link #percentile} must not be called.
     */
    default boolean hasPercentiles()
    {
        return true;
    }

    /**
     * Returns a percentile.
     *
     * @param percentile 0 to 100.
     * @return the number that this share of all does not exceed.
     */
    long percentile(double percentile);
}
