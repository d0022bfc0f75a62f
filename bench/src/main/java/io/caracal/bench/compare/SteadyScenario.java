/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.servers.ProcessFigures;
import io.caracal.bench.servers.ServerProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.caracal.bench.report.Figures;
import io.caracal.bench.run.Attempts;

/** Measures rates and latencies of single operations on a small tree, and what an idle server costs. */
final class SteadyScenario implements Scenario
{
    private static final String IDLE = "idle";

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        final Map<String, String> shapes = new LinkedHashMap<>();
        LoadShape.ALL.forEach(shape -> shapes.put(shape.name(), shape.describe(how)));
        shapes.put(IDLE, String.format(Locale.ROOT, "processor time of the process over %,d ms without any client",
            how.idleMs()));
        return shapes;
    }

    @Override
    public void run(final CompareContext how, final Figures figures, final Consumer<String> progress) throws IOException
    {
        final List<LoadShape> shapes = LoadShape.ALL.stream().filter(shape -> how.wants(shape.name())).toList();
        if (shapes.isEmpty() && !how.wants(IDLE))
        {
            return;
        }

        try (ServerFleet fleet = new ServerFleet(how, "steady", how.kinds()))
        {
            fleet.start(figures, progress);
            for (final ServerProcess server : fleet.servers())
            {
                progress.accept("filling " + server.kind().name());
                LoadShape.prepare(server, how);
            }
            final Attempts attempts = new Attempts(figures, progress);
            for (final LoadShape shape : shapes)
            {
                attempts.run(shape.name(), () -> measure(shape, fleet, how, figures, progress));
            }
            if (how.wants(IDLE))
            {
                attempts.run(IDLE, () -> idle(fleet, how, figures, progress));
            }
        }
    }

    private static void measure(
        final LoadShape shape, final ServerFleet fleet, final CompareContext how, final Figures figures,
        final Consumer<String> progress)
    {
        for (int round = 1; round <= how.rounds(); round++)
        {
            for (final ServerProcess server : fleet.servers())
            {
                progress.accept(shape.name() + ": round " + round + " of " + how.rounds() + ", " + server.kind()
                    .name());
                shape.sample(server, how, round, figures);
            }
        }
    }

    private static void idle(
        final ServerFleet fleet, final CompareContext how, final Figures figures, final Consumer<String> progress)
    {
        for (int round = 1; round <= how.rounds(); round++)
        {
            for (final ServerProcess server : fleet.servers())
            {
                progress.accept(IDLE + ": round " + round + " of " + how.rounds() + ", " + server.kind().name());
                figures.add(IDLE, "cpu", server.kind().name(), "%",
                    ProcessFigures.processorPercent(server.pid(), how.idleMs()));
            }
        }
    }
}
