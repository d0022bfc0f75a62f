/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerEnsembleTest
{
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Only for a server that serves. */
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = { "shared", "dedicated" })
    void shouldServeThroughEveryMemberAndOutliveTheEndOfItsLeader(final String threading) throws Exception
    {
        try (ServerEnsemble ensemble = ServerEnsemble.launch(3,
            context().observers(1).set("threading", threading).set("4lw.commands.whitelist", "mntr")))
        {
            final long leader = ensemble.leader();
            assertEquals("observer", ensemble.server(4).role());
            try (Client client = new Client(ensemble.connectString(4)))
            {
                client.zooKeeper.create("/a", new byte[]{ 1 }, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                ensemble.stop(leader);
                client.zooKeeper.setData("/a", new byte[]{ 2 }, 0);
                ensemble.start(leader);
                assertTrue(ensemble.awaitServing(LIMIT));
                assertTrue(ensemble.awaitServing(FOREVER) && ensemble.server(leader).awaitServing(FOREVER));
                assertEquals("follower", ensemble.server(leader).role());
                shouldTellOfElections(ensemble, leader);
            }

            try (Client client = new Client(ensemble.connectString(leader)))
            {
                assertArrayEquals(new byte[]{ 2 }, client.zooKeeper.getData("/a", false, null));
            }
        }
    }

    @Test
    void shouldSayThatNoDirectoryCanBeMade()
    {
        final Path none = dir.resolve("none");
        final LaunchException ex = assertThrows(LaunchException.class, () -> ServerEnsemble.temporaryDirectory(none));
        assertEquals(ExitCode.DATA, ex.exitCode());
        assertEquals("no directory for the ensemble can be made in " + none + " (No such file or directory); set " +
            "-Djava.io.tmpdir, or name one with EnsembleContext.directory", ex.getMessage());
    }

    @Test
    void shouldLeaveNoDirectoryWhenThereAreNoPorts() throws IOException
    {
        final LaunchException none = new LaunchException(ExitCode.UNEXPECTED, "of 9 ports only 8 were found", null);
        assertSame(none, assertThrows(LaunchException.class, () -> ServerEnsemble.launchOnce(3, new EnsembleContext(),
            dir, servers ->
            {
                throw none;
            })));
        try (Stream<Path> left = Files.list(dir))
        {
            assertEquals(List.of(), left.toList());
        }
    }

    /** Ports are free when they are found, and each of the three of a server may be taken a moment later. */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2 })
    void shouldTryOtherPortsWhenOneIsTaken(final int port) throws IOException
    {
        final int[] ports = EnsemblePlan.freePorts(1);
        final AtomicInteger tries = new AtomicInteger();
        try (Closeable other = taken(port == 1, ports[port]))
        {
            ServerEnsemble.launch(1, context().set("standaloneEnabled", "false").set("electionPortBindRetry", "1"), dir,
                servers -> tries.getAndIncrement() == 0 ? ports : EnsemblePlan.freePorts(servers)).close();

            assertTrue(tries.get() > 1, () -> "launched in spite of " + other);
        }
    }

    private static Closeable taken(final boolean isUdp, final int port) throws IOException
    {
        final InetAddress loopback = InetAddress.getLoopbackAddress();

        return isUdp ? new DatagramSocket(port, loopback) : new ServerSocket(port, 1, loopback);
    }

    private static void shouldTellOfElections(final ServerEnsemble ensemble, final long follower) throws IOException
    {
        final String figures = Words.ask(ensemble.server(follower).clientPort(), "mntr");
        for (final String key : List.of("looking_count", "cnt_election_time", "cnt_unavailable_time"))
        {
            assertTrue(figures.contains("zk_" + key + "\t"), key);
            assertFalse(figures.contains("zk_" + key + "\t0\n"), key);
        }
        assertTrue(ensemble.server(ensemble.leader()).metrics().roleTimes().absencesEnded().count() > 0);
    }

    /** For example when a test reaches its time limit. */
    @Test
    void shouldNotBeLaunchedByAThreadThatIsInterrupted()
    {
        Thread.currentThread().interrupt();
        final LaunchException refused = assertThrows(LaunchException.class, () -> ServerEnsemble.launch(1, context()));

        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        assertEquals("the start was interrupted", refused.getMessage());
    }

    @Test
    void shouldGiveEverythingBack() throws Exception
    {
        final Set<String> threadsBefore = threads();
        ServerEnsemble.launch(3, context()).close();

        // Threads of earlier tests may have ended meanwhile.
        final Set<String> threadsLeft = threads();
        threadsLeft.removeAll(threadsBefore);
        assertEquals(Set.of(), threadsLeft);
        final String mapped = Files.readString(Path.of("/proc/self/maps"));
        assertFalse(mapped.contains(dir.toString()), mapped);
        assertFalse(mapped.contains("/dev/shm/caracal-"), mapped);
        try (var files = Files.walk(dir))
        {
            assertEquals(List.of(), files.filter(file -> file.endsWith("aeron")).toList());
        }
    }

    @Test
    void shouldRefuseAnEnsembleThatCannotBe()
    {
        assertThrows(LaunchException.class, () -> ServerEnsemble.launch(0));
        assertThrows(LaunchException.class, () -> ServerEnsemble.launch(1000));
        assertThrows(LaunchException.class, () -> ServerEnsemble.launch(1, new EnsembleContext().observers(-1)));
    }

    /** A majority of fewer voters could miss what one of more voters has acknowledged. */
    @Test
    void shouldNotTakeTheDataOfAnEnsembleWithOtherVoters() throws IOException
    {
        EnsemblePlan.onPorts(5, 1, dir, 2181).prepare();
        EnsemblePlan.onPorts(3, 0, dir, 2181).prepare();
        EnsemblePlan.onPorts(5, 1, dir, 2181).prepare();
        for (int id = 1; id <= 6; id++)
        {
            Files.createDirectory(dir.resolve(Integer.toString(id)).resolve("caracal-1"));
        }

        EnsemblePlan.onPorts(5, 1, dir, 2181).prepare();
        EnsemblePlan.onPorts(5, 2, dir, 2181).prepare();
        for (final int[] other : new int[][]{ { 3, 0 }, { 3, 3 }, { 6, 0 }, { 5, 0 } })
        {
            final LaunchException refused = assertThrows(LaunchException.class,
                () -> ServerEnsemble.launch(other[0], context().observers(other[1])));
            assertEquals(ExitCode.DATA, refused.exitCode());
            assertTrue(refused.getMessage().startsWith(dir + " holds the data of "), refused.getMessage());
        }

        Files.delete(dir.resolve("6").resolve("caracal-1"));
        EnsemblePlan.onPorts(6, 0, dir, 2181).prepare();
    }

    @Test
    void shouldNotServeWithoutAQuorumAndSayWhatIsMissing() throws Exception
    {
        final EnsemblePlan plan = EnsemblePlan.onFreePorts(3, 0, dir);
        final LaunchException missing = assertThrows(LaunchException.class,
            () -> Server.launch(plan.context(plan.members().get(0))));
        assertEquals(ExitCode.INVALID_INVOCATION, missing.exitCode());
        assertTrue(missing.getMessage().contains("myid is missing"), missing.getMessage());

        plan.prepare();
        try (Server server = Server.launch(plan.context(plan.members().get(0))))
        {
            assertFalse(server.awaitServing(Duration.ofMillis(50)));
            assertEquals("looking", server.role());
        }

        Files.writeString(dir.resolve("1").resolve("myid"), "7\n");
        final LaunchException stranger = assertThrows(LaunchException.class,
            () -> Server.launch(plan.context(plan.members().get(0))));
        assertTrue(stranger.getMessage().contains("no line server.7"), stranger.getMessage());

        Files.write(dir.resolve("1").resolve("myid"), new byte[]{ (byte)0xff, (byte)0xfe, '1', 0, '\n', 0 });
        final LaunchException wide = assertThrows(LaunchException.class,
            () -> Server.launch(plan.context(plan.members().get(0))));
        assertTrue(wide.getMessage().contains("myid holds \"\u00ff\u00fe1\""), wide.getMessage());

        Files.delete(dir.resolve("1").resolve("myid"));
        Files.createDirectory(dir.resolve("1").resolve("myid"));
        final LaunchException directory = assertThrows(LaunchException.class,
            () -> Server.launch(plan.context(plan.members().get(0))));
        assertTrue(directory.getMessage().contains("myid cannot be read (Is a directory); it is the file with"),
            directory.getMessage());
    }

    @Test
    void shouldCallTheOnlyVoterALeaderWhenStandaloneIsOff() throws Exception
    {
        try (ServerEnsemble ensemble =
            ServerEnsemble.launch(1, context().set("standaloneEnabled", "false").set("admin.serverPort", "0")))
        {
            assertEquals("leader", ensemble.server(1).role());
            final String state = Pages.get(ensemble.server(1).adminPort(), "/commands/zabstate").body();
            assertTrue(state.contains("\"voting\" : true"), state);
            assertTrue(state.contains("\"client_address\" : \"" + ensemble.connectString() + "\""), state);
            try (Client client = new Client(ensemble.connectString()))
            {
                client.zooKeeper.create("/a", null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
        }
    }

    private EnsembleContext context()
    {
        return new EnsembleContext().directory(dir);
    }

    private static Set<String> threads()
    {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
            .filter(name -> name.startsWith("caracal")).collect(Collectors.toSet());
    }

    private static final class Client implements AutoCloseable
    {
        private final ZooKeeper zooKeeper;

        private Client(final String connectString) throws Exception
        {
            zooKeeper = OfficialClient.connect(connectString);
        }

        @Override
        public void close()
        {
            try
            {
                zooKeeper.close();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
    }
}
