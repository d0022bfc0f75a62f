/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.report.Figures;
import io.caracal.bench.run.Attempts;
import io.caracal.bench.run.Part;
import io.caracal.bench.run.RunOptions;

import io.caracal.bench.servers.ServerKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Compares standalone servers side by side. */
public final class Comparison implements Part
{
    private static final List<Scenario> SCENARIOS = List.of(new SteadyScenario(), new LoadedScenario(),
        new CrowdScenario(), new SlowClientScenario(), new LargeTreeScenario(), new TreeGrowthScenario());

    private static final long ZNODES_MIN = 1_000;
    private static final long ZNODES_MAX = 100_000_000;
    /**
     * Longest payload. By default servers limit the length of a request (jute.maxbuffer), and the path needs room too.
     */
    private static final int PAYLOAD_MAX = 1_000_000;

    private final CompareContext how;
    private final String typed;

    private Comparison(final CompareContext how, final String typed)
    {
        this.how = how;
        this.typed = typed;
    }

    /**
     * Creates a comparison; nothing is measured yet.
     *
     * @param run     options of every run.
     * @param kinds   of servers, in the order of their turns.
     * @param only    shapes to measure; empty: all that take no more than minutes.
     * @param znodes  of the large tree; null for the default.
     * @param payload bytes of a znode.
     * @return the part.
     * @throws IllegalArgumentException when a number is out of range.
     */
    public static Comparison of(
        final RunOptions run, final List<ServerKind> kinds, final Set<String> only, final Long znodes,
        final int payload)
    {
        final long size = RunOptions.inRange("--znodes", run.or("--znodes", znodes, 1_000_000, 100_000), ZNODES_MIN,
            ZNODES_MAX);
        RunOptions.inRange("--payload", payload, 0, PAYLOAD_MAX);
        final CompareContext how = new CompareContext(kinds, run.dir(), only, run.isForced(), run.rounds(),
            run.warmUpMs(), run.durationMs(), size, payload, run.isQuick() ? 2_000 : 5_000);
        return new Comparison(how, run.typed() + " --servers " + String.join(",", kinds.stream().map(ServerKind::name)
            .toList()) + " --znodes " + size + " --payload " + payload);
    }

    /**
     * Whether there is a shape of this name.
     *
     * @param name as typed.
     * @return true when it can be measured.
     */
    public static boolean knows(final String name)
    {
        return name.equals(CompareContext.ALL) || CrowdScenario.isCrowd(name) || names().contains(name);
    }

    /**
     * Returns the names of all shapes.
     *
     * @return in the order in which they are measured.
     */
    public static List<String> names()
    {
        final List<String> names = new ArrayList<>();
        final CompareContext any = new CompareContext(List.of(), null, Set.of(), true, 1, 0, 0, 0, 0, 0);
        SCENARIOS.forEach(scenario -> names.addAll(scenario.shapes(any).keySet()));
        return names;
    }

    @Override
    public Map<String, String> servers()
    {
        final Map<String, String> servers = new LinkedHashMap<>();
        how.kinds().forEach(kind -> servers.put(kind.name(), kind.describe(how.forceSync())));
        return servers;
    }

    @Override
    public String parameters()
    {
        return how.toString();
    }

    @Override
    public Map<String, String> shapes()
    {
        final Map<String, String> shapes = new LinkedHashMap<>();
        SCENARIOS.forEach(scenario -> scenario.shapes(how).forEach((name, what) ->
        {
            if (how.wants(name))
            {
                shapes.put(name, what + "; again: caracal bench --only " + name + " " + typed);
            }
        }));
        return shapes;
    }

    @Override
    public Map<String, String> sizes()
    {
        final Map<String, String> sizes = new HashMap<>();
        SCENARIOS.forEach(scenario -> sizes.putAll(scenario.sizes(how)));
        return sizes;
    }

    @Override
    public void measure(final Figures figures, final Consumer<String> progress)
    {
        final Attempts attempts = new Attempts(figures, progress);
        SCENARIOS.forEach(scenario -> attempts.run(wanted(scenario), () -> scenario.run(how, figures, progress)));
    }

    private String wanted(final Scenario scenario)
    {
        return scenario.shapes(how).keySet().stream().filter(how::wants).collect(Collectors.joining(", "));
    }
}
