/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.report.Figure;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;
import io.caracal.bench.report.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects the windows of an open loop against one server and reports them as figures, points of plots, and notes. */
final class LoadedWindows
{
    private final String shape;
    private final String server;
    private final Map<Integer, List<LoadedWindow>> byPercent = new TreeMap<>();

    LoadedWindows(final String shape, final String server)
    {
        this.shape = shape;
        this.server = server;
    }

    /**
     * Adds a window at a share of the highest rate. If the generator was late, the figures of the window get a name of
     * their own.
     */
    void add(final int percent, final LoadedWindow window, final Figures figures)
    {
        final String at = "-at-" + percent + (window.isGeneratorLate() ? "-generator-late" : "");
        figures.add(shape, "p50" + at, server, "us", window.p50());
        figures.add(shape, "p99" + at, server, "us", window.p99());
        figures.add(shape, "generator-delay-p99-at-" + percent, server, "us", window.delayed());
        byPercent.computeIfAbsent(percent, ignored -> new ArrayList<>()).add(window);
    }

    /** Adds notes and points of plots. To be called once all windows were added. */
    void conclude(final Figures figures)
    {
        byPercent.forEach((percent, windows) -> figures.addNote(new Note(shape, text(percent, windows))));
        series(figures, "p50");
        series(figures, "p99");
    }

    private String text(final int percent, final List<LoadedWindow> windows)
    {
        final long late = windows.stream().filter(LoadedWindow::isGeneratorLate).count();
        final long behind = windows.stream().filter(LoadedWindow::isServerBehind).count();
        return String.format(Locale.ROOT, "%s: %d %% of its highest rate is %,.0f a second%s%s", server, percent,
            windows.get(0).asked(), said(late, windows, "the generator itself came late"), said(behind, windows,
                "the server did not keep up, so that its latency grows with the length of the window"));
    }

    private static String said(final long count, final List<LoadedWindow> windows, final String what)
    {
        return count == 0 ? "" : String.format(Locale.ROOT, "; in %d of %d windows %s", count, windows.size(), what);
    }

    /** Adds a series of medians, only of windows in which the generator was not late. */
    private void series(final Figures figures, final String metric)
    {
        final List<Series.Point> points = new ArrayList<>();
        byPercent.forEach((percent, windows) ->
        {
            final Optional<Figure> figure = figures.find(shape, metric + "-at-" + percent, server);
            figure.ifPresent(found -> points.add(new Series.Point(windows.get(0).asked(), found.median())));
        });
        if (!points.isEmpty())
        {
            figures.addSeries(new Series(shape, metric + " by rate", server, "requests (/s)", "latency (us)", points));
        }
    }
}
