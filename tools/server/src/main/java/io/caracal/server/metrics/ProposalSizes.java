/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Sizes of the transactions that this server proposed as leader, in bytes; {@link #NONE} before the first. Any thread
 * reads.
 */
public final class ProposalSizes
{
    /** Stands for the size when no transaction was proposed. */
    public static final long NONE = -1;

    private final AtomicLong last = new AtomicLong(NONE);
    private final AtomicLong least = new AtomicLong(NONE);
    private final AtomicLong most = new AtomicLong(NONE);

    /** Records a proposed transaction. Called on the engine's thread. */
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

    /** Forgets the recorded sizes. A size that is being recorded at the same time may be forgotten as well. */
    void reset()
    {
        last.setRelease(NONE);
        least.setRelease(NONE);
        most.setRelease(NONE);
    }

    /**
     * Returns the size of the last transaction.
     *
     * @return bytes, or {@link #NONE}.
     */
    public long last()
    {
        return last.getAcquire();
    }

    /**
     * Returns the size of the smallest transaction.
     *
     * @return bytes, or {@link #NONE}.
     */
    public long min()
    {
        return least.getAcquire();
    }

    /**
     * Returns the size of the largest transaction.
     *
     * @return bytes, or {@link #NONE}.
     */
    public long max()
    {
        return most.getAcquire();
    }
}
