/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code zkServer.sh} finds its server, and no other process, by the file with the process id. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZkServerScriptTest
{
    private static final long LIMIT_S = 30;
    private static final Path SCRIPT = Path.of("..", "bin", "zkServer.sh").toAbsolutePath().normalize();

    @TempDir
    private Path dir;

    @BeforeEach
    void configure() throws IOException
    {
        Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\nclientPort=0\n");
        Files.createDirectory(dir.resolve("data"));
    }

    @Test
    void shouldStopTheServer() throws Exception
    {
        try (ServerProcess server = new ServerProcess(dir, "dataDir=" + dir.resolve("data"), "clientPort=0",
            "admin.enableServer=false"))
        {
            server.awaitServing();

            assertEquals("Stopping zookeeper ... STOPPED", stop());
            assertEquals(0, server.awaitExit());
        }
    }

    /** For example when a supervisor starts a new server at once. */
    @Test
    void shouldLeaveTheFileOfTheNextServer() throws Exception
    {
        final Path file = dir.resolve("data").resolve("zookeeper_server.pid");
        final Process server = new ProcessBuilder("bash", "-c",
            "trap 'echo 1 > \"$0\"; exit' TERM; echo ready; while :; do sleep 0.02; done", file.toString(),
            "io.caracal.server.main.ServerMain").start();
        try
        {
            assertEquals('r', server.getInputStream().read());
            Files.writeString(file, server.pid() + "\n");

            assertEquals("Stopping zookeeper ... STOPPED", stop());
            assertEquals("1\n", Files.readString(file));
        }
        finally
        {
            server.destroyForcibly().onExit().join();
        }
    }

    /** Otherwise a restart would end without starting the server. */
    @Test
    void shouldStopTheServerAlsoWhereNobodyCanBeTold() throws Exception
    {
        final Process server = standIn(dir, List.of());
        try
        {
            assertEquals("", run(0, "bash", "-c", "unset ZOOPIDFILE; exec \"$0\" --config \"$1\" stop >/dev/full 2>&1",
                SCRIPT.toString(), dir.toString()));
            assertEnds(server);
        }
        finally
        {
            server.destroyForcibly().onExit().join();
        }
    }

    /** The parent of the server never asks how it ended, as the first process of a container that is no init. */
    @Test
    void shouldStopTheServerAlsoWhereNobodyBuriesIt() throws Exception
    {
        final String ready = "ready\n";
        final Process parent = new ProcessBuilder("bash", "-c",
            "bash -c 'echo ready; while :; do sleep 0.02; done' bash io.caracal.server.main.ServerMain & " +
                "echo $! > \"$0\"; echo ready; exec sleep 1000",
            dir.resolve("data/zookeeper_server.pid").toString()).start();
        try
        {
            assertEquals(2 * ready.length(), parent.getInputStream().readNBytes(2 * ready.length()).length);

            assertEquals("Stopping zookeeper ... STOPPED", stop());
        }
        finally
        {
            parent.destroyForcibly().onExit().join();
        }
    }

    /** The server was killed, and another process got its id. */
    @Test
    void shouldNotStopAnotherProcessWithTheNumberInTheFile() throws Exception
    {
        final Process other = new ProcessBuilder("sleep", "1000").start();
        try
        {
            Files.writeString(dir.resolve("data").resolve("zookeeper_server.pid"), other.pid() + "\n");

            final String said = stop();
            assertTrue(said.startsWith("Stopping zookeeper ... no zookeeper to stop"), said);
            assertTrue(other.isAlive());
        }
        finally
        {
            other.destroyForcibly().onExit().join();
        }
    }

    /** For example after a boot in which servers got their process ids in another order. */
    @Test
    void shouldNotStopAnotherServerWithTheNumberInTheFile() throws Exception
    {
        final Path other = Files.createDirectories(dir.resolve("other/data"));
        final Path config = Files.writeString(other.resolveSibling("zoo.cfg"), "dataDir=data\n");
        final List<List<String>> arguments = List.of(List.of("dataDir=" + other), List.of("dataDir=data", "tickTime=1"),
            List.of(config.toString()), List.of("./zoo.cfg", "tickTime=1"), List.of("zoo.cfg"));
        for (final List<String> words : arguments)
        {
            assertTrue(isPassedOver(other.getParent(), words), words::toString);
        }
        assertFalse(isPassedOver(other.getParent(), List.of(dir.resolve("zoo.cfg").toString())));
        assertFalse(isPassedOver(dir, List.of("dataDir=./data")));
        assertFalse(isPassedOver(dir, List.of("gone.cfg")));
    }

    private boolean isPassedOver(final Path directory, final List<String> words) throws Exception
    {
        final Process server = standIn(directory, words);
        try
        {
            final boolean isNone = stop().startsWith("Stopping zookeeper ... no zookeeper to stop");
            if (isNone)
            {
                assertTrue(server.isAlive());
            }
            else
            {
                assertEnds(server);
            }
            return isNone;
        }
        finally
        {
            server.destroyForcibly().onExit().join();
        }
    }

    /** The script may notice the end of a process a moment before this process does. */
    private static void assertEnds(final Process server) throws InterruptedException
    {
        assertTrue(server.waitFor(LIMIT_S, TimeUnit.SECONDS), "process " + server.pid() + " goes on");
    }

    /** Each would lose its file to the next, and only the last one could be stopped. */
    @Test
    void shouldNotStartAServerWithTheFileOfAnotherOne() throws Exception
    {
        final Path other = Files.createDirectories(dir.resolve("other/data"));
        final ProcessBuilder builder = new ProcessBuilder("bash", "-c", "echo ready; while :; do sleep 0.02; done",
            "bash", "io.caracal.server.main.ServerMain", "dataDir=" + other).directory(dir.toFile());
        builder.environment().put("ZOOPIDFILE", "shared.pid");
        final Process server = builder.start();
        try
        {
            assertEquals('r', server.getInputStream().read());
            final Path file = Files.writeString(dir.resolve("shared.pid"), server.pid() + "\n");

            assertRefused(file, server.pid());
            // As before the first start of this server.
            Files.delete(dir.resolve("data"));
            assertRefused(file, server.pid());
            assertEquals(server.pid() + "\n", Files.readString(file));
        }
        finally
        {
            server.destroyForcibly().onExit().join();
        }
    }

    /** This user may not see what the other server was told. */
    @Test
    void shouldNotStartAServerWithTheFileOfTheServerOfAnotherUser() throws Exception
    {
        assumeRoot("shouldNotStartAServerWithTheFileOfTheServerOfAnotherUser");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        final Path other = Files.createDirectories(dir.resolve("other/data"));
        final Process server = new ProcessBuilder("setpriv", "--reuid=65533", "--regid=65533", "--clear-groups", "bash",
            "-c", "echo ready; while :; do sleep 0.02; done", "bash", "io.caracal.server.main.ServerMain", "dataDir=" +
                other)
            .start();
        try
        {
            assertEquals('r', server.getInputStream().read());
            final Path file = Files.writeString(dir.resolve("shared.pid"), server.pid() + "\n");
            Files.setAttribute(file, "unix:uid", 65533);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            final String[] start = { "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env",
                "ZOOPIDFILE=" +
                    file,
                "ZOO_LOG_DIR=/proc/none", SCRIPT.toString(), "--config", dir.toString(), "start" };

            assertTrue(run(1, start).endsWith(file + " is that of process " + server.pid() +
                ", a server of other data: set ZOOPIDFILE to another path for each"));
            // Now the place of its data is not visible either.
            Files.setPosixFilePermissions(other.getParent(), PosixFilePermissions.fromString("rwx------"));
            final String said = run(1, start);
            assertTrue(
                said.contains("already running as process " + server.pid() + " of user ") &&
                    said.endsWith("; if that is a server of other data, set ZOOPIDFILE to another path for each."),
                said);
            assertEquals(server.pid() + "\n", Files.readString(file));
        }
        finally
        {
            server.destroyForcibly().onExit().join();
        }
    }

    private void assertRefused(final Path file, final long pid) throws Exception
    {
        // The bash of CentOS 7 cannot split at zero bytes.
        final Path old = Files.writeString(dir.resolve("old"), "enable -n mapfile");
        final String said = run(1, "env", "BASH_ENV=" + old, "ZOOPIDFILE=" + file, "ZOO_LOG_DIR=/proc/none",
            SCRIPT.toString(), "--config", dir.toString(), "start");
        assertTrue(said.endsWith("Starting zookeeper ... " + file + " is that of process " + pid +
            ", a server of other data: set ZOOPIDFILE to another path for each"), said);
    }

    /**
     * Starts a process that looks like a server with these arguments, and writes its id into the file of the process
     * id.
     */
    private Process standIn(final Path directory, final List<String> words) throws Exception
    {
        final List<String> command = Stream.concat(Stream.of("bash", "-c", "echo ready; while :; do sleep 0.02; done",
            "bash", "io.caracal.server.main.ServerMain"), words.stream()).toList();
        final Process server = new ProcessBuilder(command).directory(directory.toFile()).start();
        assertEquals('r', server.getInputStream().read());
        Files.writeString(dir.resolve("data/zookeeper_server.pid"), server.pid() + "\n");
        return server;
    }

    /** Only root can become another user for this test. */
    private static void assumeRoot(final String test)
    {
        final boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (!isRoot)
        {
            System.out.println("left out: " + test + " (needs root)");
        }
        assumeTrue(isRoot);
    }

    @Test
    void shouldSayThatTheConfigurationCannotBeRead() throws Exception
    {
        assumeRoot("shouldSayThatTheConfigurationCannotBeRead");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(dir.resolve("zoo.cfg"), PosixFilePermissions.fromString("rw-------"));
        // The second one is a user without a name.
        for (final String user : List.of("--reuid=65534", "--reuid=1999999999"))
        {
            for (final String action : List.of("start", "status", "stop", "print-cmd"))
            {
                assertCannotRead("setpriv", user, "--regid=65534", "--clear-groups", SCRIPT.toString(), "--config",
                    dir.toString(), action);
            }
            assertCannotRead("setpriv", user, "--regid=65534", "--clear-groups", "env", "ZOOCFGDIR=" + dir,
                SCRIPT.resolveSibling("zkCleanup.sh").toString(), "-n", "3");
        }
    }

    private void assertCannotRead(final String... command) throws Exception
    {
        final String said = run(2, command);
        assertTrue(said.matches(dir.resolve("zoo.cfg") + " cannot be read by \\w+; change its permissions or the user"),
            said);
    }

    @Test
    void shouldNameTheDirectoryThatCannotBeMade() throws Exception
    {
        final String said = run(3, "env", "-u", "ZOOPIDFILE", "ZOO_LOG_DIR=/proc/none", SCRIPT.toString(), "--config",
            dir.toString(), "start");
        assertTrue(said.contains("cannot make /proc/none: set ZOO_LOG_DIR to a directory of "), said);
    }

    @Test
    void shouldNameTheUserWhoMayStopTheServer() throws Exception
    {
        assumeRoot("shouldNameTheUserWhoMayStopTheServer");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ServerProcess server = new ServerProcess(dir, "dataDir=" + dir.resolve("data"), "clientPort=0",
            "admin.enableServer=false"))
        {
            server.awaitServing();
            final String said = run(1, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", SCRIPT.toString(),
                "--config", dir.toString(), "stop");
            assertTrue(said.endsWith("process " + server.pid() + " belongs to root: run this as that user"), said);
            assertEquals("Stopping zookeeper ... STOPPED", stop());
        }
    }

    /** An operator who initializes a directory may have named the wrong one, or have forgotten what runs there. */
    @Test
    void shouldNotDeleteTheDataOfAServerThatRuns() throws Exception
    {
        final Path initialize = SCRIPT.resolveSibling("zkServer-initialize.sh");
        final String config = "--configfile=" + dir.resolve("zoo.cfg");
        try (ServerProcess server = new ServerProcess(dir, "dataDir=" + dir.resolve("data"), "clientPort=0",
            "admin.enableServer=false"))
        {
            server.awaitServing();

            final String refused = run(3, initialize.toString(), config, "--force");
            assertTrue(refused.contains("is in use by a server: nothing was changed; stop it first"), refused);
            assertTrue(Files.exists(dir.resolve("data/caracal-1/manifest")));
            assertEquals("Stopping zookeeper ... STOPPED", stop());
        }

        final String asked = run(3, initialize.toString(), config, "--myid", "3");
        assertTrue(asked.endsWith("to delete it all: " + initialize + " " + config + " --myid=3 --force"), asked);
        run(0, initialize.toString(), config, "--force");
        assertTrue(Files.notExists(dir.resolve("data/caracal-1")));
    }

    /** Nothing is deleted before that is known, and the import needs both directories. */
    @Test
    void shouldNotDeleteDataBesideThatOfAZooKeeper() throws Exception
    {
        final Path data = dir.resolve("data");
        final Path log = dir.resolve("log");
        Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + data + "\ndataLogDir=" + log + "\n");
        Files.createDirectories(data.resolve("caracal-1"));
        Files.createDirectories(log.resolve("version-2"));

        final String refused = run(3, SCRIPT.resolveSibling("zkServer-initialize.sh").toString(), "--configfile=" +
            dir.resolve("zoo.cfg"), "--force");
        assertEquals(log + " holds data of ZooKeeper; name another dataDir, or import it: caracal import --from " +
            data + " --log-dir " + log + " --to NEWDIR", refused);
        assertTrue(Files.exists(data.resolve("caracal-1")));
    }

    @Test
    void shouldAskForTheValueOfAnOption() throws Exception
    {
        final String initialize = SCRIPT.resolveSibling("zkServer-initialize.sh").toString();
        for (final String option : List.of("--myid", "--configfile"))
        {
            final String said = run(2, initialize, option);
            assertTrue(said.startsWith("usage: " + initialize), said);
        }
    }

    /** The file has an address in brackets, and the line ends of another system. */
    @Test
    void shouldFindThePortOfClientsInTheFileOfTheServerLines() throws Exception
    {
        final Path members = Files.writeString(dir.resolve("members"), """
            server.1=h:1:2;1
            server.2=h:1:2:participant;[::1]:4\s
            server.3=h:1:2;127.0.0.1:0
            """.replace("\n", "\r\n"));
        Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\r\ndynamicConfigFile=" +
            members +
            "\r\n");
        for (final String expected : List.of("1 1 localhost", "2 4 ::1", "3 0 127.0.0.1"))
        {
            final String[] parts = expected.split(" ", -1);
            Files.writeString(dir.resolve("data").resolve("myid"), parts[0] + "\n");

            final String said = run(1, SCRIPT.toString(), "--config", dir.toString(), "status");
            assertTrue(said.contains("Client port found: " + parts[1] + ". Client address: " + parts[2] + ". "), said);
        }
    }

    /** If no client port were set, the default would apply, and another server may answer there. */
    @Test
    void shouldAskNobodyWhereTheFileOfTheServerLinesIsNotThere() throws Exception
    {
        final Path members = dir.resolve("members");
        Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\ndynamicConfigFile=" + members);

        final String said = run(1, SCRIPT.toString(), "--config", dir.toString(), "status");
        assertTrue(said.endsWith("\n" + members + ", where the port of clients is written, is not there; " +
            dir.resolve("zoo.cfg") + " names it as dynamicConfigFile"), said);
    }

    /**
     * Another system may put a byte order mark at the beginning and use other line ends; a blank also separates key and
     * value.
     */
    @Test
    void shouldFindThePortOfClientsInAFileOfAnotherSystem() throws Exception
    {
        Files.writeString(dir.resolve("zoo.cfg"), "\uFEFFclientPort 1\r\nclientPortAddress : 127.0.0.2 \r\n");

        final String said = run(1, SCRIPT.toString(), "--config", dir.toString(), "status");
        assertTrue(said.contains("Client port found: 1. Client address: 127.0.0.2. "), said);
    }

    private static String run(final int exitCode, final String... words) throws IOException, InterruptedException
    {
        final Process script = new ProcessBuilder(words).redirectErrorStream(true).start();
        final String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(exitCode, script.waitFor(), said);
        return said;
    }

    private String stop() throws IOException, InterruptedException
    {
        final ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "--config", dir.toString(), "stop");
        builder.environment().remove("ZOOPIDFILE");
        final Process script = builder.redirectErrorStream(true).start();
        final String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(0, script.waitFor(), said);
        return said;
    }
}
