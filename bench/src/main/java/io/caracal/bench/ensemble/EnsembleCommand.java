/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

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

/** {@code caracal bench ensemble}: compares ensembles side by side. */
@Command(name = "ensemble", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Compares an ensemble of Caracal with one of ZooKeeper on this machine, a process for each server.",
    exitCodeListHeading = "Exit codes:%n", exitCodeList = {
        "0: measured, promises kept", "1: a promise was missed (--check)", "2: usage", "3: environment" })
public final class EnsembleCommand implements Callable<Integer>
{
    @Mixin
    private RunOptions run;

    @Mixin
    private EnsembleOptions options;

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", paramLabel = "SHAPE,...", split = ",",
        description = "Only these shapes: writes-pipelined, reads-pipelined, write-at-leader, write-at-follower, " +
            "failover-kill, failover-hang, failover-term, failover-cut (with --islands), sessions-reconnect, " +
            "watchers, idle, catch-up, catch-up-many, catch-up-log.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--servers", paramLabel = "NAME,...", split = ",", defaultValue = "zookeeper,caracal",
        description = "Which ensembles, in the order of their turns (default ${DEFAULT-VALUE}).")
    private List<String> servers;

    @Override
    public Integer call() throws Exception
    {
        final List<String> typed = spec.commandLine().getParent().getParseResult().originalArgs();
        if (options.isApart() && !Islands.isOnShore())
        {
            return Islands.repeatOnShore(options.size(), typed);
        }

        return new RunPipeline(run, TypedCommand.line(typed), ServerKinds.REFERENCE).run(() ->
        {
            final List<ServerKind> kinds = ServerKinds.named(servers, run.zooKeeperHeap(), 0, line -> System.err
                .println("  " + line));
            if (!kinds.stream().allMatch(ServerKind::keepsTree))
            {
                throw new IllegalArgumentException("the server that does nothing forms no ensemble");
            }
            final Part part = EnsembleComparison.full(run, kinds, only, options);
            return List.of(part);
        });
    }
}
