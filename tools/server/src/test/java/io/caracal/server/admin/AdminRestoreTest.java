/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.EnsembleContext;
import io.caracal.server.OfficialClient;
import io.caracal.server.ServerEnsemble;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that is sent to one server of an ensemble replaces the data of all servers. */
@SuppressWarnings("try")
class AdminRestoreTest
{
    private static final int SERVERS = 3;
    private static final int LARGE = 300_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path dir;

    @Test
    void shouldBringBackAnEnsembleWhileClientsWriteAndAMemberIsDown() throws Exception
    {
        try (ServerEnsemble ensemble = launch("ensemble"))
        {
            final long leader = ensemble.leader();
            final long sentTo = followerOf(leader);
            final long down = 6 - sentTo - leader;
            final CountDownLatch expired = new CountDownLatch(1);
            final ZooKeeper old = new ZooKeeper(ensemble.connectString(sentTo), 30_000, event ->
            {
                if (event.getState() == KeeperState.Expired)
                {
                    expired.countDown();
                }
            });
            fill(old);
            final byte[] snapshot = AdminAsk.bytes(ensemble.server(sentTo).adminPort(), "/commands/snapshot",
                AdminTarget.SUPER).body();
            final String kept = tree(old, "/app");
            old.setData("/app", "changed".getBytes(StandardCharsets.UTF_8), -1);
            old.create("/app/lost", null, AdminTarget.open(), CreateMode.PERSISTENT);
            final long seen = old.exists("/app/lost", false).getCzxid();

            ensemble.stop(down);
            final HttpResponse<String> reply;
            try (Writer writer = new Writer(ensemble.connectString(leader)))
            {
                writer.awaitWrites();
                reply = restore(ensemble, sentTo, snapshot);
            }
            assertEquals(200, reply.statusCode(), reply.body());
            assertEquals(List.of("last_zxid", "command", "error"), AdminTarget.keys(reply.body()));
            assertTrue(expired.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "a session outlives its tree");
            old.close();

            ensemble.start(down);
            assertTrue(ensemble.awaitServing(PATIENCE));
            assertTrees(ensemble, kept);
            restart(ensemble);
            assertTrees(ensemble, kept);
            try (ZooKeeper client = OfficialClient.connect(ensemble.connectString()))
            {
                client.create("/app/new", null, AdminTarget.open(), CreateMode.PERSISTENT);
                assertTrue(client.exists("/app/new", false).getCzxid() > seen, "a zxid comes twice");
            }
        }
    }

    @Test
    void shouldBringBackWhatAnotherEnsembleHadInLaterEpochs() throws Exception
    {
        final AdminTarget other = new AdminTarget(dir.resolve("other"));
        other.relaunch();
        fill(other.client());
        final String kept = tree(other.client(), "/app");
        final long seen = other.client().exists("/app/large", false).getCzxid();
        final byte[] snapshot = other.snapshot();
        other.close();

        try (ServerEnsemble ensemble = launch("fresh"))
        {
            final HttpResponse<String> reply = restore(ensemble, followerOf(ensemble.leader()), snapshot);
            assertEquals(200, reply.statusCode(), reply.body());
            assertTrue(ensemble.awaitServing(PATIENCE));
            assertTrees(ensemble, kept);
            try (ZooKeeper client = OfficialClient.connect(ensemble.connectString()))
            {
                client.create("/app/new", null, AdminTarget.open(), CreateMode.PERSISTENT);
                assertTrue(client.exists("/app/new", false).getCzxid() > seen, "a zxid comes twice");
            }
        }
    }

    private ServerEnsemble launch(final String name) throws Exception
    {
        final ServerEnsemble ensemble = ServerEnsemble.launch(SERVERS,
            new EnsembleContext().directory(dir.resolve(name)).set("admin.serverPort", "0")
                .set("admin.rateLimiterIntervalInMS", "1")
                .set("DigestAuthenticationProvider.superDigest", "super:" + AdminTarget.digest("super:secret")));
        assertTrue(ensemble.awaitServing(PATIENCE));

        return ensemble;
    }

