/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NativeHistogramTest
{
    private static final long SEED = 7;

    @Test
    void shouldPutAValueIntoTheBucketWhoseBoundsHoldIt()
    {
        assertEquals(0, NativeHistogram.bucket(1));
        assertEquals(1 << NativeHistogram.SCHEMA, NativeHistogram.bucket(2));
        final Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++)
        {
            final double value = Math.pow(10, -9 + 12 * random.nextDouble());
            final int bucket = NativeHistogram.bucket(value);
            assertTrue(value <= NativeHistogram.upperBound(bucket), "above " + value);
            assertTrue(value > NativeHistogram.upperBound(bucket - 1), "below " + value);
        }
    }

    @Test
    void shouldCountABoundToTheBucketThatItEnds()
    {
        for (int bucket = -200; bucket < 100; bucket++)
        {
            assertEquals(bucket, NativeHistogram.bucket(NativeHistogram.upperBound(bucket)));
        }
    }
}
