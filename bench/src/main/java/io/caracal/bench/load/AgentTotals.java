/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import org.HdrHistogram.Histogram;

/** Counts of one agent from its first request to its last reply. Others read them only after the agent has ended. */
final class AgentTotals
{
    long sent;
    long answered;
    long lost;
    long unsent;
    long watchEvents;
    long sessions;
    long disconnects;
    String failure;
    private long startNs;
    private long endNs;
    private long startAllocated;
    private long endAllocated;
    private boolean measured;
    private final Histogram delays = new Histogram(LatencyRecorder.LATENCY_MAX_NS, 3);

    void measureStart(final long nowNs, final long allocatedBytes)
    {
        startNs = nowNs;
        startAllocated = allocatedBytes;
        delays.reset();
    }

    void measureEnd(final long nowNs, final long allocatedBytes)
    {
        endNs = nowNs;
        endAllocated = allocatedBytes;
        measured = true;
    }

    /** Adds the counts of another agent. The measured time becomes the longer of both. */
    void addAll(final AgentTotals other)
    {
        sent += other.sent;
        answered += other.answered;
        lost += other.lost;
        unsent += other.unsent;
        watchEvents += other.watchEvents;
        sessions += other.sessions;
        disconnects += other.disconnects;
        failure = failure == null ? other.failure : failure;
        endNs = Math.max(endNs, other.elapsedNs());
        endAllocated += other.allocatedBytes();
        delays.add(other.delays);
    }

    /**
     * Records how late requests went out. The delay counts from when they were due, or from the agent's last attempt to
     * send what was due if that was later: time for which a server holds requests up is no delay of the agent.
     */
    void delayed(final long delayNs, final long requests)
    {
        delays.recordValueWithCount(Math.max(0, Math.min(delayNs, LatencyRecorder.LATENCY_MAX_NS)), requests);
    }

    Histogram delays()
    {
        return delays;
    }

    boolean isMeasured()
    {
        return measured;
    }

    long elapsedNs()
    {
        return endNs - startNs;
    }

    long allocatedBytes()
    {
        return endAllocated - startAllocated;
    }
}
