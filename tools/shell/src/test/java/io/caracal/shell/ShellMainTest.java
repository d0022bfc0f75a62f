/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.shell.client.ConnectOptions;
import io.caracal.shell.client.Connection;
import io.caracal.shell.command.Shell;
import io.caracal.shell.server.TestServer;
import io.caracal.shell.server.TestServers;
import io.caracal.shell.terminal.Terminal;
import io.caracal.transport.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellMainTest
{
    @TempDir
    private Path directory;

    private TestServer server;

    @AfterEach
    void closeServer()
    {
        if (server != null)
        {
            server.close();
        }
    }

    @Test
    void shouldPrintWhatZooKeepersShellPrintsAroundACommand()
    {
        final CapturedRun run = CapturedRun.of("-server", servers(), "ls", "/");

        assertEquals(List.of("Connecting to " + servers(), "", "WATCHER::", "",
            "WatchedEvent state:SyncConnected type:None path:null zxid: -1", "[zookeeper]"), run.out());
        assertEquals(List.of(), run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void shouldPrintOnlyTheResultWhenQuiet()
    {
        final CapturedRun run = CapturedRun.of("-server", servers(), "-q", "ls", "/");

        assertEquals(List.of("[zookeeper]"), run.out());
        assertEquals(List.of(), run.err());
    }

    /** A script must not go on with half of a list. */
    @Test
    void shouldFailWhenItsResultsCannotBeWritten() throws IOException
    {
        for (final String word : List.of("version", "--help"))
        {
            final ByteArrayOutputStream err = new ByteArrayOutputStream();
            try (OutputStream full = Files.newOutputStream(Path.of("/dev/full")))
            {
                assertEquals(1, ShellMain.run(new String[]{ word }, InputStream.nullInputStream(), full, err), word);
            }

            assertTrue(err.toString(StandardCharsets.UTF_8).contains("could not be written (No space left on device);" +
                " make room"), err::toString);
        }
    }

    @Test
    void shouldSayThatNoCommandsCanBeRead() throws IOException
    {
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (InputStream directory = Files.newInputStream(Path.of("/proc")))
        {
            assertEquals(1, ShellMain.run(new String[0], directory, new ByteArrayOutputStream(), err));
        }

        assertEquals("Cannot read commands: Is a directory. Pipe them in, or give one as arguments.\n",
            err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldExplainACommandThatIsAskedTo() throws IOException
    {
        final CapturedRun run = CapturedRun.of("-q", "-server", "127.0.0.1:" + FreePorts.find(), "create", "--help");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("Create a znode."), run.out().toString());
    }

    @Test
    void shouldFailWhenTheCommandFails()
    {
        final CapturedRun run = CapturedRun.of("-q", "-server", servers(), "get", "/missing");

        assertEquals(List.of("Node does not exist: /missing"), run.err());
        assertEquals(1, run.exitCode());
    }

    @Test
    void shouldTakeArgumentsAsTheyAreGiven()
    {
        CapturedRun.of("-q", "-server", servers(), "create", "/a", "it's \"quoted\"  twice");

        assertEquals(List.of("it's \"quoted\"  twice"), CapturedRun.of("-q", "-server", servers(), "get", "/a").out());
    }

    @Test
    void shouldLeaveOptionsBehindTheCommandToTheCommand()
    {
        final CapturedRun run = CapturedRun.of("-q", "-server", servers(), "-timeout", "20000", "ls", "-R", "/");

        assertEquals(List.of("/", "/zookeeper", "/zookeeper/config", "/zookeeper/quota"), run.out());
    }

    /** Piped into {@code head}, a large tree would otherwise be walked for nobody. */
    @Test
    void shouldEndTheListOfATreeWithWhoeverReadsIt()
    {
        final ClosedTerminal terminal = new ClosedTerminal();
        try (Connection connection = new Connection(new ConnectOptions(servers(), 20_000, false, true, null, true),
            terminal))
        {
            assertTrue(new Shell(connection, terminal).execute("ls -R /"));
        }

        assertEquals(List.of("/"), terminal.printed);
    }

    /** A terminal whose reader ends after one line. */
    private static final class ClosedTerminal implements Terminal
    {
        private final List<String> printed = new ArrayList<>();

        @Override
        public void out(final String line)
        {
            printed.add(line);
        }

        @Override
        public void err(final String line)
        {
            printed.add(line);
        }

        @Override
        public void event(final String text)
        {
            printed.add(text);
        }

        @Override
        public boolean isBroken()
        {
            return !printed.isEmpty();
        }

        @Override
        public void flush()
        {
            // Everything was written already.
        }
    }

    @Test
    void shouldStayBelowTheChroot()
    {
        CapturedRun.of("-q", "-server", servers(), "create", "/app");
        CapturedRun.of("-q", "-server", servers() + "/app", "create", "/inside");

        assertEquals(List.of("[inside]"), CapturedRun.of("-q", "-server", servers(), "ls", "/app").out());
    }

    @Test
    void shouldFindTheServerThatLivesAmongThoseThatDoNot() throws IOException
    {
        final String list = deadServer() + "," + deadServer() + "," + servers();

        assertEquals(List.of("[zookeeper]"), CapturedRun.of("-q", "-server", list, "ls", "/").out());
    }

    @Test
    void shouldSayWhatToDoWhenNoServerAnswers() throws IOException
    {
        final String dead = deadServer();
        final CapturedRun run = CapturedRun.of("-q", "-server", dead, "ls", "/");

        assertEquals("KeeperErrorCode = ConnectionLoss", run.err().get(0));
        assertTrue(run.err().get(1).contains("No server answers at " + dead), run.err().get(1));
        assertEquals(1, run.exitCode());
    }

    @Test
    void shouldTellAServerThatServesNobodyFromOneThatIsNotThere() throws IOException, InterruptedException
    {
        final Thread closer;
        try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress()))
        {
            closer = new Thread(() -> closeAll(door));
            closer.start();
            final String server = "127.0.0.1:" + door.getLocalPort();
            final CapturedRun run = CapturedRun.of("-q", "-timeout", "1000", "-server", server, "ls", "/");
            final String hint = String.join("\n", run.err());

            assertTrue(hint.contains(server + " takes connections but serves nobody"), hint);
            assertEquals(1, run.exitCode());
        }
        closer.join();
    }

    private static void closeAll(final ServerSocket door)
    {
        try
        {
            while (!door.isClosed())
            {
                door.accept().close();
            }
        }
        catch (final IOException ex)
        {
            assertTrue(door.isClosed(), ex::toString);
        }
    }

    @Test
    void shouldSayThatAHostIsNotKnown()
    {
        final CapturedRun run = CapturedRun.of("-q", "-server", "no-such-host.invalid:2181", "ls", "/");
        final String hint = String.join("\n", run.err());

        assertTrue(hint.contains("No host is known as no-such-host.invalid: check the name"), hint);
        assertEquals(1, run.exitCode());
    }

    @Test
    void shouldGiveUpWaitingForConnectionAfterTheTimeout() throws IOException
    {
        final CapturedRun run = CapturedRun.of("-q", "-server", deadServer(), "-timeout", "300", "-waitforconnection",
            "ls", "/");

        assertEquals("KeeperErrorCode = ConnectionLoss", run.err().get(0));
        assertEquals(1, run.exitCode());
    }

    @Test
    void shouldConnectWithAllOptionsAtOnce() throws IOException
    {
        final Path configuration = Files.writeString(directory.resolve("client.properties"),
            "zookeeper.request.timeout=20000\n");
        final CapturedRun run = CapturedRun.of("-q", "-r", "-waitforconnection", "-timeout", "19000",
            "-client-configuration", configuration.toString(), "-server", servers(), "stat", "/");

        assertEquals("cZxid = 0x0", run.out().get(0));
        assertEquals(List.of(), run.err());
    }

    @Test
    void shouldHonourTheClientConfiguration() throws IOException
    {
        final Path configuration = Files.writeString(directory.resolve("client.properties"),
            "zookeeper.clientCnxnSocket=no.such.Class\n");
        final CapturedRun run = CapturedRun.of("-q", "-client-configuration", configuration.toString(), "-server",
            servers(), "ls", "/");

        assertTrue(run.err().get(0).contains("no.such.Class"), run.err().get(0));
        assertEquals(1, run.exitCode());
    }

    @Test
    void shouldRefuseWrongOptions()
    {
        assertUsage("Unknown option: '-foo'", "-foo");
        assertUsage("Missing required parameter for option '-server' (servers)", "-server");
        assertUsage("Invalid value for option '-timeout': 'soon' is not an int", "-timeout", "soon");
        assertUsage("-timeout has to be above zero, not 0", "-timeout", "0");
        assertUsage("-client-configuration names no readable file: nowhere", "-client-configuration", "nowhere");
    }

    @Test
    void shouldExplainItself()
    {
        final CapturedRun run = CapturedRun.of("--help");

        assertTrue(run.out().get(0).startsWith("Usage: zkCli.sh [-server"), run.out().get(0));
        assertEquals(0, run.exitCode());
    }

    @Test
    void shouldNeedNoServerForWhatNeedsNone() throws IOException
    {
        final CapturedRun run = CapturedRun.of("-server", deadServer(), "version");

        assertTrue(run.out().get(0).startsWith("ZooKeeper CLI version: "), run.out().get(0));
        assertEquals(0, run.exitCode());
    }

    @Test
    void shouldRefuseANameThatIsNoServerList()
    {
        for (final String name : List.of("host:port", "", ","))
        {
            final CapturedRun run = CapturedRun.of("-q", "-server", name, "ls", "/");

            assertEquals("Not a server list: " + name, run.err().get(0));
            assertEquals(1, run.exitCode());
        }
    }

    @Test
    void shouldReadCommandsFromAPipe()
    {
        final CapturedRun run = CapturedRun.piped("""
            # a remark
            create /a 'two words'

            get /a
            get /missing
            ls /
            """, "-q", "-server", servers());

        assertEquals(List.of("two words", "[a, zookeeper]"), run.out());
        assertEquals(List.of("Created /a", "Node does not exist: /missing"), run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void shouldFailWhenTheLastCommandOfAPipeFails()
    {
        assertEquals(1, CapturedRun.piped("ls /\nget /missing\n", "-q", "-server", servers()).exitCode());
        assertEquals(1, CapturedRun.piped("get /missing\nquit\nls /\n", "-q", "-server", servers()).exitCode());
        assertEquals(0, CapturedRun.piped("get /missing\nls /\nquit\n", "-q", "-server", servers()).exitCode());
    }

    @Test
    void shouldReadNothingBehindQuit()
    {
        assertEquals(List.of("[zookeeper]"), CapturedRun.piped("ls /\nquit\nls /\n", "-q", "-server", servers()).out());
    }

    @Test
    void shouldKeepTextThatIsNotAscii()
    {
        final CapturedRun run = CapturedRun.piped("create /ä größe\nget /ä\n", "-q", "-server", servers());

        assertEquals(List.of("größe"), run.out());
        assertEquals(List.of("Created /ä"), run.err());
    }

    @Test
    void shouldTakeEphemeralsAlongWhenAPipeEnds()
    {
        CapturedRun.piped("create -e /e\n", "-q", "-server", servers());

        assertEquals(List.of("[zookeeper]"), CapturedRun.of("-q", "-server", servers(), "ls", "/").out());
    }

    @Test
    void shouldLeaveAnEphemeralThatIsTheOnlyCommandUntilTheSessionTimesOut()
    {
        CapturedRun.of("-q", "-server", servers(), "create", "-e", "/e");

        assertEquals(List.of("[e, zookeeper]"), CapturedRun.of("-q", "-server", servers(), "ls", "/").out());
    }

    private void assertUsage(final String message, final String... args)
    {
        final CapturedRun run = CapturedRun.of(args);

        assertEquals(message, run.err().get(0));
        assertTrue(run.err().get(1).startsWith("  Usage: zkCli.sh "), run.err().get(1));
        assertEquals(2, run.exitCode());
    }

    private String servers()
    {
        if (server == null)
        {
            server = TestServers.kinds().get(0).launch().apply(directory);
        }

        return server.connectString();
    }

    /** An address at which no server listens any more. */
    private static String deadServer()
    {
        return "127.0.0.1:" + FreePorts.find();
    }
}
