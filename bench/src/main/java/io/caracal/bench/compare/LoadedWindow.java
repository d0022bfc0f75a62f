/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.load.LoadReport;

/**
 * One window of an open loop.
 *
 * @param asked   requests that were due per second.
 * @param rate    requests that were answered per second, until the last reply.
 * @param p50     latency from when a request was due, in microseconds.
 * @param p99     the same.
 * @param delayed how late the generator itself came, 99th percentile, in microseconds.
 */
record LoadedWindow(double asked, double rate, double p50, double p99, double delayed)
{
    private static final double NS_PER_US = 1e3;
    private static final double SHARE_OF_GENERATOR = 0.5;
    private static final double SHARE_ANSWERED = 0.95;

    static LoadedWindow of(final long asked, final LoadReport report)
    {
        return new LoadedWindow(asked, report.ratePerSecond(), report.latencies().getValueAtPercentile(50) / NS_PER_US,
            report.latencies().getValueAtPercentile(99) / NS_PER_US, report.delays().getValueAtPercentile(99) /
                NS_PER_US);
    }

    /**
     * Whether half of the tail or more is the generator's own delay, so that this window says little about the server.
     */
    boolean isGeneratorLate()
    {
        return delayed >= p99 * SHARE_OF_GENERATOR;
    }

    /** The queue grew: what is shown as latency is the length of the window rather than a property of the server. */
    boolean isServerBehind()
    {
        return rate < asked * SHARE_ANSWERED && !isGeneratorLate();
    }
}
