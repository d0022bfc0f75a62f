/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import io.caracal.bench.html.HtmlReport;
import io.caracal.bench.report.FigureTable;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Json;
import io.caracal.bench.report.Machine;
import io.caracal.bench.report.Promises;
import io.caracal.bench.report.Run;
import io.caracal.bench.report.RunComparison;
import io.caracal.bench.report.RunJson;
import io.caracal.bench.report.WorkDirectory;

import org.agrona.IoUtil;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caracal bench}: all shapes, all servers, alternating rounds. */
@Command(name = "caracal bench", mixinStandardHelpOptions = true, sortOptions = false, version = "0.1.0",
    description = "Compares Caracal with ZooKeeper and with a server that does nothing, on this machine, side by side.",
    exitCodeListHeading = "Exit codes:%n", exitCodeList = {
        "0: measured, promises kept", "1: a promise was missed (--check)", "2: usage", "3: environment" })
public final class CompareCommand implements Callable<Integer>
{
    private static final List<ServerKind> KINDS = List.of(new ZooKeeperKind(), new CaracalKind(), new NothingKind());
    private static final List<Scenario> SCENARIOS = List.of(new SteadyScenario(), new LoadedScenario(),
        new CrowdScenario(), new SlowClientScenario(), new LargeTreeScenario(), new TreeGrowthScenario());

    @Option(names = "--quick", description = "Short rounds and a tree of 100,000 znodes: an impression.")
    private boolean quick;

    @Option(names = "--check", description = "Exits with 1 when a promised figure is missed or was not measured.")
    private boolean check;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all samples as JSON.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes the report as one page with plots.")
    private Path html;

    @Option(names = "--compare", paramLabel = "FILE", arity = "2",
        description = "Measures nothing, but compares two reports that --json wrote, the older one first.")
    private List<Path> compare = List.of();

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", paramLabel = "SHAPE,...", split = ",", description = "Only these shapes: " +
        "reads-pipelined, writes-pipelined, reads-one, writes-one, idle, reads-loaded, writes-loaded, watchers-1, " +
        "watchers-1000, slow-client, memory, snapshot, restart; only when named, because they take long: " +
        "watchers-100000, sessions-100000, tree-growth; or all.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--servers", paramLabel = "NAME,...", split = ",", defaultValue = "zookeeper,caracal,nothing",
        description = "Which servers, in the order of their turns (default ${DEFAULT-VALUE}).")
    private List<String> servers;

    @Option(names = "--rounds", description = "Turns of each server (default 5, quick 3).")
    private int rounds;

    @Option(names = "--warm-up", paramLabel = "MS", defaultValue = "-1",
        description = "Before each sample (default 3000, quick 1000).")
    private long warmUpMs;

    @Option(names = "--duration", paramLabel = "MS", description = "Of each sample (default 5000, quick 2000).")
    private long durationMs;

    @Option(names = "--znodes", description = "Of the large tree (default 1000000, quick 100000).")
    private long znodes;

    @Option(names = "--payload", defaultValue = "100", description = "Bytes per znode (default ${DEFAULT-VALUE}).")
    private int payload;

    @Option(names = "--force-sync", defaultValue = "yes",
        description = "yes: writes are on the disk before they are answered; no: not (default ${DEFAULT-VALUE}).")
    private String forceSync;

    @Option(names = "--dir", defaultValue = "caracal-bench-data",
        description = "Where the servers keep their data; made and removed (default ${DEFAULT-VALUE}).")
    private Path dir;

    @Override
    public Integer call() throws IOException
    {
        if (!compare.isEmpty())
        {
            System.out.print(new RunComparison(Json.read(compare.get(0)), Json.read(compare.get(1))).format());
            return 0;
        }

        final CompareContext how = context();
        WorkDirectory.prepare(dir);
        try
        {
            final Map<String, String> facts = Machine.facts(dir);
            head(how, facts);
            final Figures figures = new Figures();
            for (final Scenario scenario : SCENARIOS)
            {
                scenario.run(how, figures, line -> System.err.println("  " + line));
            }
            System.out.println();
            System.out.print(new FigureTable(ZooKeeperKind.NAME).format(figures));
            final List<Promises.Verdict> verdicts = check ? Promises.load().judge(figures) : List.of();
            verdicts.forEach(System.out::println);
            final Run run = new Run(facts, describe(how), how.toString(), command(), shapes(how), figures, verdicts);
            if (null != json)
            {
                Files.writeString(json, RunJson.write(run));
            }
            if (null != html)
            {
                Files.writeString(html, HtmlReport.write(run, ZooKeeperKind.NAME));
                System.out.println(System.lineSeparator() + "report: " + html.toAbsolutePath());
            }

            return verdicts.stream().allMatch(Promises.Verdict::kept) ? 0 : 1;
        }
        finally
        {
            IoUtil.delete(dir.toFile(), true);
        }
    }

    private CompareContext context()
    {
        if (!Set.of("yes", "no").contains(forceSync))
        {
            throw new IllegalArgumentException("--force-sync is yes or no");
        }
        final List<ServerKind> kinds = new ArrayList<>();
        for (final String name : servers)
        {
            final ServerKind kind = KINDS.stream().filter(k -> k.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server is called '" + name + "'"));
            kind.missing().ifPresentOrElse(
                why -> System.err.println("  left out: " + name + ": " + why), () -> kinds.add(kind));
        }

        return new CompareContext(kinds, dir, only, "yes".equals(forceSync), or(rounds, 5, 3),
            warmUpMs >= 0 ? warmUpMs : quick ? 1_000 : 3_000, or(durationMs, 5_000, 2_000),
            or(znodes, 1_000_000, 100_000), payload, quick ? 3_000 : 10_000);
    }

    private int or(final int given, final int full, final int brief)
    {
        return (int)or((long)given, full, brief);
    }

    private long or(final long given, final long full, final long brief)
    {
        return given > 0 ? given : quick ? brief : full;
    }

    private static void head(final CompareContext how, final Map<String, String> facts)
    {
        System.out.println("Machine");
        facts.forEach((name, value) -> System.out.println("  " + name + ": " + value));
        System.out.println("Servers");
        describe(how).forEach((name, what) -> System.out.println("  " + name + ": " + what));
        System.out.println("Parameters\n  " + how);
        System.out.println("Shapes");
        shapes(how).forEach((name, what) -> System.out.println(String.format(Locale.ROOT, "  %-18s %s", name, what)));
    }

    private static Map<String, String> describe(final CompareContext how)
    {
        final Map<String, String> servers = new LinkedHashMap<>();
        how.kinds().forEach(kind -> servers.put(kind.name(), kind.describe(how.forceSync())));
        return servers;
    }

    /** Of the shapes that are wanted, what each measures, by name. */
    private static Map<String, String> shapes(final CompareContext how)
    {
        final Map<String, String> shapes = new LinkedHashMap<>();
        SCENARIOS.forEach(scenario -> scenario.shapes(how).forEach((name, what) ->
        {
            if (how.wants(name))
            {
                shapes.put(name, what);
            }
        }));
        return shapes;
    }

    private String command()
    {
        return "caracal bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