    private static HttpResponse<String> restore(final ServerEnsemble ensemble, final long server,
        final byte[] snapshot) throws Exception
    {
        return AdminAsk.of(ensemble.server(server).adminPort(), "POST", "/commands/restore", snapshot,
            AdminTarget.SUPER);
    }

    private static long followerOf(final long leader)
    {
        return leader == 1 ? 2 : 1;
    }

    private static void restart(final ServerEnsemble ensemble) throws Exception
    {
        for (long server = 1; server <= SERVERS; server++)
        {
            ensemble.stop(server);
        }
        for (long server = 1; server <= SERVERS; server++)
        {
            ensemble.start(server);
        }
        assertTrue(ensemble.awaitServing(PATIENCE));
    }

    /** Creates a tree that includes data too large for one part of a restore. */
    private static void fill(final ZooKeeper client) throws Exception
    {
        final byte[] large = new byte[LARGE];
        new Random(7).nextBytes(large);
        client.create("/app", "as it was".getBytes(StandardCharsets.UTF_8), AdminTarget.open(),
            CreateMode.PERSISTENT);
        client.create("/app/gone", null, AdminTarget.open(), CreateMode.PERSISTENT);
        client.create("/app/large", large, AdminTarget.open(), CreateMode.PERSISTENT);
        client.delete("/app/gone", -1);
        for (int i = 0; i < 50; i++)
        {
            client.create("/app/large/n-", new byte[i], AdminTarget.open(), CreateMode.PERSISTENT_SEQUENTIAL);
        }
        client.create("/ephemeral", null, AdminTarget.open(), CreateMode.EPHEMERAL);
    }

    private static void assertTrees(final ServerEnsemble ensemble, final String expected) throws Exception
    {
        for (long server = 1; server <= SERVERS; server++)
        {
            try (ZooKeeper client = OfficialClient.connect(ensemble.connectString(server)))
            {
                assertEquals(expected, tree(client, "/app"), "server " + server);
                assertEquals(null, client.exists("/ephemeral", false), "server " + server);
            }
        }
    }

    /** Returns everything below a path that a client can see. */
    private static String tree(final ZooKeeper client, final String path) throws Exception
    {
        final Stat stat = new Stat();
        final StringBuilder text = new StringBuilder(path);
        text.append(' ').append(Arrays.hashCode(client.getData(path, false, stat))).append(' ').append(stat);
        for (final String child : client.getChildren(path, false).stream().sorted().toList())
        {
            text.append(tree(client, path + "/" + child));
        }

        return text.toString();
    }

    /** Writes all the time, whatever happens to its session. */
    private static final class Writer implements AutoCloseable
    {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final CountDownLatch writes = new CountDownLatch(10);
        private final Thread thread;

        private Writer(final String connectString)
        {
            thread = new Thread(() -> write(connectString));
            thread.start();
        }

        private void awaitWrites() throws InterruptedException
        {
            assertTrue(writes.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }

        private void write(final String connectString)
        {
            while (!isOver.get())
            {
                try (ZooKeeper client = OfficialClient.connect(connectString))
                {
                    while (!isOver.get())
                    {
                        client.create("/app/w-", null, AdminTarget.open(), CreateMode.EPHEMERAL_SEQUENTIAL);
                        writes.countDown();
                    }
                }
                catch (final KeeperException ex)
                {
                    // The session is over, as it should be; the next one goes on.
                }
                catch (final Exception ex)
                {
                    throw new AssertionError(ex);
                }
            }
        }

        @Override
        public void close() throws InterruptedException
        {
            isOver.set(true);
            thread.join(PATIENCE.toMillis());
            assertFalse(thread.isAlive());
        }
    }
}
