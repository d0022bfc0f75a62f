/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** Sizes of the transactions that this server proposed as a leader, bytes; -1 for none. Any thread reads. */
public final class ProposalSizes
{
    /** No transaction was proposed. */
    public static final long NONE = -1;

    private final AtomicLong last = new AtomicLong(NONE);
    private final AtomicLong least = new AtomicLong(NONE);
    private final AtomicLong most = new AtomicLong(NONE);

    /** A transaction was proposed. The engine's thread. */
    void record(final long bytes)
    {
        last.setRelease(bytes);
        final long min = least.getPlain();
        if (min == NONE || bytes < min)
        {
            least.setRelease(bytes);
        }
        if (bytes > most.getPlain())
        {
            most.setRelease(bytes);
        }
    }

    /** Forgets what was recorded; what is being recorded meanwhile may be forgotten as well. */
    void reset()
    {
        last.setRelease(NONE);
        least.setRelease(NONE);
        most.setRelease(NONE);
    }

    /**
     * Size of the last one.
     *
     * @return bytes, or {@link #NONE}.
     */
    public long last()
    {
        return last.getAcquire();
    }

    /**
     * Size of the shortest one.
     *
     * @return bytes, or {@link #NONE}.
     */
    public long min()
    {
        return least.getAcquire();
    }

    /**
     * Size of the longest one.
     *
     * @return bytes, or {@link #NONE}.
     */
    public long max()
    {
        return most.getAcquire();
    }
}
