/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import org.HdrHistogram.Histogram;

/** Measurements of one agent: a latency histogram and error counts per operation. Not thread-safe. */
final class LatencyRecorder
{
    static final long LATENCY_MAX_NS = 3_600_000_000_000L;

    private static final int DIGITS = 3;

    private final Histogram[] histograms = new Histogram[Operation.count()];
    private final ErrorCounts[] errors = new ErrorCounts[Operation.count()];

    LatencyRecorder(final OperationMix mix)
    {
        for (final Operation operation : Operation.values())
        {
            if (mix.contains(operation))
            {
                histograms[operation.ordinal()] = new Histogram(LATENCY_MAX_NS, DIGITS);
                errors[operation.ordinal()] = new ErrorCounts();
            }
        }
    }

    void record(final Operation operation, final int error, final long latencyNs)
    {
        histograms[operation.ordinal()].recordValue(Math.max(0, Math.min(latencyNs, LATENCY_MAX_NS)));
        errors[operation.ordinal()].add(error);
    }

    boolean has(final Operation operation)
    {
        return histograms[operation.ordinal()] != null;
    }

    Histogram histogram(final Operation operation)
    {
        return histograms[operation.ordinal()];
    }

    ErrorCounts errors(final Operation operation)
    {
        return errors[operation.ordinal()];
    }

    void addAll(final LatencyRecorder other)
    {
        for (final Operation operation : Operation.values())
        {
            if (has(operation))
            {
                histogram(operation).add(other.histogram(operation));
                errors(operation).addAll(other.errors(operation));
            }
        }
    }

    void reset()
    {
        for (final Operation operation : Operation.values())
        {
            if (has(operation))
            {
                histogram(operation).reset();
                errors(operation).reset();
            }
        }
    }
}
