/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.fleet.Crowd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Many sessions, distributed over all servers: measures what they cost, and how soon each can write after the leader is
 * killed.
 */
record ReconnectShape() implements EnsembleShape
{
    private static final String NAME = "sessions-reconnect";
    private static final String PATH = "/resumed";
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public String description(final EnsembleSettings settings)
    {
        return String.format(Locale.ROOT, "%,d sessions connect to all servers in turn and idle until each has " +
            "sent a ping in its turn, within %d ms (connections that break until then: broken), the " +
            "leader is killed with SIGKILL, each session writes once: from the kill until that is acknowledged; a " +
            "session whose connection broke (moved) is taken up at one of the others that lets it in: asked at once, " +
            "then after 20, 40, 80 ms and so on to 320; a session that is over by then (lost) is replaced by a new one",
            settings.sessions(), EnsembleCrowd.PING_INTERVAL_MS);
    }

    @Override
    public String typed(final EnsembleSettings settings)
    {
        return " --sessions " + settings.sessions();
    }

    @Override
    public void measure(final List<LocalEnsemble> ensembles, final EnsembleRun run)
    {
        if (!EnsembleCrowd.fits(this, run, run.settings().size() - 1))
        {
            return;
        }

        run.inTurns(this, ensembles, (ensemble, round) -> sample(ensemble, run));
    }

    private void sample(final LocalEnsemble ensemble, final EnsembleRun run)
    {
        final int leader = ensemble.awaitWhole();
        final int sessions = run.settings().sessions();
        try (Crowd crowd = EnsembleCrowd.of(ensemble, sessions))
        {
            final String server = ensemble.server();
            run.add(this, "connect", server, "/s", sessions * NS_PER_S / crowd.connect());
            idle(crowd, ensemble, run);
            crowd.create(PATH);
            final Crowd.Resumed resumed = crowd.resume(PATH, () -> kill(ensemble, leader));
            run.figures().addLatencies(run.settings().prefix() + NAME, server, resumed.acknowledged());
            run.add(this, "p50", server, "ms", resumed.acknowledged().getValueAtPercentile(50) / NS_PER_MS);
            run.add(this, "p99", server, "ms", resumed.acknowledged().getValueAtPercentile(99) / NS_PER_MS);
            run.add(this, "last", server, "ms", resumed.acknowledged().getMaxValue() / NS_PER_MS);
            run.add(this, "moved", server, "", resumed.moved());
            run.add(this, "lost", server, "", resumed.lost());
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

    /**
     * Measures the idle crowd for as long as each session takes to send one ping. In a shorter time, the number of
     * pings would vary.
     */
    private void idle(final Crowd crowd, final LocalEnsemble ensemble, final EnsembleRun run) throws IOException
    {
        final double beforeS = ensemble.processorS();
        final long startNs = System.nanoTime();
        final int broken = crowd.idle(EnsembleCrowd.PING_INTERVAL_MS);
        run.add(this, "idle-cpu", ensemble.server(), "%", 100 * (ensemble.processorS() - beforeS) /
            ((System.nanoTime() - startNs) / NS_PER_S));
        run.add(this, "broken", ensemble.server(), "", broken);
    }

    private static long kill(final LocalEnsemble ensemble, final int leader)
    {
        final long begunNs = System.nanoTime();
        Trouble.KILL.begin(ensemble, leader);
        return begunNs;
    }
}
