/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.fleet.SlowClient;
import io.caracal.bench.report.Figures;
import io.caracal.bench.servers.ServerKind;
import io.caracal.bench.servers.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One client that sends requests and never reads the replies, among others that do. */
final class SlowClientScenario implements Scenario
{
    private static final String NAME = "slow-client";
    private static final LoadShape OTHERS = LoadShape.ALL.get(0).named(NAME);
    private static final String KEY = "/bench/000000/0000000000";

    @Override
    public Map<String, String> shapes(final CompareContext how)
    {
        return Map.of(NAME, "reads-pipelined while one more client sends requests and takes no answers");
    }

    @Override
    public void run(final CompareContext how, final Figures figures, final Consumer<String> progress) throws IOException
    {
        if (!how.wants(NAME))
        {
            return;
        }

        final List<ServerKind> kinds = how.kinds().stream().filter(ServerKind::keepsTree).toList();
        try (ServerFleet fleet = new ServerFleet(how, NAME, kinds))
        {
            fleet.start(figures, progress);
            for (final ServerProcess server : fleet.servers())
            {
                LoadShape.prepare(server, how);
            }
            for (int round = 1; round <= how.rounds(); round++)
            {
                for (final ServerProcess server : fleet.servers())
                {
                    progress.accept(NAME + ": round " + round + " of " + how.rounds() + ", " + server.kind().name());
                    try (SlowClient slow = new SlowClient(server.address(), KEY))
                    {
                        figures.add(NAME, "taken", server.kind().name(), "B", (double)slow.askedBytes());
                        OTHERS.sample(server, how, round, figures);
                    }
                }
            }
        }
    }
}
