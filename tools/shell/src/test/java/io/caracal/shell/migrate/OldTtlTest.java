/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests TTL znodes in the marking of ZooKeeper 3.5.3, which later releases read only if told to. */
@Timeout(480)
class OldTtlTest
{
    private static final String PROPERTY = "zookeeper.emulate353TTLNodes";
    private static final long MARK = 0x8000_0000_0000_0000L;
    private static final long YEARS_MS = 1L << 39;
    private static final long LIMIT_S = 60;

    @TempDir
    private Path from;

    @TempDir
    private Path to;

    @BeforeEach
    void emulate()
    {
        System.setProperty(PROPERTY, "true");
    }

    @AfterEach
    void restore()
    {
        System.clearProperty(PROPERTY);
    }

    @Test
    void shouldBeTakenOverAndReaped() throws Exception
    {
        final Map<String, String> expected = import353();

        try (Server server = server("true"))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertReaped(client, "/short");
            final Map<String, String> found = Clients.dump(client);
            found.remove("/");
            assertEquals(expected, found);

            final Stat stat = new Stat();
            client.create("/new", new byte[0], Clients.open(), CreateMode.PERSISTENT_WITH_TTL, stat, 1);
            assertEquals(0, stat.getEphemeralOwner());
            assertReaped(client, "/new");
            client.delete("/used/child", -1);
            assertReaped(client, "/used");
            client.close();
        }

        try (Server server = server("true"))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertEquals(expected.get("/long"), Clients.dump(client).get("/long"));
            client.close();
        }
    }

    @Test
    void shouldNotBeLostOnTheWayThroughAServerThatIsNotTold() throws Exception
    {
        final Map<String, String> expected = import353();
        System.clearProperty(PROPERTY);
        try (Server server = server("false"))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertEquals(MARK | YEARS_MS, client.exists("/long", false).getEphemeralOwner());
            assertNotNull(client.exists("/short", false));
            client.close();
        }

        final Path back = to.resolve("back");
        final Run run = Run.done("export", "--from", to, "--to", back);
        assertTrue(run.out().contains("3 of the ephemerals have a TTL as ZooKeeper 3.5.3 marked it, /"), run.out());
        System.setProperty(PROPERTY, "true");
        try (ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(back))
        {
            final ZooKeeper client = Clients.connect(zooKeeper.connectString());
            assertEquals(expected.get("/long"), Clients.dump(client).get("/long"));
            assertNotNull(client.exists("/short", false));
            client.close();
        }
    }

    /** Everything that is to be kept, as ZooKeeper shows it after a restart. */
    private Map<String, String> import353() throws Exception
    {
        try (ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from))
        {
            final ZooKeeper client = Clients.connect(zooKeeper.connectString());
            zooKeeper.createAs("/short", MARK | 1);
            zooKeeper.createAs("/long", MARK | YEARS_MS);
            zooKeeper.createAs("/used", MARK | 1);
            client.create("/used/child", new byte[0], Clients.open(), CreateMode.PERSISTENT);
            zooKeeper.snapshot();
            client.close();
        }

        final Map<String, String> expected;
        try (ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from))
        {
            final ZooKeeper client = Clients.connect(zooKeeper.connectString());
            expected = Clients.dump(client);
            assertNotNull(expected.remove("/short"));
            assertNotNull(expected.remove("/"));
            client.close();
        }
        final Run run = Run.done("import", "--from", from, "--to", to);
        assertTrue(run.out().contains("3 of the ephemerals have a TTL as ZooKeeper 3.5.3 marked it, /"), run.out());
        assertTrue(run.out().contains("emulate353TTLNodes=true"), run.out());

        return expected;
    }

    private Server server(final String isTold)
    {
        return Server.launch(new ServerContext().dataDir(to).clientPort(0).clientPortAddress("127.0.0.1")
            .set("extendedTypesEnabled", "true").set("emulate353TTLNodes", isTold)
            .set("znode.container.checkIntervalMs",
                "1"));
    }

    private static void assertReaped(final ZooKeeper client, final String path) throws Exception
    {
        final CountDownLatch gone = new CountDownLatch(1);
        if (client.exists(path, event -> gone.countDown()) != null)
        {
            assertTrue(gone.await(LIMIT_S, TimeUnit.SECONDS), path + " is still there");
            assertNull(client.exists(path, false));
        }
    }
}
