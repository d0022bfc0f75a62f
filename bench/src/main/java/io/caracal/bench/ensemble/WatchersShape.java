/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.fleet.Crowd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Many sessions, distributed over all servers, watch one znode: measures how soon each hears of a change. */
record WatchersShape() implements EnsembleShape
{
    private static final String NAME = "watchers";
    private static final String PATH = "/watched-by-all";
    private static final int FIRES = 3;
    private static final double NS_PER_US = 1e3;

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public String description(final EnsembleSettings settings)
    {
        return String.format(Locale.ROOT, "%,d sessions at all servers in turn watch one znode, one of them changes " +
            "it: from the moment the change is sent until each session has the event", settings.sessions());
    }

    @Override
    public String typed(final EnsembleSettings settings)
    {
        return " --sessions " + settings.sessions();
    }

    @Override
    public void measure(final List<LocalEnsemble> ensembles, final EnsembleRun run)
    {
        if (!EnsembleCrowd.fits(this, run, run.settings().size()))
        {
            return;
        }

        run.inTurns(this, ensembles, (ensemble, round) -> sample(ensemble, run));
    }

    private void sample(final LocalEnsemble ensemble, final EnsembleRun run)
    {
        ensemble.awaitWhole();
        final Histogram all = new Histogram(3);
        final Histogram lasts = new Histogram(3);
        try (Crowd crowd = EnsembleCrowd.of(ensemble, run.settings().sessions()))
        {
            crowd.connect();
            crowd.create(PATH);
            for (int i = 0; i < FIRES; i++)
            {
                crowd.watch(PATH);
                final Histogram arrivals = crowd.fire(PATH);
                all.add(arrivals);
                lasts.recordValue(arrivals.getMaxValue());
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        final String server = ensemble.server();
        run.figures().addLatencies(run.settings().prefix() + NAME, server, all);
        run.add(this, "p50", server, "us", all.getValueAtPercentile(50) / NS_PER_US);
        run.add(this, "p99", server, "us", all.getValueAtPercentile(99) / NS_PER_US);
        run.add(this, "last", server, "us", lasts.getValueAtPercentile(50) / NS_PER_US);
    }
}
