/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;

import org.agrona.concurrent.UnsafeBuffer;

import org.junit.jupiter.api.Test;

class WorkloadTest
{
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void shouldDrawOperationsAsOftenAsTheyWeigh()
    {
        final OperationMix mix = OperationMix.parse("get=90, set=9,list");
        final int[] counts = new int[Operation.count()];
        for (int i = 0; i < 100_000; i++)
        {
            counts[mix.next(random).ordinal()]++;
        }

        assertEquals(90_000, counts[Operation.GET.ordinal()], 900);
        assertEquals(9_000, counts[Operation.SET.ordinal()], 500);
        assertEquals(1_000, counts[Operation.LIST.ordinal()], 200);
        assertEquals("get=90,list=1,set=9", mix.toString());
    }

    @Test
    void shouldRefuseAMixThatMakesNoSense()
    {
        for (final String text : new String[]{ "", "read", "get=0", "get=x", "get,get", "fill" })
        {
            assertThrows(IllegalArgumentException.class, () -> OperationMix.parse(text), text);
        }
    }

    @Test
    void shouldDrawEveryKeyOfAUniformDistribution()
    {
        final KeyDistribution keys = KeyDistribution.parse("uniform", 10);
        final int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++)
        {
            counts[(int)keys.next(random)]++;
        }

        for (final int count : counts)
        {
            assertEquals(1_000, count, 150);
        }
    }

    @Test
    void shouldDrawRanksByZipfsLaw()
    {
        final ZipfKeys keys = new ZipfKeys(1_000, 0.9);
        final int[] counts = new int[1_000];
        for (int i = 0; i < 1_000_000; i++)
        {
            counts[(int)keys.rank(random.nextDouble())]++;
        }

        assertEquals(Math.pow(2, 0.9), (double)counts[0] / counts[1], 0.1);
        assertEquals(Math.pow(100, 0.9), (double)counts[0] / counts[99], 12.0);
        assertTrue(counts[999] > 0);
    }

    @Test
    void shouldKeepScatteredKeysInRange()
    {
        for (final long keyCount : new long[]{ 1, 2, 3, 10, 12_345 })
        {
            final KeyDistribution keys = KeyDistribution.parse("zipf:0.5", keyCount);
            for (int i = 0; i < 1_000; i++)
            {
                final long key = keys.next(random);
                assertTrue(key >= 0 && key < keyCount, key + " of " + keyCount);
            }
        }
    }

    @Test
    void shouldWritePaths()
    {
        final KeySpace space = new KeySpace("/load", 12_346);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[KeySpace.PATH_LENGTH_MAX]);

        assertEquals("/load", text(buffer, space.putBase(buffer, 0, 0)));
        assertEquals("/load/fresh", text(buffer, space.putBase(buffer, 0, 1)));
        assertEquals("/load/000012", text(buffer, space.putGroup(buffer, 0, 12)));
        assertEquals("/load/000012/0000012345", text(buffer, space.putKey(buffer, 0, 12_345)));
        assertEquals("/load/fresh/0100000000abcdef-0000000042",
            text(buffer, space.putFresh(buffer, 0, 0x0100000000ABCDEFL, 42)));
        assertEquals(13, space.groupCount());
    }

    @Test
    void shouldCountLatenessAgainstTheSchedule()
    {
        final Pace pace = new Pace(100.0);
        pace.start(1_000);

        assertTrue(pace.isDue(1_000));
        pace.advance();
        assertFalse(pace.isDue(1_099));
        assertEquals(1_100, pace.nextDueNs());
        assertEquals(0, pace.owed(), "it goes on");
    }

    @Test
    void shouldOweWhatWasDueBeforeTheEndAndNothingElse()
    {
        final Pace pace = new Pace(100.0);
        pace.start(1_000);
        pace.advance();
        pace.end(1_300);

        assertEquals(2, pace.owed());
        assertTrue(pace.isDue(1_400));
        pace.advance();
        pace.advance();
        assertEquals(0, pace.owed());
        assertFalse(pace.isDue(1_400));

        pace.start(2_000);
        assertTrue(pace.isDue(2_000));
    }

    @Test
    void shouldCountErrorsByCode()
    {
        final ErrorCounts errors = new ErrorCounts();
        for (final int code : new int[]{ 0, 0, -101, -110, -101, 5, -5_000 })
        {
            errors.add(code);
        }

        assertEquals(Map.of(-101, 2L, -110, 1L, ErrorCounts.UNKNOWN, 2L), errors.byCode());
    }

    @Test
    void shouldRefuseWhatIsOutOfRange()
    {
        assertThrows(IllegalArgumentException.class, () -> new LoadContext().conclude());
        assertThrows(IllegalArgumentException.class, () -> new KeySpace("/a/b", 10));
        assertThrows(IllegalArgumentException.class, () -> new KeySpace("/a", 0));
        assertThrows(IllegalArgumentException.class, () -> KeyDistribution.parse("zipf:1.5", 10));
        assertThrows(IllegalArgumentException.class, () -> KeyDistribution.parse("pareto", 10));
    }

    private static String text(final UnsafeBuffer buffer, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new String(bytes, US_ASCII);
    }
}
