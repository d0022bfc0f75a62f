/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;
import io.caracal.bench.report.Series;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * Parameters of a comparison of ensembles, with the figures measured so far.
 *
 * @param settings parameters.
 * @param figures  to add to.
 * @param progress one line per step.
 */
record EnsembleRun(EnsembleSettings settings, Figures figures, Consumer<String> progress)
{
    /** Adds one sample of a shape. In figures the name of the shape has a prefix with the size of the ensemble. */
    void add(final EnsembleShape shape, final String metric, final String server, final String unit, final double value)
    {
        figures.add(settings.prefix() + shape.name(), metric, server, unit, value);
    }

    /**
     * Gives every ensemble its turn in each round and reports whose turn it is. The task gets the number of the round.
     */
    void inTurns(final EnsembleShape shape, final List<LocalEnsemble> ensembles,
        final ObjIntConsumer<LocalEnsemble> task)
    {
        for (int round = 1; round <= settings.rounds(); round++)
        {
            for (final LocalEnsemble ensemble : ensembles)
            {
                progress.accept(shape.name() + ": round " + round + " of " + settings.rounds() + ", " +
                    ensemble.server());
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
