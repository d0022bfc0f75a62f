/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When no quorum has room on its disks, every server of the ensemble says so, even one whose own disk has room. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuorumRoomTest
{
    private static final int SIZE = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** User and hash for the password "secret". */
    private static final String SUPER = "super:lK75jTNcA+U9vtVEw5vB51mj/w4=";

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Server[] servers = new Server[SIZE];
    private final HeldDisk[] disks = { new HeldDisk(), new HeldDisk(), new HeldDisk() };
    private EnsemblePlan plan;

    @AfterEach
    void close()
    {
        CloseHelper.closeAll(servers);
    }

    private Server launch(final int index)
    {
        servers[index] =
            Server.launch(plan.context(plan.members().get(index)).fileSystem(disks[index]).set("admin.serverPort", "0")
                .set("metricsProvider.httpPort", "0").set("DigestAuthenticationProvider.superDigest", SUPER));

        return servers[index];
    }

    private static void awaitServing(final Server... launched) throws InterruptedException
    {
        for (final Server server : launched)
        {
            assertTrue(server.awaitServing(LIMIT), "a server does not serve");
        }
    }

    private void assertRestoreRefused(final Server server, final String reason) throws Exception
    {
        final HttpResponse<String> reply = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" +
            server.adminPort() + "/commands/restore")).timeout(LIMIT).header("Authorization", "digest super:secret")
            .POST(HttpRequest.BodyPublishers.ofString("not looked at")).build(), HttpResponse.BodyHandlers.ofString());

        assertEquals(500, reply.statusCode(), reply.body());
        assertTrue(reply.body().contains(reason) && reply.body().contains("nothing was changed"), reply.body());
    }

    @Test
    void shouldSayOnEachOfTwoServersThatBothAreNeededAndOneHasNoRoom() throws Exception
    {
        plan = EnsemblePlan.onFreePorts(SIZE, 0, dir);
        plan.prepare();
        awaitServing(launch(0), launch(1), launch(2));
        assertFalse(Pages.get(servers[0].adminPort(), "/readyz").body().contains("[!]"));
        CloseHelper.closeAll(servers);

        disks[0].fill();
        final Server full = launch(0);
        final Server other = launch(1);
        awaitServing(full, other);
        Pages.await(full.adminPort(), "/readyz", "[!] disk: no room");
        Pages.await(other.adminPort(), "/readyz", "[+] disk: has room");
        for (final Server server : List.of(full, other))
        {
            Pages.await(server.adminPort(), "/readyz", "[!] quorum: no quorum of servers has room on its disks");
            final String figures = Pages.get(server.metricsPort(), "/metrics").body();
            assertTrue(figures.contains("caracal_quorum_lacks_room 1"), figures);
        }
        assertRestoreRefused(full, "the disk of the log has no room");
        assertRestoreRefused(other, "no quorum of servers has room on its disks");
    }
}
