/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench;

import io.caracal.bench.compare.Comparison;
import io.caracal.bench.ensemble.EnsembleComparison;
import io.caracal.bench.ensemble.EnsembleOptions;
import io.caracal.bench.run.Part;
import io.caracal.bench.run.RunOptions;
import io.caracal.bench.run.RunPipeline;
import io.caracal.bench.run.TypedCommand;
import io.caracal.bench.servers.ServerKind;
import io.caracal.bench.servers.ServerKinds;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caracal bench}: compares standalone servers in alternating rounds, and takes a short look at ensembles. */
@Command(name = "caracal bench", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Compares Caracal with ZooKeeper and with a server that does nothing, on this machine, side by " +
        "side: one server each, then ensembles of three. About a quarter of an hour; --quick: about four minutes.",
    exitCodeListHeading = "Exit codes:%n", exitCodeList = {
        "0: measured, promises kept", "1: a promise was missed (--check)", "2: usage", "3: environment" })
final class BenchCommand implements Callable<Integer>
{
    @Mixin
    private RunOptions run;

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", paramLabel = "SHAPE,...", split = ",", description = "Only these shapes: " +
        "reads-pipelined, writes-pipelined, reads-one, writes-one, idle, reads-loaded, writes-loaded, watchers-1, " +
        "watchers-1000, slow-client, memory, snapshot, restart, and those of `caracal bench ensemble` by their names " +
        "in reports, such as ensemble3-idle, or with --force-sync no ensemble3-unforced-idle; only when named, " +
        "because they take long or many sockets: watchers-N, sessions-N for any N, tree-growth; or all.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--servers", paramLabel = "NAME,...", split = ",", defaultValue = "zookeeper,caracal,nothing",
        description = "Which servers, in the order of their turns (default ${DEFAULT-VALUE}).")
    private List<String> servers;

    @Option(names = "--znodes", paramLabel = "N", description = "Of the large tree (default 1000000, quick 100000).")
    private Long znodes;

    @Option(names = "--payload", paramLabel = "BYTES", defaultValue = "100",
        description = "Bytes per znode (default ${DEFAULT-VALUE}).")
    private int payload;

    @Override
    public Integer call() throws Exception
    {
        final String typed = TypedCommand.line(spec.commandLine().getParseResult().originalArgs());
        return new RunPipeline(run, typed, ServerKinds.REFERENCE).run(this::parts);
    }

    private List<Part> parts()
    {
        final List<String> ofEnsembles = EnsembleComparison.names(run.isForced());
        for (final String name : only)
        {
            if (!Comparison.knows(name) && !ofEnsembles.contains(name))
            {
                throw new IllegalArgumentException("no shape is called '" + name + "'; there are " +
                    Comparison.names() + " and " + ofEnsembles);
            }
        }

        if (run.isChecked() && !run.isForced())
        {
            throw new IllegalArgumentException("--check: what is promised of one server is promised of forced writes");
        }

        final List<ServerKind> kinds = ServerKinds.named(servers, run.zooKeeperHeap(), payload, line -> System.err
            .println("  " +
                line));
        return List.of(Comparison.of(run, kinds, only, znodes, payload),
            EnsembleComparison.brief(run, kinds, only, new EnsembleOptions()));
    }
}
