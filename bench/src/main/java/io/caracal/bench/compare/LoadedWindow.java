/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.load.LoadReport;

/**
 * One window of an open loop.
 *
 * @param asked   requests due per second.
 * @param rate    requests answered per second, until the last reply.
 * @param p50     median latency from when a request was due, in microseconds.
 * @param p99     99th percentile of the same latency.
 * @param delayed 99th percentile of the generator's own delay, in microseconds.
 * @param elapsed time from the start to the last reply, in microseconds.
 */
record LoadedWindow(double asked, double rate, double p50, double p99, double delayed, double elapsed)
{
    private static final double NS_PER_US = 1e3;
    private static final double SHARE_OF_GENERATOR = 0.5;
    private static final double SHARE_ANSWERED = 0.95;
    private static final double SHARE_OF_LAG = 0.25;
    private static final double US_PER_S = 1e6;

    static LoadedWindow of(final long asked, final LoadReport report)
    {
        return new LoadedWindow(asked, report.ratePerSecond(), report.latencies().getValueAtPercentile(50) / NS_PER_US,
            report.latencies().getValueAtPercentile(99) / NS_PER_US, report.delays().getValueAtPercentile(99) /
                NS_PER_US,
            report.elapsedS() * US_PER_S);
    }

    /** Whether the generator's own delay is half of the tail or more. Such a window says little about the server. */
    boolean isGeneratorLate()
    {
        return delayed >= p99 * SHARE_OF_GENERATOR;
    }

    /**
     * Whether the queue kept growing, so that the latency reflects the length of the window rather than a property of
     * the server. If the queue grows all the time, the median latency is half of how late the last reply came. A server
     * that only stands still for a moment at the end of a short window is as late with its last reply, but not with
     * most of the others.
     */
    boolean isServerBehind()
    {
        final double lag = elapsed * (1 - rate / asked);
        return rate < asked * SHARE_ANSWERED && p50 >= lag * SHARE_OF_LAG && !isGeneratorLate();
    }
}
