/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the servers of an ensemble address each other, and how they wait for each other. */
class PeerAddressTest
{
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_NS = 2_000_000;

    private final List<Server> servers = new ArrayList<>();

    @TempDir
    private Path dir;

    @AfterEach
    void close()
    {
        CloseHelper.closeAll(servers);
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost", "[::1]" })
    void shouldFindPeersByNameAndByTheAddressesOfIpv6(final String host) throws Exception
    {
        assumeTrue(!host.startsWith("[") || hasIpv6(), "this machine has no IPv6");
        launch(host, "block");

        final String overview = Pages.get(servers.get(0).adminPort(), "/api/overview").body();
        assertTrue(overview.contains("\"address\" : \"" + host + ":"), overview);
    }

    @ParameterizedTest
    @ValueSource(strings = { "backoff", "yield", "spin" })
    void shouldFormAnEnsembleWithEveryWayOfWaiting(final String idle) throws Exception
    {
        launch(EnsemblePlan.HOST, idle);
    }

    @Test
    void shouldBearTheIdOfTheServerInTheNameOfItsLog()
    {
        final EnsemblePlan plan = EnsemblePlan.onFreePorts(3, 0, dir);
        plan.prepare();
        assertEquals("io.caracal.server.Server-2", OwnServer.of(plan.context(plan.members().get(1)).conclude()).log()
            .getName());
    }

    private void launch(final String host, final String idle) throws InterruptedException
    {
        final EnsemblePlan plan = EnsemblePlan.onFreePorts(3, 0, dir);
        plan.prepare();
        for (final EnsemblePlan.Member member : plan.members())
        {
            final ServerContext context = plan.context(member).set("idle", idle).set("admin.serverPort", "0");
            plan.members().forEach(each -> context.set(each.key(), each.line().replaceFirst("127\\.0\\.0\\.1", host)));
            servers.add(Server.launch(context));
        }
        for (final Server server : servers)
        {
            assertTrue(server.awaitServing(LIMIT), "a server does not serve");
        }

        awaitRoles("follower", "follower", "leader");
    }

    /** Waits, because the servers may elect once more when the machine stalls. */
    private void awaitRoles(final String... expected)
    {
        final long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (!List.of(expected).equals(servers.stream().map(Server::role).sorted().toList()))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "roles: " + servers.stream().map(Server::role)
                .toList());
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static boolean hasIpv6()
    {
        final byte[] loopback = new byte[16];
        loopback[15] = 1;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(loopback)))
        {
            return socket.isBound();
        }
        catch (final IOException ex)
        {
            return false;
        }
    }
}
