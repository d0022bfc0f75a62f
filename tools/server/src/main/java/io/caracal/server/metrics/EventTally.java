/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import org.agrona.concurrent.NanoClock;

/**
 * Collects the watch events of one duty cycle. They are recorded together because they are sent together. All events of
 * one transaction share one entry, however many watches fired. Owned by the engine's thread.
 */
final class EventTally
{
    /**
     * Maximum number of transactions whose events can wait for the end of the cycle. Beyond that, the waiting ones are
     * recorded early.
     */
    static final int ENTRIES_MAX = 256;

    private final LatencyTrack deliveries;
    private final long[] committedNs = new long[ENTRIES_MAX];
    private final int[] counts = new int[ENTRIES_MAX];
    private long newestZxid = -1;
    private int size;

    EventTally(final LatencyTrack deliveries)
    {
        this.deliveries = deliveries;
    }

    /** Counts one more event of the latest transaction. Returns false if the event belongs to another transaction. */
    boolean tryCount(final long zxid)
    {
        final boolean isSame = size > 0 && zxid == newestZxid;
        if (isSame)
        {
            counts[size - 1]++;
        }

        return isSame;
    }

    void add(final long zxid, final long newCommittedNs, final NanoClock clock)
    {
        if (size == ENTRIES_MAX)
        {
            record(clock.nanoTime());
        }

        newestZxid = zxid;
        committedNs[size] = newCommittedNs;
        counts[size] = 1;
        size++;
    }

    /** Records all waiting events as delivered now. */
    void record(final long nowNs)
    {
        for (int i = 0; i < size; i++)
        {
            deliveries.record(nowNs - committedNs[i], counts[i]);
        }

        size = 0;
    }
}
