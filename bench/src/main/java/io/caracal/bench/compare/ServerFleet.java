/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.report.Figures;

import io.caracal.bench.servers.RunningJvm;
import io.caracal.bench.servers.ServerKind;
import io.caracal.bench.servers.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.agrona.CloseHelper;

/** The servers of one scenario, each in a directory of its own. Closing the fleet ends them all. */
final class ServerFleet implements AutoCloseable
{
    private final List<ServerProcess> servers = new ArrayList<>();

    ServerFleet(final CompareContext how, final String name, final List<ServerKind> kinds) throws IOException
    {
        for (final ServerKind kind : kinds)
        {
            servers.add(new ServerProcess(kind, how.dir().resolve(name + "-" + kind.name()), how.forceSync()));
        }
    }

    void start(final Figures figures, final Consumer<String> progress)
    {
        for (final ServerProcess server : servers)
        {
            progress.accept("starting " + server.kind().name() + " on " + server.address());
            server.start();
            RunningJvm.tell(figures, server.kind().name(), server.pid());
        }
    }

    List<ServerProcess> servers()
    {
        return servers;
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(servers);
    }
}
