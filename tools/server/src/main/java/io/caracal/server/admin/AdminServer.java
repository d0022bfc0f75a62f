/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.config.OwnPages;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.http.HttpDoor;
import io.caracal.server.metrics.LatencyWindow;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The admin server. Maps paths to pages. */
public final class AdminServer implements AutoCloseable
{
    private final HttpDoor door;
    private final EditorClients editors;
    private final AdminRhythm rhythm;

    /**
     * Binds the port; {@link #open} starts to answer.
     *
     * @param address to listen on.
     * @param facts   that it may show.
     * @param actions that it may take.
     * @throws IOException when the port is taken.
     */
    public AdminServer(final InetSocketAddress address, final AdminFacts facts, final AdminActions actions)
        throws IOException
    {
        final LatencyWindow window = new LatencyWindow(facts.words().metrics());
        final Settings settings = facts.words().settings();
        final String commands = settings.text(ServerProperty.ADMIN_COMMAND_URL);
        editors = new EditorClients(actions.clientAddress(), facts.clock(), LatencyWindow.SAMPLE_MS);
        final CommandPage answers = new CommandPage(commands, facts, new SnapshotCommands(facts, actions));
        door = new HttpDoor("caracal-admin", address, settings.integer(ServerProperty.ADMIN_IDLE_TIMEOUT))
            .page(commands, answers)
            .page(OwnPages.DASHBOARD, new DashboardPage()).page(OwnPages.SCRIPT, new DashboardPage())
            .page(OwnPages.STYLE, new DashboardPage()).page(OwnPages.OVERVIEW, new OverviewPage(facts, window))
            .page(OwnPages.ZNODE, new ZnodePage(facts, editors));
        Command.namesOfLists().forEach(name -> door.longPage(commands + "/" + name, answers));
        Probes.on(door, facts);
        rhythm = new AdminRhythm(LatencyWindow.SAMPLE_MS, () -> window.sample(facts.clock().nanoTime()), editors::tick);
    }

    /** Starts to answer. */
    public void open()
    {
        rhythm.begin();
        door.open();
    }

    /**
     * The address on which it listens.
     *
     * @return as bound.
     */
    public InetSocketAddress address()
    {
        return door.address();
    }

    @Override
    public void close()
    {
        // Aborts changes for which threads of the door wait, so that these threads can end.
        editors.close();
        try
        {
            door.close();
        }
        finally
        {
            rhythm.close();
        }
    }
}
