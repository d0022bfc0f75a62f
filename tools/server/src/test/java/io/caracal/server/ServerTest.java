/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.server.config.ConfigException;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import io.caracal.server.metrics.RuntimeDirectory;
import io.caracal.server.metrics.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest
{

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = { "shared", "dedicated" })
    void shouldServeAClientAndKeepItsDataOverARestart(final String threading) throws Exception
    {
        try (Server server = Server.launch(context().set("threading", threading)))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            client.create("/kept", new byte[]{ 1, 2 }, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            client.close();
        }

        try (Server server = Server.launch(context().set("threading", threading)))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            assertArrayEquals(new byte[]{ 1, 2 }, client.getData("/kept", false, null));
            client.close();
        }
    }

    @Test
    void shouldAnswerWordsAboutARealServer() throws Exception
    {
        try (Server server = Server.launch(context().set("4lw.commands.whitelist", "*")))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            client.create("/a", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            client.exists("/b", true);

            assertEquals("imok", Words.ask(server.clientPort(), "ruok"));
            assertEquals("rw", Words.ask(server.clientPort(), "isro"));
            assertTrue(Words.ask(server.clientPort(), "srvr").contains("Mode: standalone\n"));
            assertTrue(Words.ask(server.clientPort(), "conf").startsWith("clientPort=" + server.clientPort() + "\n"));
            assertTrue(
                Words.ask(server.clientPort(), "cons").contains(",sid=0x" + Long.toHexString(client.getSessionId())));
            assertTrue(Words.ask(server.clientPort(), "dump").contains("Sessions with Ephemerals (1):\n"));
            assertTrue(Words.ask(server.clientPort(), "wchs").endsWith("Total watches:1\n"));
            final String monitored = Words.ask(server.clientPort(), "mntr");
            assertTrue(monitored.contains("zk_num_alive_connections\t2\n"), monitored);
            assertTrue(monitored.contains("zk_proposal_count\t" + server.metrics().count(Count.COMMITS) + "\n"),
                monitored);
            assertTrue(monitored.contains("zk_cnt_prep_process_time\t2\n"), monitored);
            assertTrue(monitored.contains("zk_p99_reply_stage_us\t"), monitored);
            for (final Stage stage : Stage.values())
            {
                assertTrue(server.metrics().stage(stage).count() >= 2, stage + " is measured");
            }
            for (final String key : List.of("duty_cycle_max_us", "native_memory_bytes", "client_buffer_bytes"))
            {
                assertTrue(Pattern.compile("^zk_" + key + "\t[1-9][0-9]*$", Pattern.MULTILINE).matcher(monitored)
                    .find(), monitored);
            }
            assertTrue(monitored.contains("zk_duty_cycle_cpu_max_us\t"), monitored);
            client.close();
        }
    }

    /** Afterwards, files in it may belong to the next server. */
    @Test
    void shouldTellThatItIsAboutToGiveItsDirectoryBack()
    {
        final List<String> told = new ArrayList<>();
        try (Server server = Server.launch(context()))
        {
            server.beforeRelease(() -> told.add(assertThrows(LaunchException.class, () -> Server.launch(context()))
                .getMessage()));
        }

        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("in use"), told.get(0));
    }

    @Test
    void shouldGiveEverythingBack() throws Exception
    {
        final Set<String> threadsBefore = threads();
        try (Server server = Server.launch(context()))
        {
            assertTrue(Files.exists(RuntimeDirectory.of(dir)));
            assertTrue(server.connectString().startsWith("127.0.0.1:"));
            assertEquals("0.0.0.0:" + server.clientPort(), server.listenString());
        }

        assertFalse(Files.exists(RuntimeDirectory.of(dir)));
        final Set<String> left = threads();
        left.removeAll(threadsBefore);
        assertEquals(Set.of(), left);
        assertFalse(Files.readString(Path.of("/proc/self/maps")).contains(dir.toString()));
    }

    @Test
    void shouldRunSeveralInOneProcess() throws Exception
    {
        try (Server first = Server.launch(context());
            Server second = Server
                .launch(new ServerContext().dataDir(dir.resolve("other")).clientPort(0).clientPortAddress("127.0.0.1")))
        {
            assertEquals("127.0.0.1:" + second.clientPort(), second.listenString());
            assertTrue(Words.ask(first.clientPort(), "srvr").contains("Mode: standalone"));
            assertTrue(Words.ask(second.clientPort(), "srvr").contains("Mode: standalone"));
        }
    }

    @Test
    void shouldRefuseADirectoryInUse()
    {
        try (Server server = Server.launch(context()))
        {
            final LaunchException failure = assertThrows(LaunchException.class, () -> Server.launch(context()));

            assertEquals(ExitCode.DATA, failure.exitCode());
            assertTrue(failure.getMessage().contains("in use"), failure.getMessage());
            assertTrue(server.metrics().openConnections() >= 0);
        }
    }

    @Test
    void shouldRefuseDataOfZooKeeperAndSayHowToImportIt() throws IOException
    {
        Files.createFile(Files.createDirectories(dir.resolve("version-2")).resolve("snapshot.0"));
        final LaunchException failure = assertThrows(LaunchException.class, () -> Server.launch(context()));

        assertEquals(ExitCode.DATA, failure.exitCode());
        assertTrue(failure.getMessage().contains("caracal import --from " + dir), failure.getMessage());
        assertFalse(Files.exists(dir.resolve("caracal-1")));
    }

    @Test
    void shouldRefuseAPortInUse() throws Exception
    {
        try (Server server = Server.launch(context()))
        {
            final LaunchException failure = assertThrows(LaunchException.class, () -> Server.launch(new ServerContext()
                .dataDir(dir.resolve("other")).clientPort(server.clientPort())));

            assertTrue(failure.getMessage().contains(Integer.toString(server.clientPort())), failure.getMessage());
            assertTrue(failure.getMessage().contains("ss -ltnp"), failure.getMessage());
        }
    }

    @Test
    void shouldSayThatAnAddressIsNotOfThisMachine()
    {
        // Reserved for documentation: no machine has this address.
        final LaunchException failure = assertThrows(LaunchException.class,
            () -> Server.launch(new ServerContext().dataDir(dir).clientPort(0).set("clientPortAddress", "192.0.2.1")));

        assertTrue(failure.getMessage().contains("no interface of this machine has that address"),
            failure.getMessage());
    }

    @Test
    void shouldRefuseToCreateADirectoryWhenToldSo()
    {
        final LaunchException failure = assertThrows(LaunchException.class, () -> Server.launch(
            new ServerContext().dataDir(dir.resolve("missing")).clientPort(0).set("datadir.autocreate", "false")));

        assertEquals(ExitCode.DATA, failure.exitCode());
        assertTrue(failure.getMessage().contains("missing does not exist and datadir.autocreate=false"),
            failure.getMessage());
    }

    /**
     * The permission counts for one start. The mount point of a disk that is missing later must not pass for a new
     * server.
     */
    @Test
    void shouldUseUpThePermissionToBeginEmpty() throws Exception
    {
        final Path initialize = Files.createFile(dir.resolve("initialize"));
        try (Server server = Server.launch(context().set("datadir.autocreate", "false")))
        {
            ReloadedServer.await("the server on port " + server.clientPort() + " to remove " + initialize, () -> !Files
                .exists(initialize));
        }
    }

    @Test
    void shouldSayThatAFileIsNoDirectory() throws IOException
    {
        final Path file = Files.createFile(dir.resolve("file"));
        final LaunchException failure = assertThrows(LaunchException.class,
            () -> Server.launch(new ServerContext().dataDir(file).clientPort(0)));

        assertEquals(ExitCode.DATA, failure.exitCode());
        assertTrue(failure.getMessage().contains("is no directory"), failure.getMessage());
    }

    @Test
    void shouldSayThatThereIsNoRoomForANewServer()
    {
        final HeldDisk disk = new HeldDisk();
        disk.fill();
        final LaunchException failure = assertThrows(LaunchException.class,
            () -> Server.launch(context().fileSystem(disk)));

        assertEquals(ExitCode.DATA, failure.exitCode());
        assertTrue(failure.getMessage().contains("no room on disk"), failure.getMessage());
    }

    @Test
    void shouldSayToWhomDataIsClosed()
    {
        final HeldDisk disk = new HeldDisk();
        disk.closeToUser();
        final LaunchException failure = assertThrows(LaunchException.class,
            () -> Server.launch(context().fileSystem(disk)));

        assertEquals(ExitCode.DATA, failure.exitCode());
        assertTrue(failure.getMessage().endsWith(
            "chown -R " + System.getProperty("user.name") + " " + dir.resolve("caracal-1")), failure.getMessage());
    }

    @Test
    void shouldNotStartWithoutADataDirectory()
    {
        assertThrows(ConfigException.class, () -> Server.launch(new ServerContext().clientPort(0)));
    }

    private ServerContext context()
    {
        return new ServerContext().dataDir(dir).clientPort(0);
    }

    private static Set<String> threads()
    {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
            .filter(name -> name.startsWith("caracal")).collect(Collectors.toSet());
    }
}
