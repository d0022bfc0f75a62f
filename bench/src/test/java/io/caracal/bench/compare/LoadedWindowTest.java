/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;

import java.util.List;

import org.junit.jupiter.api.Test;

class LoadedWindowTest
{
    private static final LoadedWindow GOOD = new LoadedWindow(1_000, 999, 100, 400, 30, 1_000_000);
    private static final LoadedWindow WORSE = new LoadedWindow(1_000, 998, 120, 600, 50, 1_000_000);
    private static final LoadedWindow GENERATOR_LATE = new LoadedWindow(1_000, 700, 5_000, 9_000, 4_500, 1_000_000);
    private static final LoadedWindow SERVER_BEHIND = new LoadedWindow(1_000, 940, 30_000, 63_000, 50, 1_063_000);

    @Test
    void shouldTellALateGeneratorFromASlowServer()
    {
        assertFalse(GOOD.isGeneratorLate());
        assertFalse(GOOD.isServerBehind());
        assertTrue(GENERATOR_LATE.isGeneratorLate());
        assertFalse(GENERATOR_LATE.isServerBehind(), "nobody knows");
        assertFalse(SERVER_BEHIND.isGeneratorLate());
        assertTrue(SERVER_BEHIND.isServerBehind());
    }

    @Test
    void shouldNotSayThatAServerFallsBehindThatOnlyStoodStillAtTheEnd()
    {
        assertFalse(new LoadedWindow(1_000, 940, 150, 55_000, 50, 1_063_000).isServerBehind());
    }

    @Test
    void shouldKeepWindowsThatTheGeneratorSpoiledApart()
    {
        final Figures figures = new Figures();
        final LoadedWindows windows = new LoadedWindows("writes-loaded", "caracal");
        for (final LoadedWindow window : List.of(GOOD, GENERATOR_LATE, WORSE))
        {
            windows.add(85, window, figures);
        }
        windows.add(10, SERVER_BEHIND, figures);
        windows.conclude(figures);

        assertEquals(List.of(400.0, 600.0), samples(figures, "p99-at-85"));
        assertEquals(List.of(9_000.0), samples(figures, "p99-at-85-generator-late"));
        assertEquals(List.of(30.0, 4_500.0, 50.0), samples(figures, "generator-delay-p99-at-85"));
        assertEquals(List.of(new Note("writes-loaded",
            "caracal: 10 % of its highest rate is 1,000 a second; in 1 of 1 " +
                "windows the server did not keep up, so that its latency grows with the length of the window"),
            new Note(
                "writes-loaded",
                "caracal: 85 % of its highest rate is 1,000 a second; in 1 of 3 windows the generator " +
                    "itself came late")),
            figures.notes());
        assertEquals(2, figures.series().size(), "p50 and p99");
        assertEquals(500.0, figures.series().get(1).points().get(1).y(), "the median of those that count");
    }

    @Test
    void shouldDrawNoPointWhereTheGeneratorSpoiledAllWindows()
    {
        final Figures figures = new Figures();
        final LoadedWindows windows = new LoadedWindows("writes-loaded", "caracal");
        windows.add(85, GENERATOR_LATE, figures);
        windows.conclude(figures);

        assertTrue(figures.find("writes-loaded", "p99-at-85", "caracal").isEmpty());
        assertTrue(figures.series().isEmpty());
    }

    private static List<Double> samples(final Figures figures, final String metric)
    {
        return figures.find("writes-loaded", metric, "caracal").orElseThrow().samples();
    }
}
