/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.fleet.Fleet;
import io.caracal.bench.report.Figures;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Many sessions: how soon each of many watchers hears of a change, and what sessions that do nothing cost. */
final class CrowdScenario implements Scenario
{
    static final String WATCHERS_MANY = "watchers-100000";
    static final String SESSIONS = "sessions-100000";

    private static final String PATH = "/watched";
    private static final int MANY = 100_000;
    private static final int TIMEOUT_MS = 40_000;
    private static final int FIRES_FEW = 300;
    private static final int FIRES_MANY = 3;
    private static final int WATCHERS_FEW_MAX = 1_000;
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_S = 1e9;

    private static final Map<String, Integer> WATCHERS = new LinkedHashMap<>();

    static
    {
        WATCHERS.put("watchers-1", 1);
        WATCHERS.put("watchers-1000", WATCHERS_FEW_MAX);
        WATCHERS.put(WATCHERS_MANY, MANY);
    }

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        final Map<String, String> shapes = new LinkedHashMap<>();
        WATCHERS.forEach((name, count) -> shapes.put(name, String.format(Locale.ROOT,
            "%,d session(s) watch one znode, one of them changes it: from the moment the change is sent until each " +
                "session has the event; like: caracal bench --only %s", count, name)));
        shapes.put(SESSIONS, String.format(Locale.ROOT,
            "%,d sessions connect, idle for %,d ms, lose all connections at once and take their sessions up again; " +
                "like: caracal bench --only %s", MANY, how.idleMs(), SESSIONS));
        return shapes;
    }

    @Override
    public void run(final CompareContext how, final Figures figures, final Consumer<String> progress) throws IOException
    {
        if (WATCHERS.keySet().stream().noneMatch(how::wants) && !how.wants(SESSIONS))
        {
            return;
        }

        final List<ServerKind> kinds = how.kinds().stream().filter(ServerKind::keepsTree).toList();
        try (ServerFleet servers = new ServerFleet(how, "crowd", kinds))
        {
            servers.start(progress);
            for (final Map.Entry<String, Integer> shape : WATCHERS.entrySet())
            {
                watchers(shape.getKey(), shape.getValue(), how, servers, figures, progress);
            }
            sessions(how, servers, figures, progress);
        }
    }

    private static void watchers(
        final String shape, final int count, final CompareContext how, final ServerFleet servers, final Figures figures,
        final Consumer<String> progress) throws IOException
    {
        if (!how.wants(shape) || !Descriptors.suffice(shape, count, progress))
        {
            return;
        }

        for (int round = 1; round <= how.rounds(); round++)
        {
            for (final ServerProcess server : servers.servers())
            {
                progress.accept(shape + ": round " + round + " of " + how.rounds() + ", " + server.kind().name());
                watchers(shape, count, server, figures);
            }
        }
    }

    private static void watchers(
        final String shape, final int count, final ServerProcess server, final Figures figures) throws IOException
    {
        final String of = server.kind().name();
        final Histogram all = new Histogram(3);
        final Histogram lasts = new Histogram(3);
        try (Fleet fleet = new Fleet(List.of(server.address()), count, TIMEOUT_MS))
        {
            fleet.connect();
            final int fires = count > WATCHERS_FEW_MAX ? FIRES_MANY : FIRES_FEW;
            for (int i = 0; i < fires; i++)
            {
                fleet.watch(PATH);
                final Histogram arrivals = fleet.fire(PATH);
                all.add(arrivals);
                lasts.recordValue(arrivals.getMaxValue());
            }
        }

        figures.addLatencies(shape, of, all);
        figures.add(shape, "p50", of, "us", all.getValueAtPercentile(50) / NS_PER_US);
        figures.add(shape, "p99", of, "us", all.getValueAtPercentile(99) / NS_PER_US);
        figures.add(shape, "last", of, "us", lasts.getValueAtPercentile(50) / NS_PER_US);
    }

    private static void sessions(
        final CompareContext how, final ServerFleet servers, final Figures figures, final Consumer<String> progress)
        throws IOException
    {
        if (!how.wants(SESSIONS) || !Descriptors.suffice(SESSIONS, MANY, progress))
        {
            return;
        }

        for (final ServerProcess server : servers.servers())
        {
            progress.accept(SESSIONS + ": " + server.kind().name());
            sessions(how, server, figures);
        }
    }

    private static void sessions(final CompareContext how, final ServerProcess server, final Figures figures)
        throws IOException
    {
        final String of = server.kind().name();
        final long residentBefore = ProcessFigures.residentBytes(server.pid());
        final OptionalLong ledgerBefore = CaracalKind.ledger(server);
        try (Fleet fleet = new Fleet(List.of(server.address()), MANY, TIMEOUT_MS))
        {
            figures.add(SESSIONS, "connect", of, "/s", MANY * NS_PER_S / fleet.connect());
            figures.add(SESSIONS, "resident", of, "B",
                (double)(ProcessFigures.residentBytes(server.pid()) - residentBefore) / MANY);
            final OptionalLong ledger = CaracalKind.ledger(server);
            if (ledger.isPresent() && ledgerBefore.isPresent())
            {
                figures.add(SESSIONS, "ledger", of, "B", (double)(ledger.getAsLong() - ledgerBefore.getAsLong()) /
                    MANY);
            }

            final double beforeS = ProcessFigures.processorS(server.pid());
            final long startNs = System.nanoTime();
            fleet.idle(how.idleMs());
            figures.add(SESSIONS, "idle-cpu", of, "%", 100 * (ProcessFigures.processorS(server.pid()) - beforeS) /
                ((System.nanoTime() - startNs) / NS_PER_S));
            fleet.disconnect();
            figures.add(SESSIONS, "reconnect", of, "/s", MANY * NS_PER_S / fleet.connect());
        }
    }
}
