/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.disk.DirectoryLock;
import io.caracal.server.RawClient;
import io.caracal.server.ServerProcess;
import io.caracal.server.Words;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.metrics.CountersFile;
import io.caracal.server.metrics.RuntimeDirectory;
import io.caracal.server.metrics.RuntimeSweep;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerMainTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String SLOW_FORCE = "to force the transaction log";
    private static final int IDLE_LIMIT_MS = 20_000;
    /**
     * Makes the HTTP server of the JDK look often for idle connections; the property has different names in older and
     * newer JDKs.
     */
    private static final List<String> LOOKS_OFTEN = List.of("-Dsun.net.httpserver.clockTick=100",
        "-Dsun.net.httpserver.idleTimerScheduleMillis=100");

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = { "TERM", "INT" })
    void shouldEndInGoodOrderOnASignal(final String signal) throws Exception
    {
        try (ServerProcess server = new ServerProcess(dir, ServerProcess.logsToErrors(dir), "clientPort=0", "dataDir=" +
            dir.resolve("data")))
        {
            assertTrue(server.awaitServing() > 0);
            final Path pidFile = dir.resolve("data").resolve("zookeeper_server.pid");
            assertEquals(Long.toString(server.pid()), Files.readString(pidFile).trim());
            server.signal(signal);
            takeOver(dir.resolve("data/caracal-1/lock"), pidFile);

            assertEquals(0, server.awaitExit(), server::errors);
            assertTrue(server.errors().contains("told to end"), server::errors);
            assertTrue(server.errors().contains("closed in good order"), server::errors);
            assertEquals("1\n", Files.readString(pidFile), "the file of the next server is its own");
            assertFalse(Files.exists(RuntimeDirectory.of(dir.resolve("data"))));
        }
    }

    /** Logging takes longer to set up than a mistake to be found, and the warnings that wait for it are no reason. */
    @Test
    void shouldSayLastWhyItDoesNotStart() throws Exception
    {
        try (ServerProcess server = new ServerProcess(dir, ServerProcess.logsToErrors(dir), "clientPort=0",
            "datadir.autocreate=false", "noSuchKey=1", "dataDir=" + dir.resolve("missing")))
        {
            assertEquals(ExitCode.DATA.code(), server.awaitExit(), server::errors);
            final String last = server.errors().lines().reduce("", (before, line) -> line);
            assertTrue(server.errors().contains("unknown key"), server::errors);
            assertTrue(last.contains("does not exist and datadir.autocreate=false"), server::errors);
        }
    }

    /** The program {@code timeout} sends its signal to the process and once more to the group of the process. */
    @Test
    void shouldTakeSignalsOfOneMomentForOne() throws Exception
    {
        try (ServerProcess server = new ServerProcess(dir, ServerProcess.logsToErrors(dir), "clientPort=0", "dataDir=" +
            dir.resolve("data")))
        {
            assertTrue(server.awaitServing() > 0);
            // It stands still meanwhile, so that both come at one moment, also on a busy machine.
            server.signal("STOP", "TERM", "INT", "CONT");

            assertEquals(0, server.awaitExit(), server::errors);
            assertTrue(server.errors().contains("closed in good order"), server::errors);
        }
    }

    /** Takes the directory as soon as it is free, like a server that is started at once. */
    private static void takeOver(final Path lock, final Path pidFile) throws IOException
    {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        DirectoryLock taken = DirectoryLock.tryLock(lock);
        while (taken == null)
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "the directory does not get free");
            taken = DirectoryLock.tryLock(lock);
        }

        assertFalse(Files.exists(pidFile), "the file goes while nobody else can have written it");
        Files.writeString(pidFile, "1\n");
        taken.close();
    }

    /** For example on a file system that has become read-only: the exit code says how the server ended. */
    @Test
    void shouldEndInGoodOrderThoughTheFileOfItsProcessIdStays() throws Exception
    {
        try (ServerProcess server = new ServerProcess(dir, ServerProcess.logsToErrors(dir), "clientPort=0", "dataDir=" +
            dir.resolve("data")))
        {
            assertTrue(server.awaitServing() > 0);
            final Path pidFile = dir.resolve("data").resolve("zookeeper_server.pid");
            Files.delete(pidFile);
            Files.createFile(Files.createDirectory(pidFile).resolve("keeps-it"));
            server.signal("TERM");

            assertEquals(0, server.awaitExit(), server::errors);
            assertTrue(server.errors().contains("the file of the process id stays behind"), server::errors);
            assertTrue(server.errors().contains("closed in good order"), server::errors);
        }
    }

    /** A native binding that generates classes at run time would cost a tenth of a second of each start. */
    @Test
    void shouldReachFirstDurableSessionWithoutMakingClasses() throws Exception
    {
        final Path classes = dir.resolve("classes");
        try (ServerProcess server = new ServerProcess(dir, List.of("-Xlog:class+load:file=" + classes), "clientPort=0",
            "dataDir=" + dir.resolve("data")))
        {
            final int port = server.awaitServing();
            RawClient.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).close();
            server.signal("TERM");
            assertEquals(0, server.awaitExit(), server::errors);
        }

        final String loaded = Files.readString(classes);
        assertTrue(loaded.contains("] com.kenai.jffi.Invoker "), "a segment was reserved");
        assertFalse(loaded.contains("] org.objectweb.asm."));
        assertFalse(loaded.contains("] jnr.x86asm."));
    }

    /**
     * Logging is set up in parallel with the start. What is logged before must not be lost, and must not cause a
     * warning.
     */
    @Test
    void shouldLogWhatHappensBeforeLoggingIsSetUp() throws Exception
    {
        final List<String> flags = ServerProcess.logsToErrors(dir);
        final String dataDir = "dataDir=" + dir.resolve("data");
        try (ServerProcess first = ServerProcess.deafToHangups(dir, flags, "clientPort=0", dataDir))
        {
            first.awaitServing();
            first.awaitErrors("data in " + dir.resolve("data"));
            first.awaitErrors("SIGHUP does not reach this process");
            assertFalse(first.errors().contains("SLF4J"), first::errors);
            try (ServerProcess second = new ServerProcess(dir, flags, "clientPort=0", dataDir))
            {
                assertEquals(3, second.awaitExit());
                assertTrue(second.errors().contains("data in " + dir.resolve("data")), second::errors);
            }
        }
    }

    /** As in a container whose root file system is read-only: what is unpacked goes to the data, and does not stay. */
    @Test
    void shouldStartWithoutAPlaceForTemporaryFiles() throws Exception
    {
        final List<String> flags = new ArrayList<>(ServerProcess.logsToErrors(dir));
        flags.addAll(List.of("-Djava.io.tmpdir=/dev/null", "-Duser.home=/dev/null"));
        final Path data = dir.resolve("data");
        try (ServerProcess server = new ServerProcess(dir, flags, "clientPort=0", "admin.enableServer=false",
            "dataDir=" + data))
        {
            server.awaitServing();
            server.signal("TERM");
            assertEquals(0, server.awaitExit(), server::errors);
            assertFalse(server.errors().contains("JNA"), server::errors);
        }
        try (Stream<Path> files = Files.list(data))
        {
            assertEquals(List.of("caracal-1"), files.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** Otherwise a log that cannot be written would look like a server that has nothing to say. */
    @Test
    void shouldSayThatItsLogCannotBeWritten() throws Exception
    {
        final Path logging = Files.writeString(dir.resolve("logging.xml"), """
            <configuration>
              <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
              <appender name="full" class="ch.qos.logback.core.FileAppender">
                <file>/dev/full</file>
                <encoder><pattern>%msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="full"/></root>
            </configuration>
            """);
        try (ServerProcess server = new ServerProcess(dir, List.of("-Dlogback.configurationFile=" + logging),
            "clientPort=0", "dataDir=" + dir.resolve("data")))
        {
            assertTrue(server.awaitServing() > 0);
            server.signal("TERM");
            assertEquals(0, server.awaitExit(), server::errors);
            assertTrue(server.errors().contains("/dev/full"), server::errors);
            assertTrue(server.errors().contains("No space left on device"), server::errors);
        }
    }

    @Test
    void shouldReadItsConfigurationAgainOnASignal() throws Exception
    {
        final String text = "dataDir=" + dir.resolve("data") + "\nclientPort=0\nclientPortAddress=127.0.0.1\n";
        final Path config = Files.writeString(dir.resolve("zoo.cfg"), text + "fsync.warningthresholdms=60000\n");
        try (ServerProcess server = new ServerProcess(dir, ServerProcess.logsToErrors(dir), config.toString(),
            "admin.enableServer=false"))
        {
            final int port = server.awaitServing();
            assertTrue(Words.ask(port, "ruok").contains("not in the whitelist"));
            assertFalse(server.errors().contains(SLOW_FORCE), server::errors);
            Files.writeString(config, text + "4lw.commands.whitelist=ruok\nfsync.warningthresholdms=0\n");
            server.signal("HUP");
            final long deadlineNs = System.nanoTime() + LIMIT_NS;
            while (!"imok".equals(Words.ask(port, "ruok")))
            {
                assertTrue(System.nanoTime() < deadlineNs, server::errors);
            }
            // This line comes last; the new settings take effect before it.
            while (!server.errors().contains("configuration read again: 2 keys taken over, 0 need a restart"))
            {
                assertTrue(System.nanoTime() < deadlineNs, server::errors);
            }

            RawClient.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).close();
            while (!server.errors().contains(SLOW_FORCE))
            {
                assertTrue(System.nanoTime() < deadlineNs, "no force takes longer than nothing");
            }

            server.signal("TERM");
            assertEquals(0, server.awaitExit(), server::errors);
        }
    }

    @Test
    void shouldLeaveFiguresBehindWhenKilledAndStartAgain() throws Exception
    {
        final Path data = dir.resolve("data");
        final Path config = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + data + "\nclientPort=0\n");
        try (ServerProcess server = new ServerProcess(dir, config.toString()))
        {
            server.awaitServing();
            server.signal("KILL");
            server.awaitExit();
            try (CountersFile counters = CountersFile.open(RuntimeDirectory.of(data)))
            {
                assertEquals(server.pid(), counters.header().pid());
            }
        }

        try (ServerProcess server = new ServerProcess(dir, config.toString()))
        {
            server.awaitServing();
            server.signal("TERM");
            assertEquals(0, server.awaitExit(), server::errors);
        }
    }

    @Test
    void shouldTakeAStateThatIsSentToItAndGoOn() throws Exception
    {
        final int adminPort = FreePorts.find();
        final String url = "http://127.0.0.1:" + adminPort + "/commands/";
        try (ServerProcess server = new ServerProcess(dir, LOOKS_OFTEN, "clientPort=0",
            "dataDir=" + dir.resolve("data"), "admin.serverPort=" + adminPort, "admin.idleTimeout=1000"))
        {
            server.awaitServing();
            assertIdleConnectionEnds(adminPort);
            final byte[] snapshot = answer(HttpRequest.newBuilder(URI.create(url + "snapshot")));
            answer(HttpRequest.newBuilder(URI.create(url + "restore"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(snapshot)));
            assertIdleConnectionEnds(adminPort);
            server.signal("TERM");
            assertEquals(0, server.awaitExit(), server::errors);
        }
    }

    /**
     * Sends a request. If the machine stalls after a connection was made, the server may close it as idle, so each
     * attempt uses a new one.
     */
    private static byte[] answer(final HttpRequest.Builder request) throws InterruptedException
    {
        final HttpRequest whole = request.header("Authorization", "digest u:p").build();
        final List<IOException> ended = new ArrayList<>();
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (System.nanoTime() - deadlineNs < 0)
        {
            try
            {
                final HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(whole,
                    HttpResponse.BodyHandlers.ofByteArray());
                assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
                return answer.body();
            }
            catch (final IOException ex)
            {
                ended.add(ex);
            }
        }

        throw new AssertionError("no answer: " + ended);
    }

    /**
     * Checks that an idle connection ends within less than the default of thirty seconds. If the machine stalls, a
     * connection may end before it is used.
     */
    private static void assertIdleConnectionEnds(final int adminPort) throws IOException
    {
        String answer = askAndAwaitEnd(adminPort);
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (answer.isEmpty() && System.nanoTime() - deadlineNs < 0)
        {
            answer = askAndAwaitEnd(adminPort);
        }

        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    private static String askAndAwaitEnd(final int adminPort) throws IOException
    {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), adminPort))
        {
            socket.setSoTimeout(IDLE_LIMIT_MS);
            socket.getOutputStream()
                .write("GET /commands/ruok HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
        catch (final SocketException endedBefore)
        {
            return "";
        }
    }

    @Test
    void shouldRefuseADirectoryInUseByAnotherProcess() throws Exception
    {
        final String dataDir = "dataDir=" + dir.resolve("data");
        try (ServerProcess first = new ServerProcess(dir, "clientPort=0", dataDir))
        {
            first.awaitServing();
            try (ServerProcess second = new ServerProcess(dir, "clientPort=0", dataDir))
            {
                assertEquals(3, second.awaitExit());
                assertTrue(second.errors().contains("in use"), second::errors);
                assertTrue(Files.exists(RuntimeDirectory.of(dir.resolve("data"))));
            }
        }

        IoUtil.delete(dir.resolve("data").toFile(), false);
        RuntimeSweep.run();
        assertFalse(Files.exists(RuntimeDirectory.of(dir.resolve("data"))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "sslQuorum=true", "tickTime=soon", "nonsense", "no/such/zoo.cfg" })
    void shouldExitWithTwoOnAWrongInvocation(final String argument) throws Exception
    {
        final boolean isFile = argument.endsWith(".cfg");
        try (ServerProcess server = isFile ? new ServerProcess(dir, argument) : new ServerProcess(dir, "clientPort=0",
            argument, "dataDir=" + dir.resolve("data")))
        {
            assertEquals(2, server.awaitExit());
            assertTrue(server.errors().contains(argument.split("=", 2)[0]), server::errors);
        }
    }
}
