/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.report.Figures;
import io.caracal.bench.run.Attempts;
import io.caracal.bench.run.Part;
import io.caracal.bench.run.RunOptions;
import io.caracal.bench.servers.RunningJvm;
import io.caracal.bench.servers.ServerKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.agrona.CloseHelper;

/** Compares ensembles side by side. All are started before the first shape and ended after the last. */
public final class EnsembleComparison implements Part
{
    private static final Set<String> BRIEF = Set.of("write-at-leader", "writes-pipelined", "reads-pipelined",
        "failover-kill");
    private static final int BRIEF_CHANGES = 5;
    private static final int QUICK_CHANGES = 3;
    private static final int CHANGES = 30;
    private static final String ALL = "all";

    private final EnsembleSettings settings;
    private final List<ServerKind> kinds;
    private final List<EnsembleShape> shapes;
    private final RunOptions run;

    private EnsembleComparison(
        final RunOptions run, final EnsembleSettings settings, final List<ServerKind> kinds,
        final List<EnsembleShape> shapes)
    {
        this.run = run;
        this.settings = settings;
        this.kinds = kinds.stream().filter(ServerKind::keepsTree).toList();
        this.shapes = shapes;
    }

    /**
     * Creates a comparison that by default measures only the most important shapes, within two minutes.
     *
     * @param run     options of every run.
     * @param kinds   of servers, in the order of their turns; those without a tree are left out.
     * @param only    shapes by their names in figures; empty: the most important ones.
     * @param options of ensembles.
     * @return the part.
     */
    public static Part brief(
        final RunOptions run, final List<ServerKind> kinds, final Set<String> only, final EnsembleOptions options)
    {
        final EnsembleSettings settings = options.settings(run, BRIEF_CHANGES, QUICK_CHANGES);
        return new EnsembleComparison(run, settings, kinds, all(settings).stream().filter(shape -> only.isEmpty() ?
            BRIEF.contains(shape.name()) : only.contains(settings.prefix() + shape.name()) || only.contains(ALL))
            .toList());
    }

    /**
     * Creates a comparison that by default measures every shape.
     *
     * @param run     options of every run.
     * @param kinds   of servers, in the order of their turns.
     * @param only    shapes by their names, with or without the prefix that they have in figures; empty: all.
     * @param options of ensembles.
     * @return the part.
     * @throws IllegalArgumentException when one of the names is unknown.
     */
    public static Part full(
        final RunOptions run, final List<ServerKind> kinds, final Set<String> only, final EnsembleOptions options)
    {
        final EnsembleSettings settings = options.settings(run, CHANGES, QUICK_CHANGES);
        final List<EnsembleShape> all = all(settings);
        for (final String name : only)
        {
            if (all.stream().noneMatch(shape -> is(shape, name, settings)))
            {
                throw new IllegalArgumentException(name.equals(Trouble.CUT.shape()) ? name +
                    " needs network name spaces: --islands" :
                    "no shape is called '" + name + "'; there are " +
                        all.stream().map(EnsembleShape::name).toList());
            }
        }

        return new EnsembleComparison(run, settings, kinds, all.stream().filter(shape -> only.isEmpty() || only.stream()
            .anyMatch(name -> is(shape, name, settings))).toList());
    }

    private static boolean is(final EnsembleShape shape, final String name, final EnsembleSettings settings)
    {
        return name.equals(shape.name()) || name.equals(settings.prefix() + shape.name());
    }

    private static List<EnsembleShape> all(final EnsembleSettings settings)
    {
        final List<EnsembleShape> all = new ArrayList<>(LoadOnEnsemble.ALL);
        Arrays.stream(Trouble.values()).filter(trouble -> settings.isApart() || trouble != Trouble.CUT)
            .map(FailoverShape::new).forEach(all::add);
        all.add(new ReconnectShape());
        all.add(new WatchersShape());
        all.add(new IdleShape());
        all.add(CatchUpShape.few());
        all.add(CatchUpShape.many());
        all.add(CatchUpShape.log());
        return all;
    }

    /**
     * Returns the names that the shapes of an ensemble of three have in figures. {@link #brief} knows no others.
     *
     * @param isForced whether writes are forced before they are answered; names say so.
     * @return in the order in which they are measured.
     */
    public static List<String> names(final boolean isForced)
    {
        final EnsembleSettings settings = new EnsembleSettings(3, isForced, 1, 1, 0, 0, 0, 0, 0, false);
        return all(settings).stream().map(shape -> settings.prefix() + shape.name()).toList();
    }

    @Override
    public Map<String, String> servers()
    {
        final Map<String, String> servers = new LinkedHashMap<>();
        kinds.forEach(kind -> servers.put(kind.name(), kind.describe(settings.forceSync())));
        return servers;
    }

    @Override
    public String parameters()
    {
        return settings.toString();
    }

    @Override
    public Map<String, String> shapes()
    {
        final Map<String, String> lines = new LinkedHashMap<>();
        shapes.forEach(shape -> lines.put(settings.prefix() + shape.name(), shape.description(settings) +
            "; again: caracal bench ensemble --only " + shape.name() + " --size " + settings.size() + " " +
            run.typed() + " --servers " + String.join(",", servers().keySet()) + shape.typed(settings) +
            (settings.isApart() ? " --islands" : "")));
        return lines;
    }

    @Override
    public Map<String, String> sizes()
    {
        final Map<String, String> sizes = new HashMap<>();
        shapes.forEach(shape -> shape.size(settings).ifPresent(size -> sizes.put(settings.prefix() + shape.name(),
            size)));
        return sizes;
    }

    @Override
    public void measure(final Figures figures, final Consumer<String> progress)
    {
        if (shapes.isEmpty() || kinds.isEmpty())
        {
            return;
        }

        final EnsembleRun ensembleRun = new EnsembleRun(settings, figures, progress);
        final List<LocalEnsemble> ensembles = new ArrayList<>();
        try
        {
            for (final ServerKind kind : kinds)
            {
                progress.accept("starting " + settings.size() + " servers of " + kind.name());
                final LocalEnsemble ensemble = new LocalEnsemble(kind, run.dir(), settings);
                ensembles.add(ensemble);
                ensemble.start();
                RunningJvm.tell(figures, kind.name() + " (ensemble)", ensemble.member(0).pid());
            }
            final Attempts attempts = new Attempts(figures, progress);
            for (final EnsembleShape shape : shapes)
            {
                if (!attempts.run(settings.prefix() + shape.name(), () -> shape.measure(ensembles, ensembleRun)))
                {
                    // The next shape needs whole ensembles: without them it is not measured.
                    ensembles.forEach(LocalEnsemble::awaitWhole);
                }
            }
        }
        finally
        {
            CloseHelper.closeAll(ensembles);
        }
    }
}
