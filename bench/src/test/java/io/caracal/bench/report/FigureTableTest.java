/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class FigureTableTest
{
    @Test
    void shouldTakeTheMiddleOfOddAndEvenCounts()
    {
        assertEquals(2.0, new Figure("s", "m", "x", "", List.of(9.0, 1.0, 2.0)).median());
        assertEquals(1.5, new Figure("s", "m", "x", "", List.of(9.0, 1.0, 2.0, 0.0)).median());
    }

    @Test
    void shouldShowMedianSpreadAndRatio()
    {
        final Figures figures = new Figures();
        for (final double rate : new double[]{ 1_000, 3_000, 2_000 })
        {
            figures.add("reads", "rate", "zookeeper", "/s", rate);
            figures.add("reads", "rate", "caracal", "/s", rate * 5);
        }

        final List<String> lines = new FigureTable("zookeeper").format(figures).lines().toList();

        assertTrue(lines.get(2).matches("reads +rate +zookeeper +2,000 /s +1,000 \\.\\. 3,000 \\(3\\)"), lines.get(2));
        assertTrue(lines.get(3).matches("reads +rate +caracal +10,000 /s +5,000 \\.\\. 15,000 \\(3\\) +5\\.00"),
            lines.get(3));
    }

    /** Differences may be negative. */
    @Test
    void shouldShowNoRatioOfWhatIsBelowZero()
    {
        final Figures figures = new Figures();
        figures.add("snapshot", "read-p99-more", "zookeeper", "us", 80);
        figures.add("snapshot", "read-p99-more", "caracal", "us", -40);
        figures.add("snapshot", "write-p99-more", "zookeeper", "us", -80);
        figures.add("snapshot", "write-p99-more", "caracal", "us", 40);

        figures.all().forEach(figure -> assertEquals(Optional.empty(), figures.ratio(figure, "zookeeper")));
    }
}
