/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.util.Arrays;
import org.agrona.CloseHelper;

/** The servers of a plan, launched one by one in this process, each with an admin server on a free port. */
final class LaunchedServers implements AutoCloseable
{
    private final Server[] servers;

    LaunchedServers(final int size)
    {
        servers = new Server[size];
    }

    /** Launches a server as a member, even of an ensemble of one; one that runs in its place is closed before. */
    void launch(final EnsemblePlan plan, final int index)
    {
        CloseHelper.close(servers[index]);
        servers[index] = Server.launch(plan.context(plan.members().get(index)).set("admin.serverPort", "0")
            .set("standaloneEnabled", "false"));
    }

    Server get(final int index)
    {
        return servers[index];
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(Arrays.asList(servers));
    }
}
