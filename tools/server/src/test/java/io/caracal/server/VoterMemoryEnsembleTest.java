/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A leader takes no more than a voter with less memory can hold. An observer with less does not count. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VoterMemoryEnsembleTest
{
    private static final int VOTERS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PART_OF_MB = 300_000;
    private static final int SYSTEM_ERROR = -1;
    private static final long BYTES_PER_MB = 1 << 20;

    @TempDir
    private Path dir;

    private final Server[] servers = new Server[VOTERS + 1];
    private EnsemblePlan plan;

    @AfterEach
    void close()
    {
        CloseHelper.closeAll(servers);
    }

    private Server launch(final int index, final int limitMb)
    {
        servers[index] = Server.launch(plan.context(plan.members().get(index)).set("treeMemoryLimitInMb",
            Integer.toString(limitMb)));

        return servers[index];
    }

    private Server leader() throws InterruptedException
    {
        for (final Server server : servers)
        {
            assertTrue(server.awaitServing(LIMIT), "a server does not serve");
        }

        return Arrays.stream(servers).filter(server -> "leader".equals(server.role())).findFirst().orElseThrow();
    }

    @Test
    void shouldRefuseWhatAVoterWithLessMemoryCannotHold() throws Exception
    {
        plan = EnsemblePlan.onFreePorts(VOTERS, 1, dir);
        plan.prepare();
        for (int i = 0; i < VOTERS; i++)
        {
            launch(i, 100);
        }
        launch(VOTERS, 1);
        final Server leader = leader();
        final RawClient client = RawClient.tryOpen(new InetSocketAddress(InetAddress.getLoopbackAddress(), leader
            .clientPort()), (int)LIMIT.toMillis());
        assertNotNull(client);
        for (int i = 0; i < 4; i++)
        {
            assertEquals(RawClient.OK, client.create("/" + i, new byte[PART_OF_MB], 0), "an observer does not count");
        }
        assertEquals(100 * BYTES_PER_MB, leader.metrics().gauge(Gauge.TREE_BYTES_MAX));

        final int follower = servers[0] == leader ? 1 : 0;
        servers[follower].close();
        launch(follower, 1);
        ReloadedServer.await("the leader to hear of it", () -> leader.metrics()
            .gauge(Gauge.TREE_BYTES_MAX) == BYTES_PER_MB);
        assertEquals(SYSTEM_ERROR, client.create("/refused", new byte[0], 0));
        assertEquals(1, leader.metrics().count(Count.WRITES_REFUSED_NO_MEMORY));
        assertEquals(RawClient.OK, client.delete("/0"));
        client.close();
    }
}
