/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.load.LoadContext;
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

/** Latency against throughput: an open loop at growing shares of what the server can do at most. */
final class LoadedScenario implements Scenario
{
    static final String READS = "reads-loaded";
    static final String WRITES = "writes-loaded";

    private static final int[] PERCENT = { 10, 25, 50, 70, 85 };
    private static final int CONNECTIONS = 8;
    private static final int IN_FLIGHT_CLOSED = 64;
    private static final int IN_FLIGHT_OPEN = 4_096;
    private static final double NS_PER_US = 1e3;

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        final Map<String, String> shapes = new LinkedHashMap<>();
        for (final String name : List.of(READS, WRITES))
        {
            shapes.put(name, String.format(Locale.ROOT,
                "open loop of %s at shares of the server's own highest rate (10 to 85 %%), latency from when each " +
                    "request was due", operation(name).word()));
        }
        return shapes;
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
            for (final String shape : shapes)
            {
                for (final ServerProcess server : fleet.servers())
                {
                    sweep(shape, server, how, figures, progress);
                }
            }
        }
    }

    private static void sweep(
        final String shape, final ServerProcess server, final CompareContext how, final Figures figures,
        final Consumer<String> progress)
    {
        final String of = server.kind().name();
        progress.accept(shape + ": " + of + ", highest rate");
        final double highest = run(shape, server, how, 0).ratePerSecond();
        final List<Series.Point> medians = new ArrayList<>();
        final List<Series.Point> tails = new ArrayList<>();
        for (final int percent : PERCENT)
        {
            progress.accept(shape + ": " + of + ", " + percent + " %");
            final LoadReport report = run(shape, server, how, (long)(highest * percent / 100));
            final double rate = report.ratePerSecond();
            final double p50 = report.latencies().getValueAtPercentile(50) / NS_PER_US;
            final double p99 = report.latencies().getValueAtPercentile(99) / NS_PER_US;
            medians.add(new Series.Point(rate, p50));
            tails.add(new Series.Point(rate, p99));
            figures.add(shape, "p99-at-" + percent, of, "us", p99);
        }

        figures.addSeries(new Series(shape, "p50 by rate", of, "requests (/s)", "latency (us)", medians));
        figures.addSeries(new Series(shape, "p99 by rate", of, "requests (/s)", "latency (us)", tails));
    }

    private static LoadReport run(
        final String shape, final ServerProcess server, final CompareContext how, final long rate)
    {
        final LoadReport report = new LoadGenerator(new LoadContext().servers(List.of(server.address()))
            .connections(CONNECTIONS).inFlight(rate == 0 ? IN_FLIGHT_CLOSED : IN_FLIGHT_OPEN)
            .mix(OperationMix.only(operation(shape))).keyCount(LoadShape.KEY_COUNT).payloadLength(how.payload())
            .ratePerSecond(rate).warmUpMs(how.warmUpMs()).durationMs(how.durationMs()), ProgressHandler.NONE).run();
        LoadShape.check(server, report);
        return report;
    }
}
