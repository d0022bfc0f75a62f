/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/**
 * Collects equal consecutive latencies and records them together: transactions that travel in one batch have the same
 * times. Owned by the thread that records.
 */
final class LatencyRun
{
    private final LatencyTrack track;
    private long latencyNs;
    private long count;

    LatencyRun(final LatencyTrack track)
    {
        this.track = track;
    }

    void add(final long newLatencyNs)
    {
        if (newLatencyNs != latencyNs)
        {
            record();
            latencyNs = newLatencyNs;
        }

        count++;
    }

    /** Records the latencies collected so far. */
    void record()
    {
        if (count > 0)
        {
            track.record(latencyNs, count);
            count = 0;
        }
    }
}
