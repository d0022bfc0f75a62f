/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.admin.BrowserTab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads on the dashboards of an ensemble that cannot do its work, and that it fits on a phone. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TroubleOnDashboardTest
{
    private static final int SIZE = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PROBLEM = "document.getElementById('problem')";

    @TempDir
    private Path dir;

    private final Server[] servers = new Server[SIZE];
    private final HeldDisk[] disks = { new HeldDisk(), new HeldDisk(), new HeldDisk() };
    private EnsemblePlan plan;

    @AfterEach
    void close()
    {
        CloseHelper.closeAll(servers);
    }

    private void launch(final int... indexes)
    {
        for (final int index : indexes)
        {
            servers[index] = Server
                .launch(plan.context(plan.members().get(index)).fileSystem(disks[index]).set("admin.serverPort", "0"));
        }
    }

    private void awaitServing(final int... indexes) throws InterruptedException
    {
        for (final int index : indexes)
        {
            assertTrue(servers[index].awaitServing(LIMIT), "a server does not serve");
        }
    }

    private BrowserTab tab(final Path browser, final int index) throws Exception
    {
        return new BrowserTab(browser, dir.resolve("tab-" + index), "http://127.0.0.1:" + servers[index].adminPort() +
            "/", 390, 844, true);
    }

    private static void awaitProblem(final BrowserTab tab, final String text) throws Exception
    {
        tab.await("!" + PROBLEM + ".hidden && " + PROBLEM + ".textContent === '" + text + "'");
        assertEquals("true", tab.value("document.documentElement.scrollWidth <= window.innerWidth"),
            "the page is wider than a phone");
        assertEquals("true", tab.value(PROBLEM + ".scrollWidth <= " + PROBLEM + ".clientWidth"), "words are cut off");
    }

    @Test
    void shouldSayThatNoQuorumHasRoom() throws Exception
    {
        final Path browser = BrowserTab.browser("shouldSayThatNoQuorumHasRoom");
        plan = EnsemblePlan.onFreePorts(SIZE, 0, dir);
        plan.prepare();
        launch(0, 1, 2);
        awaitServing(0, 1, 2);
        CloseHelper.closeAll(servers);

        disks[0].fill();
        launch(0, 1);
        awaitServing(0, 1);
        try (BrowserTab full = tab(browser, 0); BrowserTab other = tab(browser, 1))
        {
            awaitProblem(full, "Writes are refused: the disk of the log has no room.");
            awaitProblem(other, "Writes are refused: no quorum of servers has room on its disks.");
        }
    }

    @Test
    void shouldSayWhyAnElectionDoesNotEndUntilItDoes() throws Exception
    {
        final Path browser = BrowserTab.browser("shouldSayWhyAnElectionDoesNotEndUntilItDoes");
        plan = EnsemblePlan.onFreePorts(SIZE, 0, dir);
        plan.prepare();
        launch(0, 1);
        try (BrowserTab tab = tab(browser, 1))
        {
            awaitProblem(tab, "This server answers no clients now: no leader: the disk of this server holds no " +
                "history, so that it votes when all voters are linked and none holds any, or when a file named " +
                "initialize in its dataDir says that the disk is new; one that is missing or holds history (server " +
                "3).");
            assertEquals("looking", tab.value("document.getElementById('role').textContent"));

            launch(2);
            tab.await(PROBLEM + ".hidden");
            tab.await("['leader', 'follower'].includes(document.getElementById('role').textContent)");
        }
    }
}
