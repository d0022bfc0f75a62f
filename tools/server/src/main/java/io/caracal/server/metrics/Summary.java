/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/** What ZooKeeper's monitoring tells of a set of whole numbers, all of one unit. All zero when there is none. */
public interface Summary
{
    /** What is told when there are no numbers. */
    Summary NONE = LatencyFigures.NONE.inMs();

    /**
     * How many there are.
     *
     * @return zero or more.
     */
    long count();

    /**
     * The mean.
     *
     * @return with at most four decimals.
     */
    double mean();

    /**
     * The smallest.
     *
     * @return one of them.
     */
    long min();

    /**
     * The largest.
     *
     * @return one of them.
     */
    long max();

    /**
     * All of them together.
     *
     * @return their sum.
     */
    long sum();

    /**
     * Whether more is known of them than their number, sum and ends.
     *
     * @return false when {@link #percentile} must not be asked for.
     */
    default boolean hasPercentiles()
    {
        return true;
    }

    /**
     * What a part of them does not exceed.
     *
     * @param percentile 0 to 100.
     * @return one of them.
     */
    long percentile(double percentile);
}
