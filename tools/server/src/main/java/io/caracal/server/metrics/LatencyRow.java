/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static java.nio.ByteOrder.nativeOrder;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One row of durations in the counters file. One thread adds, or several through {@link #addShared}; any process reads.
 */
public final class LatencyRow
{
    private final UnsafeBuffer buckets;

    LatencyRow(final UnsafeBuffer buckets)
    {
        this.buckets = buckets;
    }

    void add(final long durationNs, final long count)
    {
        final int offset = LatencyBuckets.indexOf(durationNs) * Long.BYTES;
        buckets.putLongRelease(offset, buckets.getLong(offset, nativeOrder()) + count);
    }

    /** Does the same as {@code add}, but may be called by several threads. */
    void addShared(final long durationNs, final long count)
    {
        buckets.getAndAddLong(LatencyBuckets.indexOf(durationNs) * Long.BYTES, count);
    }

    /**
     * Reads the row.
     *
     * @return number of durations in each bucket, a new array.
     */
    public long[] read()
    {
        final long[] counts = new long[LatencyBuckets.COUNT];
        for (int i = 0; i < counts.length; i++)
        {
            counts[i] = buckets.getLongVolatile(i * Long.BYTES);
        }

        return counts;
    }
}
