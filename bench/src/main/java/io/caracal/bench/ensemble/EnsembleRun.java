/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;
import io.caracal.bench.report.Series;

import java.util.List;
import java.util.function.Consumer;

/**
 * How ensembles are measured, and what came of it so far.
 *
 * @param settings parameters.
 * @param figures  to add to.
 * @param progress one line per step.
 */
record EnsembleRun(EnsembleSettings settings, Figures figures, Consumer<String> progress)
{
    /** Takes one sample of a shape, which stands in figures with the size of the ensemble before its name. */
    void add(final EnsembleShape shape, final String metric, final String server, final String unit, final double value)
    {
        figures.add(settings.prefix() + shape.name(), metric, server, unit, value);
    }

    void addSeries(final EnsembleShape shape, final String metric, final String server, final String x, final String y,
        final List<Series.Point> points)
    {
        figures.addSeries(new Series(settings.prefix() + shape.name(), metric, server, x, y, points));
    }

    void note(final EnsembleShape shape, final String text)
    {
        figures.addNote(new Note(settings.prefix() + shape.name(), text));
    }
}
