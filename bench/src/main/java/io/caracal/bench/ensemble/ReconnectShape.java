/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.compare.Descriptors;
import io.caracal.bench.fleet.Fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Many sessions, dealt out to all servers, when the leader is killed: how soon each of them can write again. */
record ReconnectShape() implements EnsembleShape
{
    private static final String NAME = "sessions-reconnect";
    private static final String PATH = "/resumed";
    private static final int TIMEOUT_MS = 40_000;
    private static final double NS_PER_MS = 1e6;

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public String description(final EnsembleSettings settings)
    {
        return String.format(Locale.ROOT, "%,d sessions at all servers in turn, the leader is killed with SIGKILL, " +
            "each session writes once: from the kill until that is acknowledged; a session whose connection broke " +
            "(moved) is taken up at the next server that lets it in: asked at once, then after 20, 40, 80 ms " +
            "and so on to 320", settings.sessions());
    }

    @Override
    public String typed(final EnsembleSettings settings)
    {
        return " --sessions " + settings.sessions();
    }

    @Override
    public void measure(final List<LocalEnsemble> ensembles, final EnsembleRun run)
    {
        if (!Descriptors.suffice(run.settings().prefix() + NAME, run.settings().sessions(),
            "caracal bench ensemble --only " + NAME + " --sessions %d", run.figures()))
        {
            return;
        }

        for (int round = 1; round <= run.settings().rounds(); round++)
        {
            for (final LocalEnsemble ensemble : ensembles)
            {
                run.progress().accept(NAME + ": round " + round + " of " + run.settings().rounds() + ", " + ensemble
                    .server());
                sample(ensemble, run);
            }
        }
    }

    private void sample(final LocalEnsemble ensemble, final EnsembleRun run)
    {
        final int leader = ensemble.awaitWhole();
        try (Fleet fleet = new Fleet(ensemble.addresses(), run.settings().sessions(), TIMEOUT_MS))
        {
            fleet.connect();
            fleet.create(PATH);
            final Fleet.Resumed resumed = fleet.resume(PATH, () -> Trouble.KILL.begin(ensemble, leader));
            final String server = ensemble.server();
            run.figures().addLatencies(run.settings().prefix() + NAME, server, resumed.acknowledged());
            run.add(this, "p50", server, "ms", resumed.acknowledged().getValueAtPercentile(50) / NS_PER_MS);
            run.add(this, "p99", server, "ms", resumed.acknowledged().getValueAtPercentile(99) / NS_PER_MS);
            run.add(this, "last", server, "ms", resumed.acknowledged().getMaxValue() / NS_PER_MS);
            run.add(this, "moved", server, "", resumed.moved());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            Trouble.KILL.end(ensemble, leader);
        }
    }
}
