/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.fleet.Fleet;
import io.caracal.bench.report.Figures;
import io.caracal.bench.run.Attempts;

import io.caracal.bench.servers.Descriptors;
import io.caracal.bench.servers.ProcessFigures;
import io.caracal.bench.servers.ServerKind;
import io.caracal.bench.servers.ServerProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;

/**
 * Many sessions: measures how soon each of many watchers hears of a change, and what idle sessions cost. The name of a
 * shape can ask for any number of them.
 */
final class CrowdScenario implements Scenario
{
    static final String WATCHERS = "watchers-";
    static final String SESSIONS = "sessions-";
    static final int MANY = 100_000;

    private static final String PATH = "/watched";
    private static final int TIMEOUT_MS = 40_000;
    private static final int FIRES_MAX = 300;
    private static final int FIRES_MIN = 3;
    private static final int EVENTS_PER_ROUND = 20_000;
    private static final int WATCHERS_FEW_MAX = 1_000;
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_S = 1e9;

    /** Whether a shape has the name of a crowd, of whatever size. */
    static boolean isCrowd(final String shape)
    {
        return shape.matches("(watchers|sessions)-[1-9][0-9]{0,6}");
    }

    private static int size(final String shape)
    {
        return Integer.parseInt(shape.substring(shape.indexOf('-') + 1));
    }

    private static String fewer(final String shape)
    {
        return "caracal bench --only " + shape.substring(0, shape.indexOf('-') + 1) + "%d";
    }

    private static Set<String> names(final CompareContext how)
    {
        final Set<String> names = new LinkedHashSet<>(List.of(WATCHERS + 1, WATCHERS + WATCHERS_FEW_MAX, WATCHERS +
            MANY, SESSIONS + MANY));
        how.only().stream().filter(CrowdScenario::isCrowd).forEach(names::add);
        return names;
    }

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        final Map<String, String> shapes = new LinkedHashMap<>();
        names(how).forEach(name -> shapes.put(name,
            String.format(Locale.ROOT, "%,d ", size(name)) + (name.startsWith(WATCHERS) ?
                "session(s) watch one znode, one of them changes it: from the moment the change is sent " +
                    "until each session has the event; from 10,000 on memory of each watch" :
                "sessions connect, idle for " + how.idleMs() + " ms, lose all connections at once and take their " +
                    "sessions up again, as far as these are not over by then (lost); connections that broke before " +
                    "that (broken), and sessions that were over before that (idle-lost); memory of each session")));
        return shapes;
    }

    @Override
    public void run(final CompareContext how, final Figures figures, final Consumer<String> progress)
    {
        final List<ServerKind> kinds = how.kinds().stream().filter(ServerKind::keepsTree).toList();
        final Attempts attempts = new Attempts(figures, progress);
        for (final String shape : names(how))
        {
            if (how.wants(shape) && Descriptors.suffice(shape, size(shape), 1, fewer(shape), figures))
            {
                attempts.run(shape, () -> run(shape, how, kinds, figures, progress));
            }
        }
    }

    /** Measures one crowd on new servers. On used ones, memory of an earlier crowd would be counted for this one. */
    private static void run(
        final String shape, final CompareContext how, final List<ServerKind> kinds, final Figures figures,
        final Consumer<String> progress) throws IOException
    {
        final int rounds = shape.startsWith(SESSIONS) ? 1 : size(shape) < WATCHERS_FEW_MAX ? how.rounds() :
            how.fewRounds();
        try (ServerFleet servers = new ServerFleet(how, shape, kinds))
        {
            servers.start(figures, progress);
            for (int round = 1; round <= rounds; round++)
            {
                for (final ServerProcess server : servers.servers())
                {
                    progress.accept(shape + ": round " + round + " of " + rounds + ", " + server.kind().name());
                    measure(shape, how, round, server, figures);
                }
            }
        }
    }

    private static void measure(
        final String shape, final CompareContext how, final int round, final ServerProcess server,
        final Figures figures) throws IOException
    {
        final CrowdMemory memory = new CrowdMemory(server);
        try (Fleet fleet = new Fleet(List.of(server.address()), size(shape), TIMEOUT_MS))
        {
            if (shape.startsWith(WATCHERS))
            {
                fleet.connect();
                watch(shape, round, fleet, server, figures);
            }
            else
            {
                figures.add(shape, "connect", server.kind().name(), "/s", size(shape) * NS_PER_S / fleet.connect());
                memory.add(figures, shape, "", size(shape));
                idle(shape, how, fleet, server, figures);
            }
        }
    }

    private static void watch(
        final String shape, final int round, final Fleet fleet, final ServerProcess server, final Figures figures)
        throws IOException
    {
        final int count = size(shape);
        final Histogram all = new Histogram(3);
        final Histogram lasts = new Histogram(3);
        fleet.create(PATH);
        final int fires = Math.max(FIRES_MIN, Math.min(FIRES_MAX, EVENTS_PER_ROUND / count));
        for (int i = 0; i < fires; i++)
        {
            if (i == 0 && round == 1 && count >= CrowdMemory.THINGS_MIN)
            {
                final CrowdMemory memory = new CrowdMemory(server);
                fleet.watch(PATH);
                memory.add(figures, shape, "", count);
            }
            else
            {
                fleet.watch(PATH);
            }
            final Histogram arrivals = fleet.fire(PATH);
            all.add(arrivals);
            lasts.recordValue(arrivals.getMaxValue());
        }

        final String of = server.kind().name();
        figures.addLatencies(shape, of, all);
        figures.add(shape, "p50", of, "us", all.getValueAtPercentile(50) / NS_PER_US);
        figures.add(shape, "p99", of, "us", all.getValueAtPercentile(99) / NS_PER_US);
        figures.add(shape, "last", of, "us", lasts.getValueAtPercentile(50) / NS_PER_US);
    }

    private static void idle(
        final String shape, final CompareContext how, final Fleet fleet, final ServerProcess server,
        final Figures figures) throws IOException
    {
        final String of = server.kind().name();
        final double beforeS = ProcessFigures.processorS(server.pid());
        final long startNs = System.nanoTime();
        final int broken = fleet.idle(how.idleMs());
        figures.add(shape, "idle-cpu", of, "%", 100 * (ProcessFigures.processorS(server.pid()) - beforeS) /
            ((System.nanoTime() - startNs) / NS_PER_S));
        figures.add(shape, "broken", of, "", broken);
        figures.add(shape, "idle-lost", of, "", fleet.lost());
        fleet.disconnect();
        figures.add(shape, "reconnect", of, "/s", size(shape) * NS_PER_S / fleet.connect());
        figures.add(shape, "lost", of, "", fleet.lost());
    }
}
