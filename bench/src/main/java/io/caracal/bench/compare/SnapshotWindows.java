/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.servers.FourLetterWord;
import io.caracal.bench.servers.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

import io.caracal.bench.load.AccompaniedLoad;
import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.LoadReport;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.load.ProgressHandler;
import io.caracal.bench.report.Figure;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;

/**
 * Measures what a snapshot of the large tree does to clients. The windows of a steady open loop are divided into those
 * in which a snapshot was written and calm ones. A server takes snapshots by itself, so both kinds occur.
 */
final class SnapshotWindows
{
    static final String NAME = "snapshot";

    private static final int RATE = 8_000;
    private static final long WINDOW_MS = 5_000;
    private static final long WARM_UP_MS = 500;
    private static final int WINDOWS_PER_ROUND = 3;
    private static final String DUTY_CYCLE_KEY = "zk_duty_cycle_max_us";
    private static final String CPU_KEY = "zk_duty_cycle_cpu_max_us";

    private final CompareContext how;
    private final Figures figures;

    SnapshotWindows(final CompareContext how, final Figures figures)
    {
        this.how = how;
        this.figures = figures;
    }

    static String describe()
    {
        return String.format(Locale.ROOT, "open loop of %,d gets and %,d sets a second on the large tree, %d " +
            "windows of %,d ms a round, those in which a snapshot was written beside the calm ones", RATE / 2, RATE / 2,
            WINDOWS_PER_ROUND, WINDOW_MS);
    }

    /** Measures the windows of one server's turn. */
    void measure(final ServerProcess server) throws IOException
    {
        for (int window = 0; window < WINDOWS_PER_ROUND; window++)
        {
            final SnapshotFiles before = SnapshotFiles.of(server.dir());
            final LoadReport report = AccompaniedLoad.run(new LoadGenerator(load(server), ProgressHandler.NONE),
                course -> FourLetterWord.ask(server.address(), "srst")).requireWhole(server.kind().name());
            record(server, report, SnapshotFiles.of(server.dir()).wereWrittenSince(before));
        }
    }

    private LoadContext load(final ServerProcess server)
    {
        return LargeTreeScenario.context(server, how).mix(OperationMix.parse("get=1,set=1")).ratePerSecond(RATE)
            .warmUpMs(WARM_UP_MS).durationMs(WINDOW_MS);
    }

    private void record(final ServerProcess server, final LoadReport report, final boolean taken)
    {
        final String of = server.kind().name();
        final String calm = taken ? "" : "calm-";
        if (taken)
        {
            figures.addLatencies(NAME, of, report.latencies());
        }
        figures.add(NAME, calm + "read-p99", of, "us", microseconds(report, Operation.GET, 99));
        figures.add(NAME, calm + "write-p50", of, "us", microseconds(report, Operation.SET, 50));
        figures.add(NAME, calm + "write-p99", of, "us", microseconds(report, Operation.SET, 99));
        figures.add(NAME, calm + "write-max", of, "us", microseconds(report, Operation.SET, 100));
        FourLetterWord.monitored(server.address(), DUTY_CYCLE_KEY)
            .ifPresent(us -> figures.add(NAME, calm + "duty-cycle", of, "us", (double)us));
        FourLetterWord.monitored(server.address(), CPU_KEY)
            .ifPresent(us -> figures.add(NAME, calm + "duty-cycle-cpu", of, "us", (double)us));
    }

    private static double microseconds(final LoadReport report, final Operation operation, final double percentile)
    {
        return report.latencies(operation).getValueAtPercentile(percentile) / 1e3;
    }

    /** Adds what the snapshots cost. To be called once all turns are over. */
    void conclude(final List<ServerProcess> servers)
    {
        for (final ServerProcess server : servers)
        {
            final String of = server.kind().name();
            final OptionalDouble read = median("read-p99", of);
            final OptionalDouble write = median("write-p99", of);
            final OptionalDouble calmRead = median("calm-read-p99", of);
            final OptionalDouble calmWrite = median("calm-write-p99", of);
            if (read.isEmpty() || calmRead.isEmpty())
            {
                figures.addNote(new Note(NAME, of +
                    " took no snapshot, or took one in every window; more rounds tell"));
                continue;
            }

            figures.add(NAME, "read-p99-more", of, "us", read.getAsDouble() - calmRead.getAsDouble());
            figures.add(NAME, "write-p99-times", of, "", write.getAsDouble() / calmWrite.getAsDouble());
        }
    }

    private OptionalDouble median(final String metric, final String of)
    {
        return figures.find(NAME, metric, of).map(Figure::median).map(OptionalDouble::of)
            .orElse(OptionalDouble.empty());
    }
}
