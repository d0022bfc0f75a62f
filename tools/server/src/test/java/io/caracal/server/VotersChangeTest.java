/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.launch.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Observers become voters: their server lines are changed and they are restarted, before the only voter is. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VotersChangeTest
{
    private static final int SIZE = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path dir;

    private final LaunchedServers servers = new LaunchedServers(SIZE);

    @AfterEach
    void close()
    {
        servers.close();
    }

    /** Waits until all have served and know with whom. Clients may be served a moment before that is written. */
    private void awaitServing(final EnsemblePlan plan, final String voters) throws Exception
    {
        for (int i = 0; i < SIZE; i++)
        {
            assertTrue(servers.get(i).awaitServing(LIMIT));
            final Path file = plan.members().get(i).dataDir().resolve(DataDirectory.OWN).resolve("voters");
            ReloadedServer.await(file + " with " + voters, () -> Files.exists(file) && Files.readString(file).equals(
                voters + "\n"));
        }
    }

    @Test
    void shouldNotHaveTwoLeaders() throws Exception
    {
        final EnsemblePlan before = EnsemblePlan.onFreePorts(1, 2, dir);
        before.prepare();
        for (int i = 0; i < SIZE; i++)
        {
            servers.launch(before, i);
        }
        awaitServing(before, "1");

        final EnsemblePlan after = new EnsemblePlan(before.members().stream().map(VotersChangeTest::voter).toList());
        servers.launch(after, 1);
        servers.launch(after, 2);
        for (final Server server : List.of(servers.get(1), servers.get(2)))
        {
            Pages.await(server.adminPort(), "/readyz",
                "or others voted when it last served), so that it votes when all voters look for a leader; one does " +
                    "not (server 1)");
        }
        assertEquals("leader", servers.get(0).role());

        servers.launch(after, 0);
        awaitServing(after, "1,2,3");
    }

    private static EnsemblePlan.Member voter(final EnsemblePlan.Member member)
    {
        return new EnsemblePlan.Member(member.serverId(), false, member.dataDir(), member.clientPort(),
            member.quorumPort(), member.electionPort());
    }
}
