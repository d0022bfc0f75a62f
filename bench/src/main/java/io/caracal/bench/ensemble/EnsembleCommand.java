/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import io.caracal.bench.report.FigureTable;
import io.caracal.bench.report.Json;
import io.caracal.bench.report.Machine;
import io.caracal.bench.report.WorkDirectory;

import org.agrona.CloseHelper;
import org.agrona.IoUtil;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caracal bench ensemble}: ensembles side by side. */
@Command(name = "ensemble", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Compares an ensemble of Caracal with one of ZooKeeper on this machine, a process for each server.")
public final class EnsembleCommand implements Callable<Integer>
{
    private static final int SIZE_MAX = 9;

    @Option(names = "--only", paramLabel = "SHAPE,...", split = ",",
        description = "Only these shapes: failover-kill, " +
            "failover-hang, failover-term, write-at-leader, write-at-follower, writes-pipelined, reads-pipelined, " +
            "catch-up, idle.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--servers", paramLabel = "NAME,...", split = ",", defaultValue = "zookeeper,caracal",
        description = "Which ensembles, in the order of their turns (default ${DEFAULT-VALUE}).")
    private List<String> servers;

    @Option(names = "--size", defaultValue = "3", description = "Servers of each (default ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--rounds", defaultValue = "5",
        description = "Turns of each ensemble for rates, latencies and idle time (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--kills", defaultValue = "30",
        description = "Changes of leader by each means (default ${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--warm-up", paramLabel = "MS", defaultValue = "2000", description = "Default ${DEFAULT-VALUE}.")
    private long warmUpMs;

    @Option(names = "--duration", paramLabel = "MS", defaultValue = "3000", description = "Default ${DEFAULT-VALUE}.")
    private long durationMs;

    @Option(names = "--silence", paramLabel = "MS", defaultValue = "400", description = "After which the session " +
        "at a leader that hangs goes to the next server (default ${DEFAULT-VALUE}).")
    private long silenceMs;

    @Option(names = "--missed", defaultValue = "1000000",
        description = "Transactions that a follower misses before it catches up (default ${DEFAULT-VALUE}).")
    private long missed;

    @Option(names = "--force-sync", defaultValue = "yes",
        description = "yes: writes are on the disk before they are answered; no: not (default ${DEFAULT-VALUE}).")
    private String forceSync;

    @Option(names = "--dir", defaultValue = "caracal-bench-data",
        description = "Where the servers keep their data; made and removed (default ${DEFAULT-VALUE}).")
    private Path dir;

    @Option(names = "--keep", description = "Leaves that directory, with the logs of the servers.")
    private boolean keep;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all samples and timelines as JSON.")
    private Path json;

    @Override
    public Integer call() throws IOException
    {
        final List<EnsembleShape> shapes = shapes();
        final List<EnsembleKind> kinds = kinds();
        if (size < 2 || size > SIZE_MAX || !Set.of("yes", "no").contains(forceSync))
        {
            throw new IllegalArgumentException("--size is 2 to " + SIZE_MAX + ", --force-sync is yes or no");
        }

        WorkDirectory.prepare(dir);
        final EnsembleRun run = new EnsembleRun(rounds, kills, warmUpMs, durationMs, silenceMs, missed,
            line -> System.err.println("  " + line));
        final Map<String, Object> report = head(kinds, shapes, run);
        final List<LocalEnsemble> ensembles = new ArrayList<>();
        try
        {
            for (final EnsembleKind kind : kinds)
            {
                ensembles.add(new LocalEnsemble(kind, dir, size, "yes".equals(forceSync)));
                run.progress().accept("starting " + size + " servers of " + kind.word());
                ensembles.get(ensembles.size() - 1).start();
            }
            shapes.forEach(shape -> shape.measure(ensembles, run));
        }
        finally
        {
            CloseHelper.closeAll(ensembles);
            if (!keep)
            {
                IoUtil.delete(dir.toFile(), true);
            }
            tell(report, run);
        }

        return 0;
    }

    private List<EnsembleShape> shapes()
    {
        final List<EnsembleShape> all = new ArrayList<>(LoadOnEnsemble.ALL);
        Arrays.stream(Trouble.values()).map(FailoverShape::new).forEach(all::add);
        all.add(new IdleShape());
        all.add(new CatchUpShape());
        final List<String> names = all.stream().map(EnsembleShape::name).toList();
        if (!names.containsAll(only))
        {
            throw new IllegalArgumentException("shapes are " + names);
        }

        return all.stream().filter(shape -> only.isEmpty() || only.contains(shape.name())).toList();
    }

    private List<EnsembleKind> kinds()
    {
        final List<EnsembleKind> kinds = new ArrayList<>();
        for (final String name : servers)
        {
            final EnsembleKind kind = Arrays.stream(EnsembleKind.values()).filter(each -> each.word().equals(name))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("no server is called '" + name + "'"));
            kind.missing().ifPresentOrElse(
                why -> System.err.println("  left out: " + name + ": " + why), () -> kinds.add(kind));
        }

        return kinds;
    }

    private Map<String, Object> head(final List<EnsembleKind> kinds, final List<EnsembleShape> shapes,
        final EnsembleRun run)
    {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", Machine.facts(dir));
        final Map<String, Object> descriptions = new LinkedHashMap<>();
        kinds.forEach(kind -> descriptions.put(kind.word(), kind.describe()));
        report.put("servers", descriptions);
        report.put("parameters", "size=" + size + " forceSync=" + forceSync + " " + run);
        final Map<String, Object> lines = new LinkedHashMap<>();
        shapes.forEach(shape -> lines.put(shape.name(), shape.description()));
        report.put("shapes", lines);
        report.forEach((name, value) ->
        {
            System.out.println(name);
            if (value instanceof Map<?, ?> map)
            {
                map.forEach((key, text) -> System.out.println("  " + key + ": " + text));
            }
            else
            {
                System.out.println("  " + value);
            }
        });

        return report;
    }

    /** Also what was measured before something failed. */
    private void tell(final Map<String, Object> report, final EnsembleRun run) throws IOException
    {
        System.out.println();
        System.out.print(new FigureTable(EnsembleKind.ZOOKEEPER.word()).format(run.figures()));
        if (null != json)
        {
            report.put("figures", run.figures().all().stream().map(figure ->
            {
                final Map<String, Object> map = new LinkedHashMap<>();
                map.put("shape", figure.shape());
                map.put("figure", figure.metric());
                map.put("server", figure.server());
                map.put("unit", figure.unit());
                map.put("median", figure.median());
                map.put("samples", figure.samples());
                return map;
            }).toList());
            report.put("details", run.details());
            Files.writeString(json, Json.write(report));
        }
    }
}
