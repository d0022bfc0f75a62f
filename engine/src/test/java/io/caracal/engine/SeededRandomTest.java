/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeededRandomTest
{
    @Test
    void shouldGiveTheKnownNumbersOfTheAlgorithm()
    {
        final SeededRandom random = new SeededRandom(0);
        assertEquals(0xE220_A839_7B1D_CDAFL, random.nextLong());
        assertEquals(0x6E78_9E6A_A1B9_65F4L, random.nextLong());
        assertEquals(0x06C4_5D18_8009_454FL, random.nextLong());
    }

    @Test
    void shouldStayWithinBoundsAndReachAllOfThem()
    {
        final SeededRandom random = new SeededRandom(7);
        final int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++)
        {
            counts[random.nextInt(10)]++;
            final double fraction = random.nextDouble();
            assertTrue(fraction >= 0 && fraction < 1);
        }
        for (final int count : counts)
        {
            assertTrue(count > 800 && count < 1200, () -> "count " + count);
        }
        assertThrows(BrokenInvariantException.class, () -> random.nextInt(0));
    }
}
