/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.servers.CaracalKind;
import io.caracal.bench.servers.ProcessFigures;
import io.caracal.bench.servers.ServerKind;
import io.caracal.bench.servers.ServerProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.report.Figures;
import io.caracal.bench.run.Attempts;

/**
 * A tree of many znodes: measures how much memory it takes, what a snapshot of it does to latencies, and how long a
 * restart takes.
 */
final class LargeTreeScenario implements Scenario
{
    private static final String MEMORY = "memory";
    private static final String RESTART = "restart";

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        final Map<String, String> shapes = new LinkedHashMap<>();
        shapes.put(MEMORY, String.format(Locale.ROOT,
            "growth of the resident set per znode by %,d znodes of %d bytes: as it is, after a full collection, and " +
                "by the server's ledger",
            how.znodes(), how.payload()));
        shapes.put(SnapshotWindows.NAME, SnapshotWindows.describe());
        shapes.put(RESTART, "from exec to the first Mode: of srvr, with the large tree, after kill -9");
        return shapes;
    }

    @Override
    public Map<String, String> sizes(final CompareContext how)
    {
        final String size = how.znodes() + " znodes of " + how.payload() + " bytes";

        return Map.of(MEMORY, size, SnapshotWindows.NAME, size, RESTART, size);
    }

    @Override
    public void run(final CompareContext how, final Figures figures, final Consumer<String> progress) throws IOException
    {
        if (!how.wants(MEMORY) && !how.wants(SnapshotWindows.NAME) && !how.wants(RESTART))
        {
            return;
        }

        final List<ServerKind> kinds = how.kinds().stream().filter(ServerKind::keepsTree).toList();
        try (ServerFleet fleet = new ServerFleet(how, "large", kinds))
        {
            fleet.start(figures, progress);
            for (final ServerProcess server : fleet.servers())
            {
                fill(server, how, figures, progress);
            }
            final Attempts attempts = new Attempts(figures, progress);
            if (how.wants(SnapshotWindows.NAME))
            {
                attempts.run(SnapshotWindows.NAME, () -> snapshots(fleet, how, figures, progress));
            }
            if (how.wants(RESTART))
            {
                attempts.run(RESTART, () -> restarts(fleet, how, figures, progress));
            }
        }
    }

    private static void restarts(
        final ServerFleet fleet, final CompareContext how, final Figures figures, final Consumer<String> progress)
    {
        for (int round = 1; round <= how.fewRounds(); round++)
        {
            for (final ServerProcess server : fleet.servers())
            {
                progress.accept(RESTART + ": round " + round + " of " + how.fewRounds() + ", " + server.kind().name());
                server.kill();
                figures.add(RESTART, "time", server.kind().name(), "ms", server.start() / 1e6);
            }
        }
    }

    private static void fill(
        final ServerProcess server, final CompareContext how, final Figures figures, final Consumer<String> progress)
    {
        final String of = server.kind().name();
        final long residentBefore = ProcessFigures.residentBytes(server.pid());
        final OptionalLong ledgerBefore = CaracalKind.ledger(server);
        final long startNs = System.nanoTime();
        new LoadGenerator(context(server, how),
            (what, answered, rate) -> progress.accept(
                String.format(Locale.ROOT, "filling %s: %,d of %,d znodes, %,.0f/s", of, answered, how.znodes(), rate)))
            .prepare();
        final double elapsedS = (System.nanoTime() - startNs) / 1e9;
        if (!how.wants(MEMORY))
        {
            return;
        }

        figures.add(MEMORY, "fill-rate", of, "/s", how.znodes() / elapsedS);
        figures.add(MEMORY, "resident", of, "B",
            perZnode(how, ProcessFigures.residentBytes(server.pid()) - residentBefore));
        if (ProcessFigures.collectGarbage(server.pid()))
        {
            figures.add(MEMORY, "resident-gc", of, "B",
                perZnode(how, ProcessFigures.residentBytes(server.pid()) - residentBefore));
        }
        final OptionalLong ledger = CaracalKind.ledger(server);
        if (ledger.isPresent() && ledgerBefore.isPresent())
        {
            figures.add(MEMORY, "ledger", of, "B", perZnode(how, ledger.getAsLong() - ledgerBefore.getAsLong()));
        }
    }

    private static double perZnode(final CompareContext how, final long bytes)
    {
        return (double)bytes / how.znodes();
    }

    private static void snapshots(
        final ServerFleet fleet, final CompareContext how, final Figures figures, final Consumer<String> progress)
        throws IOException
    {
        final SnapshotWindows windows = new SnapshotWindows(how, figures);
        for (int round = 1; round <= how.fewRounds(); round++)
        {
            for (final ServerProcess server : fleet.servers())
            {
                progress.accept(SnapshotWindows.NAME + ": round " + round + " of " + how.fewRounds() + ", " +
                    server.kind().name());
                windows.measure(server);
            }
        }
        windows.conclude(fleet.servers());
    }

    static LoadContext context(final ServerProcess server, final CompareContext how)
    {
        return new LoadContext().servers(List.of(server.address())).connections(8).inFlight(64)
            .mix(OperationMix.only(Operation.SET)).keyCount(how.znodes()).payloadLength(how.payload())
            .root("/large");
    }
}
