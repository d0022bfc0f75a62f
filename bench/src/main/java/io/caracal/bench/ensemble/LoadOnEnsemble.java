/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.net.InetSocketAddress;
import java.util.List;

import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.LoadReport;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.load.ProgressHandler;

import org.HdrHistogram.Histogram;

/**
 * A closed-loop load of one operation.
 *
 * @param name        of the shape.
 * @param operation   the only one.
 * @param connections sessions.
 * @param inFlight    requests in flight on each.
 * @param place       servers that the sessions are connected to.
 */
record LoadOnEnsemble(String name, Operation operation, int connections, int inFlight, Place place)
    implements
        EnsembleShape
{
    private static final int KEY_COUNT = 10_000;

    /** Which servers the sessions are connected to. */
    enum Place
    {
        /** The leader. */
        LEADER,
        /** One follower. */
        FOLLOWER,
        /** All servers in turn. */
        ALL
    }

    /** All loads. The pipelined ones come first: with a lone client the JIT compilers would need minutes. */
    static final List<EnsembleShape> ALL = List.of(
        new LoadOnEnsemble("writes-pipelined", Operation.SET, 9, 64, Place.ALL),
        new LoadOnEnsemble("reads-pipelined", Operation.GET, 9, 64, Place.ALL),
        new LoadOnEnsemble("write-at-leader", Operation.SET, 1, 1, Place.LEADER),
        new LoadOnEnsemble("write-at-follower", Operation.SET, 1, 1, Place.FOLLOWER));

    @Override
    public String description(final EnsembleSettings settings)
    {
        return operation.word() + " of " + KEY_COUNT + " znodes of 100 bytes, " + connections + " session(s) with " +
            inFlight + " in flight, at: " + place;
    }

    @Override
    public void measure(final List<LocalEnsemble> ensembles, final EnsembleRun run)
    {
        ensembles.forEach(ensemble -> generator(ensemble, run, 0).prepare());
        run.inTurns(this, ensembles, (ensemble, round) -> sample(ensemble, round, run));
    }

    private void sample(final LocalEnsemble ensemble, final int round, final EnsembleRun run)
    {
        final String server = ensemble.server();
        final LoadReport report = generator(ensemble, run, run.settings().warmUpMs(round)).run().requireWhole(server);
        final Histogram latencies = report.latencies();
        run.figures().addLatencies(run.settings().prefix() + name, server, latencies);
        run.add(this, "rate", server, "/s", report.ratePerSecond());
        run.add(this, "p50", server, "us", latencies.getValueAtPercentile(50) / 1e3);
        run.add(this, "p99", server, "us", latencies.getValueAtPercentile(99) / 1e3);
    }

    private LoadGenerator generator(final LocalEnsemble ensemble, final EnsembleRun run, final long warmUpMs)
    {
        return new LoadGenerator(new LoadContext().servers(servers(ensemble)).connections(connections)
            .inFlight(inFlight).mix(OperationMix.only(operation)).keyCount(KEY_COUNT).warmUpMs(warmUpMs)
            .durationMs(run.settings().durationMs()), ProgressHandler.NONE);
    }

    private List<InetSocketAddress> servers(final LocalEnsemble ensemble)
    {
        final List<InetSocketAddress> all = ensemble.addresses();
        final int leader = ensemble.awaitWhole();

        return switch (place)
        {
            case LEADER -> List.of(all.get(leader));
            case FOLLOWER -> List.of(all.get((leader + 1) % all.size()));
            case ALL -> all;
        };
    }
}
