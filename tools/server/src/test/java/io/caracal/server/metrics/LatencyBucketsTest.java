/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LatencyBucketsTest
{
    @Test
    void shouldSortEveryDurationIntoTheBucketThatHoldsIt()
    {
        for (long ns = 0; ns < LatencyBuckets.HIGHEST_NS; ns += 1 + ns / 7)
        {
            final int index = LatencyBuckets.indexOf(ns);
            assertTrue(ns <= LatencyBuckets.highestOf(index), ns + " is in bucket " + index);
            assertTrue(index == 0 || ns > LatencyBuckets.highestOf(index - 1), ns + " is in bucket " + index);
            assertTrue(LatencyBuckets.highestOf(index) - ns <= ns / 16, ns + " is in bucket " + index);
        }
        assertEquals(LatencyBuckets.COUNT - 1, LatencyBuckets.indexOf(Long.MAX_VALUE));
        assertEquals(0, LatencyBuckets.indexOf(-5));
    }
}
