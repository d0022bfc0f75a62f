/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.Arrays;
import java.util.List;

/**
 * One measured figure with all its samples.
 *
 * @param shape   what was measured.
 * @param metric  which figure of the shape.
 * @param server  that was measured.
 * @param unit    of the samples.
 * @param samples one per round, in the order in which they were taken; at least one.
 */
public record Figure(String shape, String metric, String server, String unit, List<Double> samples)
{
    /** Copies the samples. */
    public Figure
    {
        samples = List.copyOf(samples);
        if (samples.isEmpty())
        {
            throw new IllegalArgumentException("a figure has at least one sample");
        }
    }

    /**
     * Returns the middle sample, or the mean of the two in the middle.
     *
     * @return in the figure's unit.
     */
    public double median()
    {
        final double[] sorted = sorted();
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Returns the smallest sample.
     *
     * @return in the figure's unit.
     */
    public double min()
    {
        return sorted()[0];
    }

    /**
     * Returns the largest sample.
     *
     * @return in the figure's unit.
     */
    public double max()
    {
        return sorted()[samples.size() - 1];
    }

    private double[] sorted()
    {
        final double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
