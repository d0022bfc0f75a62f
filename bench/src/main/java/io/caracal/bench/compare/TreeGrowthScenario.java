/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadException;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.load.ProgressHandler;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;
import io.caracal.bench.report.Series;
import io.caracal.bench.servers.ServerKind;
import io.caracal.bench.servers.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Measures how the rates change while the tree grows from a thousand znodes to many. */
final class TreeGrowthScenario implements Scenario
{
    static final String NAME = "tree-growth";

    private static final long SMALLEST = 1_000;

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        return Map.of(NAME, String.format(Locale.ROOT,
            "pipelined gets and sets, uniform over trees of %,d znodes, ten times as many, and so on, of %,d at most",
            SMALLEST, how.znodes()));
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
            List<ServerProcess> growing = fleet.servers();
            for (long znodes = SMALLEST; znodes <= how.znodes(); znodes *= 10)
            {
                final long size = znodes;
                growing = growing.stream().filter(server -> measure(size, server, how, figures, progress)).toList();
            }
        }
    }

    /**
     * Measures one size of the tree; false when the server cannot hold so many znodes. Such a server is not measured
     * with larger trees; what was measured before stays in the report.
     */
    private static boolean measure(
        final long znodes, final ServerProcess server, final CompareContext how, final Figures figures,
        final Consumer<String> progress)
    {
        final String what = String.format(Locale.ROOT, "%s: %,d znodes, %s", NAME, znodes, server.kind().name());
        progress.accept(what);
        try
        {
            generator(znodes, server, how, Operation.SET, new FillProgress(what, progress)).prepare();
        }
        catch (final LoadException ex)
        {
            leaveOut(what + ": left out from here on: " + ex.getMessage(), figures, progress);
            return false;
        }

        for (final Operation operation : List.of(Operation.GET, Operation.SET))
        {
            final String of = server.kind().name();
            final double rate = generator(znodes, server, how, operation, ProgressHandler.NONE).run().requireWhole(of)
                .ratePerSecond();
            figures.addSeries(new Series(NAME, operation.word() + " by size", of, "tree (znodes)", "rate (/s)",
                List.of(new Series.Point(znodes, rate))));
            if (znodes > how.znodes() / 10)
            {
                figures.add(NAME, operation.word() + "-at-largest", of, "/s", rate);
            }
        }

        return true;
    }

    /**
     * Reports that a server is left out. If somebody has ended the run, no note is made: then the server did not lack
     * room.
     */
    private static void leaveOut(final String why, final Figures figures, final Consumer<String> progress)
    {
        progress.accept(why);
        if (!figures.isEnded())
        {
            figures.addNote(new Note(NAME, why));
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
