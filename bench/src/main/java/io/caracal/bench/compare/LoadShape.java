/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.servers.ServerProcess;
import java.util.List;
import java.util.Locale;

import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.LoadReport;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.load.ProgressHandler;
import io.caracal.bench.report.Figures;

import org.HdrHistogram.Histogram;

/**
 * A closed-loop load of one operation.
 *
 * @param name        of the shape.
 * @param operation   the only one.
 * @param connections sessions.
 * @param inFlight    requests in flight on each.
 */
record LoadShape(String name, Operation operation, int connections, int inFlight)
{
    static final int KEY_COUNT = 10_000;

    static final List<LoadShape> ALL = List.of(
        new LoadShape("reads-pipelined", Operation.GET, 8, 64),
        new LoadShape("writes-pipelined", Operation.SET, 8, 64),
        new LoadShape("reads-one", Operation.GET, 1, 1),
        new LoadShape("writes-one", Operation.SET, 1, 1));

    String describe(final CompareContext how)
    {
        return String.format(Locale.ROOT, "%s of %,d znodes of %d bytes, %d connection(s) with %d in flight; " +
            "by hand: caracal bench load --servers HOST:PORT -c %d -d %d --mix %s --payload %d --warm-up %d " +
            "--duration %d",
            operation.word(), KEY_COUNT, how.payload(), connections, inFlight, connections, inFlight,
            operation.word(), how.payload(), how.warmUpMs(), how.durationMs());
    }

    /** Returns the same load under another name. */
    LoadShape named(final String other)
    {
        return new LoadShape(other, operation, connections, inFlight);
    }

    void sample(final ServerProcess server, final CompareContext how, final int round, final Figures figures)
    {
        final String of = server.kind().name();
        final LoadReport report = generator(server, how, how.warmUpMs(round)).run().requireWhole(of);
        final Histogram latencies = report.latencies();
        figures.add(name, "rate", of, "/s", report.ratePerSecond());
        figures.add(name, "p50", of, "us", latencies.getValueAtPercentile(50) / 1e3);
        figures.add(name, "p99", of, "us", latencies.getValueAtPercentile(99) / 1e3);
        figures.addLatencies(name, of, latencies);
    }

    static void prepare(final ServerProcess server, final CompareContext how)
    {
        LoadShape.ALL.get(0).generator(server, how, 0).prepare();
    }

    private LoadGenerator generator(final ServerProcess server, final CompareContext how, final long warmUpMs)
    {
        return new LoadGenerator(new LoadContext().servers(List.of(server.address())).connections(connections)
            .inFlight(inFlight).mix(OperationMix.only(operation)).keyCount(KEY_COUNT).payloadLength(how.payload())
            .warmUpMs(warmUpMs).durationMs(how.durationMs()), ProgressHandler.NONE);
    }
}
