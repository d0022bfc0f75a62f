/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Counts replies by error code, without garbage. All codes outside of the protocol share one count. */
final class ErrorCounts
{
    /** Stands for every code that the protocol does not know. */
    static final int UNKNOWN = -999;

    private static final int CODES = 128;

    private final long[] counts = new long[CODES + 1];

    void add(final int error)
    {
        counts[error <= 0 && error > -CODES ? -error : CODES]++;
    }

    void addAll(final ErrorCounts other)
    {
        for (int i = 0; i < counts.length; i++)
        {
            counts[i] += other.counts[i];
        }
    }

    Map<Integer, Long> byCode()
    {
        final Map<Integer, Long> map = new TreeMap<>();
        for (int i = 1; i < counts.length; i++)
        {
            if (counts[i] > 0)
            {
                map.put(i == CODES ? UNKNOWN : -i, counts[i]);
            }
        }

        return map;
    }

    void reset()
    {
        Arrays.fill(counts, 0);
    }
}
