/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.caracal.server.KeptLog;
import io.caracal.server.record.HotPaths.HotPath;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotPathsTest
{
    private static final long SLOT_NS = 15;

    private final HotPaths paths = new HotPaths(new PathSampling(0.5, 3, SLOT_NS, 3, 2, Long.MAX_VALUE / 2, 1), 0);

    private void add(final int count, final String path)
    {
        for (int i = 0; i < count; i++)
        {
            paths.add(false, path);
        }
    }

    private List<HotPath> reads(final int depth)
    {
        return paths.top(false, depth).paths();
    }

    @ParameterizedTest
    @CsvSource({ "/,1,/", "/a,1,/a", "/a/b,1,/a", "/a/b,2,/a/b", "/a/b/c,2,/a/b", "/a/b/,2,/a/b", "/a/b/c,9,/a/b/c" })
    void shouldCutPathsBehindSoManyNames(final String path, final int depth, final String expected)
    {
        assertEquals(expected, HotPaths.cut(path, depth));
    }

    @Test
    void shouldTellWhatIsNamedMostAndNoMoreThanThat()
    {
        add(2, "/b");
        add(5, "/a");
        add(2, "/c");

        assertEquals(List.of(new HotPath("/a", 5), new HotPath("/b", 2)), reads(3));
        assertEquals(9, paths.top(false, 3).sampled());
    }

    /** Clients choose how long paths are. */
    @Test
    void shouldCountVeryLongPathsWithoutKeepingThem()
    {
        final String longest = "/" + "x".repeat(HotPaths.PATH_LENGTH_MAX - 1);
        add(1, longest);
        add(3, longest + "x");

        assertEquals(List.of(new HotPath(longest, 1)), reads(3));
        assertEquals(4, paths.top(false, 3).sampled());
    }

    @Test
    void shouldTellReadsAndWritesApart()
    {
        add(1, "/a");
        paths.add(true, "/b");

        assertEquals(List.of(new HotPath("/a", 1)), reads(3));
        assertEquals(List.of(new HotPath("/b", 1)), paths.top(true, 3).paths());
    }

    @Test
    void shouldCountWhatLiesDeeperForWhereItIsCut()
    {
        add(1, "/a/b/c/d");
        add(2, "/a/b/c/e");
        add(1, "/a/x");

        assertEquals(List.of(new HotPath("/a/b/c", 3), new HotPath("/a/x", 1)), reads(9));
        assertEquals(List.of(new HotPath("/a", 4)), reads(1));
    }

    @Test
    void shouldForgetTheOldestSlots()
    {
        add(4, "/old");
        paths.tick(SLOT_NS);
        add(1, "/new");
        paths.tick(3 * SLOT_NS - 1);
        assertEquals(List.of(new HotPath("/old", 4), new HotPath("/new", 1)), reads(3));

        paths.tick(3 * SLOT_NS);
        assertEquals(List.of(new HotPath("/new", 1)), reads(3));
        assertEquals(1, paths.top(false, 3).sampled());
    }

    @Test
    void shouldForgetAllAfterALongRest()
    {
        add(4, "/old");
        paths.tick(1_000 * SLOT_NS);
        assertEquals(List.of(), reads(3));

        add(1, "/new");
        paths.tick(1_001 * SLOT_NS - 1);
        assertEquals(List.of(new HotPath("/new", 1)), reads(3));
    }

    @Test
    void shouldKeepSoManyPathsAndCountTheOthersWithout()
    {
        for (int i = 0; i < HotPaths.PATHS_MAX; i++)
        {
            paths.add(true, "/path-" + i);
        }
        paths.add(true, "/one-too-many");
        paths.add(true, "/path-7");

        assertEquals(new HotPath("/path-7", 2), paths.top(true, 1).paths().get(0));
        assertEquals(HotPaths.PATHS_MAX + 2L, paths.top(true, 1).sampled());
    }

    @Test
    void shouldKeepOfSlotsThatAreOverWhatWasNamedMost()
    {
        final int kept = HotPaths.KEPT_MAX / 30;
        final HotPaths many = new HotPaths(new PathSampling(0.5, 30, SLOT_NS, 3, HotPaths.PATHS_MAX, Long.MAX_VALUE / 2,
            1), 0);
        for (int i = 0; i < kept + 5; i++)
        {
            many.add(false, "/path-" + i);
            many.add(false, "/path-" + Math.max(i, 5));
        }
        many.tick(SLOT_NS);

        final HotPaths.Ranking ranking = many.top(false, 3);
        assertEquals(kept, ranking.paths().size());
        assertEquals(2 * (kept + 5), ranking.sampled());
        assertEquals(2, ranking.paths().get(kept - 1).count(), "the five that were named once are gone");
    }

    @Test
    void shouldNotLetAClientWriteLinesOfItsOwn()
    {
        final HotPaths told = new HotPaths(new PathSampling(1, 3, TimeUnit.SECONDS.toNanos(15), 3, 2, 0, 1), 0);
        told.add(false, "/a\n/b : 1000\u2028/c");
        try (KeptLog log = new KeptLog("io.caracal.paths"))
        {
            told.tick(1);

            assertEquals("read most in the last 45 s, of 1 requests sampled (100.0 %):\n/a?/b : 1000?/c : 1",
                log.text());
        }
    }

    @Test
    void shouldTellTheLongestWindowThatCanBeConfigured()
    {
        assertEquals(10_000L << 20, new PathSampling(1, 10_000, TimeUnit.SECONDS.toNanos(1 << 20), 1, 1, 0, 1)
            .windowS());
    }

    @Test
    void shouldBeOffWithoutAShare()
    {
        assertFalse(PathSampling.OFF.isOn());
    }
}
