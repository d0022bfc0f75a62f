/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.shell.client.ConnectOptions;
import io.caracal.shell.server.TestServer;
import io.caracal.shell.server.TestServers;
import io.caracal.shell.transcript.CaracalShell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractiveLoopTest
{
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String CTRL_U = "\u0015";
    private static final String UP = "\u0010";
    private static final int TIMEOUT_MS = 20_000;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    private Path historyFile;
    private TestServer server;
    private Screen screen;
    private CompletableFuture<Boolean> end;

    @BeforeEach
    void begin() throws Exception
    {
        historyFile = directory.resolve("history");
        server = TestServers.kinds().get(0).launch().apply(directory.resolve("data"));
        start();
    }

    @AfterEach
    void end() throws Exception
    {
        if (!end.isDone())
        {
            screen.type(CTRL_U + CTRL_D);
        }

        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        screen.close();
        server.close();
    }

    @Test
    void shouldGreetAndShowWhereItIs()
    {
        screen.await("Welcome to the Caracal shell.");
        screen.await("Connecting to " + server.connectString());
        screen.await("WatchedEvent state:SyncConnected");
        screen.await(prompt(0));
    }

    @Test
    void shouldRunLinesAndCountThem() throws Exception
    {
        enter(0, "create /a 'two words'");
        screen.await("Created /a");
        enter(1, "get /a");
        screen.await("two words");
        screen.await(prompt(2));
    }

    @Test
    void shouldEndAtQuitWithTheResultOfTheLastCommand() throws Exception
    {
        enter(0, "get /missing");
        screen.await("Node does not exist: /missing");
        enter(1, "quit");

        assertFalse(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void shouldEndAtTheEndOfInput() throws Exception
    {
        screen.await(prompt(0));
        screen.type(CTRL_D);

        assertTrue(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void shouldDropALineThatIsInterrupted() throws Exception
    {
        screen.await(prompt(0));
        screen.type("create /dropped");
        screen.await("/dropped");
        screen.type(CTRL_C);
        enter(0, "ls /");
        screen.await("[zookeeper]");
    }

    @Test
    void shouldCompleteCommands() throws Exception
    {
        screen.await(prompt(0));
        screen.type("getAllCh\t");
        screen.await("getAllChildrenNumber ");
        screen.type("/\n");
        screen.await("3");
    }

    @Test
    void shouldCompletePaths() throws Exception
    {
        enter(0, "create /applications");
        screen.await("Created");
        enter(1, "create /applications/kafka");
        screen.await("Created");
        screen.await(prompt(2));
        screen.type("ls /app\t");
        screen.await("ls /applications");
        screen.type("/k\t\n");
        screen.await("/kafka");
        screen.await("[]");
    }

    @Test
    void shouldProposeAllThatBeginsSo() throws Exception
    {
        enter(0, "create /node-1");
        screen.await("Created");
        enter(1, "create /node-2");
        screen.await("Created");
        screen.await(prompt(2));
        screen.type("get /n\t");
        screen.await("/node-");
        screen.type("\t\t");
        screen.await("node-1");
        screen.await("node-2");
        screen.type(CTRL_C);
    }

    @Test
    void shouldCompleteOptionsWithTheirMeaning() throws Exception
    {
        screen.await(prompt(0));
        screen.type("reconfig -mem\t");
        screen.await("-members ");
        screen.type(CTRL_C);
        screen.await(prompt(0));
        screen.type("get -\t\t");
        screen.await("(Show the data as a hexdump.)");
        screen.type(CTRL_C);
    }

    @Test
    void shouldCompleteANameWithABlankBetweenQuotes() throws Exception
    {
        enter(0, "create '/two words' found");
        screen.await("Created");
        screen.await(prompt(1));
        screen.type("get '/two\t");
        screen.await("/two words");
        screen.type("'\n");
        screen.await("found");
    }

    @Test
    void shouldShowEventsAboveTheLineBeingEdited() throws Exception
    {
        enter(0, "create /w");
        screen.await("Created");
        enter(1, "get -w /w");
        screen.await("null");
        screen.await(prompt(2));
        screen.type("create /unfin");
        screen.await("/unfin");
        try (CaracalShell other = new CaracalShell(server.connectString()))
        {
            assertTrue(other.execute("set /w new"));
        }

        screen.await("type:NodeDataChanged path:/w");
        screen.await(prompt(2) + "create /unfin");
        screen.type("ished\n");
        screen.await("Created /unfinished");
    }

    @Test
    void shouldRememberLinesFromOneRunToTheNext() throws Exception
    {
        enter(0, "create /remembered");
        screen.await("Created");
        enter(1, "quit");
        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        screen.close();

        start();
        screen.await(prompt(0));
        screen.type(UP + UP + "\n");
        screen.await("Node already exists: /remembered");
    }

    @Test
    void shouldNotKeepCredentials() throws Exception
    {
        enter(0, "addauth digest user:password");
        enter(1, "ls /");
        screen.await("[zookeeper]");
        enter(2, "quit");
        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        final String kept = Files.readString(historyFile);
        assertTrue(kept.contains("ls /"), kept);
        assertFalse(kept.contains("password"), kept);
    }

    @Test
    void shouldKeepTheHistoryToItsOwner() throws Exception
    {
        screen.await(prompt(0));

        assertEquals("rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(historyFile)));
    }

    @Test
    void shouldTakeExclamationMarksAsTheyAre() throws Exception
    {
        enter(0, "create /hello world!!");
        screen.await("Created");
        enter(1, "get /hello");
        screen.await("world!!");
    }

    private void start() throws Exception
    {
        screen = new Screen();
        final ConnectOptions options = new ConnectOptions(server.connectString(), TIMEOUT_MS, false, false, null,
            false);
        final Screen used = screen;
        end = CompletableFuture.supplyAsync(() -> new InteractiveLoop(options, used.terminal(), historyFile).run());
    }

    private void enter(final int number, final String line) throws Exception
    {
        screen.await(prompt(number));
        screen.type(line + "\n");
        screen.await(line);
    }

    private String prompt(final int number)
    {
        return "[zk: " + server.connectString() + "(CONNECTED) " + number + "] ";
    }
}
