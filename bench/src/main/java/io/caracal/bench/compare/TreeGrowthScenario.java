/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadException;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.LoadReport;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.load.ProgressHandler;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** How the rates change while the tree grows from a thousand znodes to many. */
final class TreeGrowthScenario implements Scenario
{
    static final String NAME = "tree-growth";

    private static final long SMALLEST = 1_000;

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        return Map.of(NAME, String.format(Locale.ROOT,
            "pipelined gets and sets, uniform over trees of %,d to %,d znodes", SMALLEST, how.znodes()));
    }

    @Override
    public void run(final CompareContext how, final Figures figures, final Consumer<String> progress) throws IOException
    {
        if (!how.wants(NAME))
        {
            return;
        }

        final List<ServerKind> kinds = how.kinds().stream().filter(ServerKind::keepsTree).toList();
        try (ServerFleet fleet = new ServerFleet(how, NAME, kinds))
        {
            fleet.start(figures, progress);
            final Map<String, List<Series.Point>> points = new LinkedHashMap<>();
            final List<ServerProcess> growing = new ArrayList<>(fleet.servers());
            for (long znodes = SMALLEST; znodes <= how.znodes(); znodes *= 10)
            {
                final long size = znodes;
                growing.removeIf(server -> !measure(size, server, how, points, progress));
            }
            points.forEach((key, some) -> add(figures, key, some, growing));
        }
    }

    /**
     * Measures one size of the tree; false when the server has no room for so many znodes. Then it is not asked for
     * more, and what was measured before stays in the report.
     */
    private static boolean measure(
        final long znodes, final ServerProcess server, final CompareContext how,
        final Map<String, List<Series.Point>> points, final Consumer<String> progress)
    {
        final String what = String.format(Locale.ROOT, "%s: %,d znodes, %s", NAME, znodes, server.kind().name());
        progress.accept(what);
        try
        {
            generator(znodes, server, how, Operation.SET, new FillProgress(what, progress)).prepare();
        }
        catch (final LoadException ex)
        {
            progress.accept(what + ": left out from here on: " + ex.getMessage());
            return false;
        }

        for (final Operation operation : List.of(Operation.GET, Operation.SET))
        {
            final LoadReport report = generator(znodes, server, how, operation, ProgressHandler.NONE).run()
                .requireWhole(server.kind().name());
            points.computeIfAbsent(operation.word() + " " + server.kind().name(), ignored -> new ArrayList<>())
                .add(new Series.Point(znodes, report.ratePerSecond()));
        }

        return true;
    }

    private static void add(
        final Figures figures, final String key, final List<Series.Point> points, final List<ServerProcess> grown)
    {
        final String[] parts = key.split(" ", 2);
        figures.addSeries(new Series(NAME, parts[0] + " by size", parts[1], "tree (znodes)", "rate (/s)", points));
        if (grown.stream().anyMatch(server -> server.kind().name().equals(parts[1])))
        {
            figures.add(NAME, parts[0] + "-at-largest", parts[1], "/s", points.get(points.size() - 1).y());
        }
    }

    private static LoadGenerator generator(
        final long znodes, final ServerProcess server, final CompareContext how, final Operation operation,
        final ProgressHandler progress)
    {
        return new LoadGenerator(new LoadContext().servers(List.of(server.address())).connections(8).inFlight(64)
            .mix(OperationMix.only(operation)).keyCount(znodes).payloadLength(how.payload()).warmUpMs(how.warmUpMs())
            .durationMs(how.durationMs()), progress);
    }
}
