/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/** What one agent counted from its first request to its last reply; read by others only after it ended. */
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

    void measureStart(final long nowNs, final long allocatedBytes)
    {
        startNs = nowNs;
        startAllocated = allocatedBytes;
    }

    void measureEnd(final long nowNs, final long allocatedBytes)
    {
        endNs = nowNs;
        endAllocated = allocatedBytes;
        measured = true;
    }

    /** Counts add up, the measured time is the longest. */
    void addAll(final AgentTotals other)
    {
        sent += other.sent;
        answered += other.answered;
        lost += other.lost;
        unsent += other.unsent;
        watchEvents += other.watchEvents;
        sessions += other.sessions;
        disconnects += other.disconnects;
        failure = null == failure ? other.failure : failure;
        endNs = Math.max(endNs, other.elapsedNs());
        endAllocated += other.allocatedBytes();
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
