/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;
import io.caracal.bench.report.Series;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

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

    /** Takes every ensemble's turn in each round, and says whose it is; the task is given the number of the round. */
    void inTurns(final EnsembleShape shape, final List<LocalEnsemble> ensembles,
        final ObjIntConsumer<LocalEnsemble> task)
    {
        for (int round = 1; round <= settings.rounds(); round++)
        {
            for (final LocalEnsemble ensemble : ensembles)
            {
                progress.accept(shape.name() + ": round " + round + " of " + settings.rounds() + ", " + ensemble
                    .server());
                task.accept(ensemble, round);
            }
        }
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
