/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.LoadReport;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.load.ProgressHandler;
import io.caracal.bench.report.Figure;
import io.caracal.bench.report.Figures;
import io.caracal.bench.run.Attempts;
import io.caracal.bench.servers.ServerProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Measures latency against throughput: open loops at growing shares of a server's highest rate, in alternating windows.
 * The highest rate is the median of as many closed loops as there are windows of each share, so that a single lucky or
 * unlucky moment does not decide it.
 */
final class LoadedScenario implements Scenario
{
    static final String READS = "reads-loaded";
    static final String WRITES = "writes-loaded";

    static final List<Integer> PERCENT = List.of(10, 50, 70, 85);

    private static final String HIGHEST = "highest";
    private static final int CONNECTIONS = 8;
    private static final int IN_FLIGHT_CLOSED = 64;
    private static final int IN_FLIGHT_OPEN = 4_096;

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        final Map<String, String> shapes = new LinkedHashMap<>();
        for (final String name : List.of(READS, WRITES))
        {
            shapes.put(name, String.format(Locale.ROOT,
                "open loop of %s of %,d znodes of %d bytes, %d connections, at %s %% of the server's own highest " +
                    "rate, %d windows of each in turn; the highest rate is the median of as many closed loops with " +
                    "%d in flight on each connection; latency from when each request was due; a window in which the " +
                    "generator itself came late for half of the p99 or more stands under generator-late; by hand: " +
                    "caracal bench load --servers HOST:PORT -c %d -d %d --rate RATE --settle --rest --mix %s " +
                    "--payload %d --warm-up %d --duration %d",
                operation(name).word(), LoadShape.KEY_COUNT, how.payload(), CONNECTIONS, shares(), how.fewRounds(),
                IN_FLIGHT_CLOSED, CONNECTIONS, IN_FLIGHT_OPEN, operation(name).word(), how.payload(), how.warmUpMs(),
                how.durationMs()));
        }
        return shapes;
    }

    private static String shares()
    {
        return PERCENT.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static Operation operation(final String shape)
    {
        return shape.equals(READS) ? Operation.GET : Operation.SET;
    }

    @Override
    public void run(final CompareContext how, final Figures figures, final Consumer<String> progress) throws IOException
    {
        final List<String> shapes = List.of(READS, WRITES).stream().filter(how::wants).toList();
        if (shapes.isEmpty())
        {
            return;
        }

        try (ServerFleet fleet = new ServerFleet(how, "loaded", how.kinds()))
        {
            fleet.start(figures, progress);
            for (final ServerProcess server : fleet.servers())
            {
                LoadShape.prepare(server, how);
            }
            final Attempts attempts = new Attempts(figures, progress);
            for (final String shape : shapes)
            {
                attempts.run(shape, () ->
                {
                    highest(shape, fleet, how, figures, progress);
                    windows(shape, fleet, how, figures, progress);
                });
            }
        }
    }

    private static void highest(
        final String shape, final ServerFleet fleet, final CompareContext how, final Figures figures,
        final Consumer<String> progress)
    {
        for (int round = 1; round <= how.fewRounds(); round++)
        {
            for (final ServerProcess server : fleet.servers())
            {
                final String of = server.kind().name();
                progress.accept(String.format(Locale.ROOT, "%s: highest rate, round %d of %d, %s", shape, round,
                    how.fewRounds(), of));
                figures.add(shape, HIGHEST, of, "/s", run(shape, server, how, how.warmUpMs(round), 0).ratePerSecond());
            }
        }
    }

    private static void windows(
        final String shape, final ServerFleet fleet, final CompareContext how, final Figures figures,
        final Consumer<String> progress)
    {
        final Map<String, LoadedWindows> taken = new LinkedHashMap<>();
        try
        {
            for (int round = 1; round <= how.fewRounds(); round++)
            {
                for (final int percent : PERCENT)
                {
                    for (final ServerProcess server : fleet.servers())
                    {
                        progress.accept(String.format(Locale.ROOT, "%s: %d %%, round %d of %d, %s", shape, percent,
                            round, how.fewRounds(), server.kind().name()));
                        window(shape, percent, server, how, figures, taken);
                    }
                }
            }
        }
        finally
        {
            // Also when a window failed: without this, the figures of the windows before it would be reported without
            // rates.
            taken.values().forEach(windows -> windows.conclude(figures));
        }
    }

    private static void window(
        final String shape, final int percent, final ServerProcess server, final CompareContext how,
        final Figures figures, final Map<String, LoadedWindows> taken)
    {
        final String of = server.kind().name();
        final long rate = rate(shape, of, percent, figures);
        final LoadReport report = run(shape, server, how, how.warmUpMs(), rate);
        taken.computeIfAbsent(of, ignored -> new LoadedWindows(shape, of)).add(percent, LoadedWindow.of(rate, report),
            figures);
    }

    private static long rate(final String shape, final String of, final int percent, final Figures figures)
    {
        final double highest = figures.find(shape, HIGHEST, of).map(Figure::median).orElseThrow();
        return Math.max(1, (long)(highest * percent / 100));
    }

    private static LoadReport run(
        final String shape, final ServerProcess server, final CompareContext how, final long warmUpMs, final long rate)
    {
        return new LoadGenerator(new LoadContext().servers(List.of(server.address()))
            .connections(CONNECTIONS).inFlight(rate == 0 ? IN_FLIGHT_CLOSED : IN_FLIGHT_OPEN)
            .mix(OperationMix.only(operation(shape))).keyCount(LoadShape.KEY_COUNT).payloadLength(how.payload())
            .ratePerSecond(rate).settles(true).rests(true).warmUpMs(warmUpMs).durationMs(how.durationMs()),
            ProgressHandler.NONE).run().requireWhole(server.kind().name());
    }
}
