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
import org.agrona.CloseHelper;
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

    private final Server[] servers = new Server[SIZE];

    @AfterEach
    void close()
    {
        CloseHelper.closeAll(servers);
    }

    private void launch(final EnsemblePlan plan, final int index)
    {
        CloseHelper.close(servers[index]);
        servers[index] = Server.launch(plan.context(plan.members().get(index)).set("admin.serverPort", "0")
            .set("standaloneEnabled", "false"));
    }

    private String voters(final EnsemblePlan.Member member) throws Exception
    {
        return Files.readString(member.dataDir().resolve(DataDirectory.OWN).resolve("voters"));
    }

    @Test
    void shouldNotHaveTwoLeaders() throws Exception
    {
        final EnsemblePlan before = EnsemblePlan.onFreePorts(1, 2, dir);
        before.prepare();
        for (int i = 0; i < SIZE; i++)
        {
            launch(before, i);
        }
        for (final Server server : servers)
        {
            assertTrue(server.awaitServing(LIMIT));
        }

        final EnsemblePlan after = new EnsemblePlan(before.members().stream().map(VotersChangeTest::voter).toList());
        launch(after, 1);
        launch(after, 2);
        for (final Server server : List.of(servers[1], servers[2]))
        {
            Pages.await(server.adminPort(), "/readyz",
                "or others voted when it last served), so that it votes when all voters look for a leader; one does " +
                    "not (server 1)");
        }
        assertEquals("leader", servers[0].role());
        assertEquals("1\n", voters(before.members().get(2)));

        launch(after, 0);
        for (final Server server : servers)
        {
            assertTrue(server.awaitServing(LIMIT));
        }
        CloseHelper.closeAll(servers);
        assertEquals("1,2,3\n", voters(after.members().get(2)));
    }

    private static EnsemblePlan.Member voter(final EnsemblePlan.Member member)
    {
        return new EnsemblePlan.Member(member.serverId(), false, member.dataDir(), member.clientPort(),
            member.quorumPort(), member.electionPort());
    }
}
