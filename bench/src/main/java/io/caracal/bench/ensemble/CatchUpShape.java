/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.caracal.bench.load.AccompaniedLoad;
import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.LoadReport;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.load.ProgressHandler;
import io.caracal.bench.servers.FourLetterWord;

/**
 * A follower that missed many transactions comes back under load: measures how long it takes until it is in sync, and
 * what the clients of the leader notice meanwhile. Measured once for each ensemble.
 *
 * @param name   of the shape.
 * @param znodes number of znodes among which each transaction chooses one at random to change.
 */
record CatchUpShape(String name, int znodes) implements EnsembleShape
{
    private static final String CPU_KEY = "zk_duty_cycle_cpu_max_us";
    private static final int RATE = 500;
    private static final long CALM_MS = 4_000;
    private static final long WARM_UP_MS = 1_000;

    /**
     * Bounds the load, which normally ends as soon as the follower is in sync. Much longer than the wait for a
     * follower.
     */
    private static final long CATCH_UP_MAX_MS = TimeUnit.HOURS.toMillis(1);

    /** Few znodes, each changed many times: a snapshot is much shorter than the missed transactions. */
    static CatchUpShape few()
    {
        return new CatchUpShape("catch-up", 10_000);
    }

    /** Many znodes, each changed a few times: a snapshot is a little shorter than the missed transactions. */
    static CatchUpShape many()
    {
        return new CatchUpShape("catch-up-many", 300_000);
    }

    /** So many znodes that a snapshot is not shorter: the missed transactions have to be applied one by one. */
    static CatchUpShape log()
    {
        return new CatchUpShape("catch-up-log", 500_000);
    }

    @Override
    public String description(final EnsembleSettings settings)
    {
        return "from exec of a follower that missed " + settings.missed() +
            " transactions of " + znodes +
            " znodes to the moment when the leader counts on it, and an open loop of " +
            RATE + " sets/s at the leader before and meanwhile";
    }

    @Override
    public String typed(final EnsembleSettings settings)
    {
        return " --missed " + settings.missed();
    }

    @Override
    public Optional<String> size(final EnsembleSettings settings)
    {
        return Optional.of(settings.missed() + " transactions");
    }

    @Override
    public void measure(final List<LocalEnsemble> ensembles, final EnsembleRun run)
    {
        ensembles.forEach(ensemble -> measure(ensemble, run));
    }

    private void measure(final LocalEnsemble ensemble, final EnsembleRun run)
    {
        final String server = ensemble.server();
        final int leader = ensemble.awaitWhole();
        final InetSocketAddress address = ensemble.member(leader).member().address();
        final MemberProcess follower = ensemble.member((leader + 1) % ensemble.size());
        final LoadContext bulk = context(address).connections(8).inFlight(64).operations(run.settings().missed())
            .durationMs(TimeUnit.HOURS.toMillis(1));
        final LoadGenerator generator = new LoadGenerator(bulk, ProgressHandler.NONE);
        generator.prepare();
        follower.kill();
        run.progress().accept(name + ": " + server + " misses " + run.settings().missed() + " transactions");
        generator.run().requireWhole(server);

        final double p99Before = add(run, server, "before", load(address, CALM_MS).run());
        final double p99Meanwhile = add(run, server, "meanwhile", catchUp(ensemble, follower, address, run));
        run.add(this, "p99-times", server, "", p99Meanwhile / p99Before);
        FourLetterWord.monitored(address, "zk_duty_cycle_max_us")
            .ifPresent(value -> run.add(this, "duty-cycle", server, "ms", value / 1e3));
        FourLetterWord.monitored(address, CPU_KEY)
            .ifPresent(value -> run.add(this, "duty-cycle-cpu", server, "ms", value / 1e3));
    }

    /** Measures the load from the start of the follower until it is in sync. */
    private LoadReport catchUp(
        final LocalEnsemble ensemble, final MemberProcess follower, final InetSocketAddress leader,
        final EnsembleRun run)
    {
        return AccompaniedLoad.run(load(leader, CATCH_UP_MAX_MS), course ->
        {
            FourLetterWord.ask(leader, "srst");
            final long startNs = System.nanoTime();
            follower.start();
            ensemble.awaitWhole();
            run.add(this, "in-sync", ensemble.server(), "ms", (System.nanoTime() - startNs) / 1e6);
            course.end();
        });
    }

    private LoadContext context(final InetSocketAddress address)
    {
        return new LoadContext().servers(List.of(address)).mix(OperationMix.only(Operation.SET)).keyCount(znodes);
    }

    private LoadGenerator load(final InetSocketAddress address, final long durationMs)
    {
        return new LoadGenerator(
            context(address).connections(4).inFlight(64).ratePerSecond(RATE).rests(true).warmUpMs(WARM_UP_MS)
                .durationMs(durationMs),
            ProgressHandler.NONE);
    }

    private double add(final EnsembleRun run, final String server, final String when, final LoadReport report)
    {
        final double p99 = report.requireWhole(server).latencies().getValueAtPercentile(99) / 1e3;
        run.add(this, "p50-" + when, server, "us", report.latencies().getValueAtPercentile(50) / 1e3);
        run.add(this, "p99-" + when, server, "us", p99);
        return p99;
    }
}
