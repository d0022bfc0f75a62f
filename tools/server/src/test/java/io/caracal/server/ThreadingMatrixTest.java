/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients see the same behavior in each threading mode and in each idle mode. The clients' own suites run in a given
 * idle mode with -Dcaracal.compatibility.idle=MODE.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadingMatrixTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int WRITES = 300;
    private static final List<ACL> OPEN = Collections.singletonList(new ACL(31, new Id("world", "anyone")));

    @TempDir
    private Path dir;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    static Stream<Arguments> modes()
    {
        return Stream.of("shared", "dedicated").flatMap(
            threading -> Stream.of("block", "backoff", "yield", "spin").map(idle -> Arguments.of(threading, idle)));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void shouldServeClientsInEveryMode(final String threading, final String idle) throws Exception
    {
        try (Server server = Server.launch(new ServerContext().dataDir(dir).clientPort(0).clientPortAddress("127.0.0.1")
            .set("threading", threading).set("idle", idle)))
        {
            final ZooKeeper writer = OfficialClient.connect(server.connectString());
            final ZooKeeper watching = OfficialClient.connect(server.connectString());
            writer.create("/a", new byte[0], OPEN, CreateMode.PERSISTENT);
            watching.addWatch("/a", event -> answers.add(event.getType() + " " + event.getPath()),
                AddWatchMode.PERSISTENT_RECURSIVE);
            writer.create("/a/mine", new byte[0], OPEN, CreateMode.EPHEMERAL);
            assertEquals("NodeCreated /a/mine", next());
            assertEquals(2, writer.multi(List.of(Op.create("/a/b", new byte[3], OPEN, CreateMode.PERSISTENT),
                Op.check("/a", 0))).size());
            assertEquals("NodeCreated /a/b", next());

            keepsPipelinesInOrder(writer);
            for (int i = 1; i <= WRITES; i++)
            {
                assertEquals("NodeDataChanged /a/b", next());
            }

            writer.close();
            assertEquals("NodeDeleted /a/mine", next());
            assertNull(watching.exists("/a/mine", false));
            assertEquals(WRITES, watching.exists("/a/b", false).getVersion());
            watching.sync("/a", (rc, path, context) -> answers.add("no more events"), null);
            assertEquals("no more events", next());
            watching.close();
        }
    }

    private static void keepsPipelinesInOrder(final ZooKeeper client) throws InterruptedException
    {
        final BlockingQueue<Integer> versions = new LinkedBlockingQueue<>();
        for (int i = 0; i < WRITES; i++)
        {
            client.setData("/a/b", new byte[i], i, (rc, path, context, stat) -> versions.add(rc == 0 ?
                stat.getVersion() : rc), null);
            client.getData("/a/b", false, (rc, path, context, data, stat) -> versions.add(-stat.getVersion()), null);
        }

        for (int i = 1; i <= WRITES; i++)
        {
            assertEquals(i, versions.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS));
            assertEquals(-i, versions.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS));
        }
    }

    private String next() throws InterruptedException
    {
        return answers.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }
}
