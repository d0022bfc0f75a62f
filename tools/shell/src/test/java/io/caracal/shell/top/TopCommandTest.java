/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caracal.server.main.ServerMain;
import io.caracal.server.metrics.CountersHeader;
import io.caracal.server.metrics.NameSpaces;
import io.caracal.server.metrics.RuntimeDirectory;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.Traffic;
import io.caracal.server.metrics.Vital;
import io.caracal.shell.interactive.Screen;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopCommandTest
{
    private static final long LIMIT_S = 60;
    private static final long OWN_PID = ProcessHandle.current().pid();
    private static final long NS_PER_S = 1_000_000_000L;
    /** Matches 90 seconds, plus the time for which this process may have paused before it looked. */
    private static final String STALLED = "STALLED: its loop has not turned for (9\\d|1\\d\\d) s; ";

    @TempDir
    private Path dir;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldTellOfAServerThatRunsIsStoppedAndWasKilled() throws Exception
    {
        final Path dataDir = Files.createDirectory(dir.resolve("data"));
        final Process server = start(List.of(), dataDir);
        try
        {
            awaitServing(server);
            awaitRunning(dataDir);
            assertTrue(printed().contains("\"pid\":" + server.pid() + ","), printed());
            assertTrue(printed().contains("\"writes\":{\"count\":") || printed().contains("\"forces\":{\"count\":"),
                printed());

            awaitFirstGauges(dataDir);
            kill("STOP", server);
            awaitStopped(dataDir);
            assertTrue(printed().contains("kill -CONT " + server.pid()), printed());

            kill("KILL", server);
            assertTrue(server.waitFor(LIMIT_S, TimeUnit.SECONDS));
            assertEquals(1, top("--once", dataDir.toString()));
            assertTrue(printed().contains("GONE: process " + server.pid()), printed());
            assertTrue(printed().contains("zxid 0x1"), printed());
        }
        finally
        {
            end(server, dataDir);
        }
    }

    /** The server is process 1 in its container; process 1 here is another one, which never ends. */
    @Test
    void shouldTellOfAServerInAnotherContainerThatRunsAndWasKilled() throws Exception
    {
        final List<String> container = List.of("unshare", "--map-root-user", "--pid", "--fork", "--kill-child",
            "--mount-proc");
        assumeTrue(isPossible(container), "a container of its own is not permitted here");
        final Path dataDir = Files.createDirectory(dir.resolve("data"));
        final Process server = start(container, dataDir);
        try
        {
            awaitServing(server);
            awaitRunning(dataDir);
            assertTrue(printed().contains("\"pid\":1,"), printed());

            final ProcessHandle inside = server.children().findFirst().orElseThrow();
            kill("KILL", server);
            inside.onExit().get(LIMIT_S, TimeUnit.SECONDS);
            assertEquals(1, top("--once", dataDir.toString()));
            assertTrue(printed().contains("GONE: process 1 of another container was killed"), printed());
        }
        finally
        {
            end(server, dataDir);
        }
    }

    @Test
    void shouldSayThatADirectoryHasNoServerAndNotThatASessionIsUnknown()
    {
        final String nowhere = dir.resolve("nowhere").toString();
        assertEquals(3, new SessionCommand(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)).run("0x1", nowhere));
        final String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("no figures of a server with the data directory " + nowhere), said);
        assertFalse(said.contains("remembers"), said);
    }

    private static boolean isPossible(final List<String> container) throws IOException, InterruptedException
    {
        final List<String> command = new ArrayList<>(container);
        command.add("true");
        final Process attempt = new ProcessBuilder(command).redirectErrorStream(true).start();
        return attempt.waitFor(LIMIT_S, TimeUnit.SECONDS) && attempt.exitValue() == 0;
    }

    private Process start(final List<String> launcher, final Path dataDir) throws IOException
    {
        final List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + System.getProperty("caracal.jvm.args"), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("java.class.path"), ServerMain.class.getName(), "dataDir=" + dataDir, "clientPort=0"));
        return new ProcessBuilder(command).redirectError(dir.resolve("err").toFile()).start();
    }

    private static void awaitServing(final Process server)
    {
        final BufferedReader said =
            new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        final String line = assertTimeoutPreemptively(Duration.ofSeconds(LIMIT_S), said::readLine,
            "the server does not say that it serves");
        assertTrue(String.valueOf(line).startsWith("serving clients on "), line);
    }

    /** Waits until the loop is on time. If the whole machine paused, it is reported as late until it turns again. */
    private void awaitRunning(final Path dataDir) throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + LIMIT_S * NS_PER_S;
        int code = top("--json", "--interval", "0", dataDir.toString());
        while (printed().startsWith("{\"state\":\"stalled\""))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "it does not run: " + printed());
            Thread.sleep(10);
            code = top("--json", "--interval", "0", dataDir.toString());
        }
        assertEquals(0, code, printed());
        assertTrue(printed().contains("\"state\":\"running\",\"verdict\":\"running as standalone\""), printed());
    }

    /**
     * Waits for the first gauges. They are set at the end of a turn of the loop, and a server may serve before its
     * first turn has ended.
     */
    private void awaitFirstGauges(final Path dataDir) throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + LIMIT_S * NS_PER_S;
        while (printed().contains("\"last_applied_zxid\":0,"))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "no turn of the loop ended: " + printed());
            Thread.sleep(10);
            top("--json", "--interval", "0", dataDir.toString());
        }
    }

    /** Waits until the stop is seen: each thread of the process stops when it gets the processor next. */
    private void awaitStopped(final Path dataDir) throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + LIMIT_S * NS_PER_S;
        int code = top("--once", dataDir.toString());
        while (!printed().contains("STOPPED by a signal or a debugger"))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "it does not stop: " + printed());
            Thread.sleep(10);
            code = top("--once", dataDir.toString());
        }
        assertEquals(1, code, printed());
    }

    private static void end(final Process server, final Path dataDir) throws IOException
    {
        server.destroyForcibly().onExit().join();
        final Path left = RuntimeDirectory.of(dataDir);
        for (final Path each : List.of(left.resolve("counters"), left.resolve("owner"), left))
        {
            Files.deleteIfExists(each);
        }
    }

    private static void kill(final String signal, final Process process) throws IOException, InterruptedException
    {
        final Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertTrue(kill.waitFor(LIMIT_S, TimeUnit.SECONDS) && kill.exitValue() == 0);
    }

    @Test
    void shouldTellOfALoopThatDoesNotTurn() throws IOException
    {
        try (ServerMetrics metrics = figures(System.currentTimeMillis()))
        {
            metrics.vital(Vital.LOOP_DUE_NS).setRelease(System.nanoTime() - 90 * NS_PER_S);

            assertEquals(1, top("--once", dir.toString()));
            assertTrue(printed().matches("(?s).*" + STALLED + "jstack " + OWN_PID + " .*"), printed());
        }
    }

    /** A command on that process number would hit another process here. */
    @Test
    void shouldNotNameAProcessOfThisContainerForAServerInAnother() throws IOException
    {
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(OWN_PID, System.currentTimeMillis(),
            "v1", "/data", new NameSpaces("pid:[1]", "mnt:[1]"))))
        {
            metrics.vital(Vital.LOOP_DUE_NS).setRelease(System.nanoTime() - 90 * NS_PER_S);

            assertEquals(1, top("--once", dir.toString()));
            assertTrue(printed().matches("(?s).*" + STALLED + "it is process " + OWN_PID +
                " of another container: look there.*"), printed());
        }
    }

    @Test
    void shouldNotTakeALaterProcessWithTheSameNumberForTheServer() throws IOException
    {
        final long before = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli() - 60_000;
        try (ServerMetrics metrics = figures(before))
        {
            metrics.vital(Vital.LOOP_DUE_NS).setRelease(System.nanoTime() + NS_PER_S);

            assertEquals(1, top("--json", "--interval", "0", dir.toString()));
            assertTrue(printed().startsWith("{\"state\":\"gone\""), printed());
        }
    }

    @Test
    void shouldTakeDurationsAndRatesOfAnIntervalFromTwoLooks() throws IOException
    {
        try (ServerMetrics metrics = figures(System.currentTimeMillis()))
        {
            metrics.reads().record(50_000_000);
            final Sample first = Sample.of(dir);
            metrics.reads().record(1_000_000);
            metrics.traffic(Traffic.BYTES_SENT).increment();
            final Interval interval = new Interval(first, Sample.of(dir));

            assertFalse(interval.isSinceStart());
            assertTrue(interval.rate("bytes_sent") > 0);
            assertEquals(0, interval.rate("bytes_received"));
            final String text = String.join("\n", TopText.of(interval));
            assertTrue(text.matches("(?s).*reads +1 +1,0[0-9.]+ .*"), text);
        }
    }

    /** The server started before the machine got its time, which was an hour behind what it seemed to be. */
    @Test
    void shouldNotAskTheWallClockForHowLongAServerRuns() throws IOException
    {
        try (ServerMetrics metrics = figures(System.currentTimeMillis() + 3_600_000))
        {
            metrics.vital(Vital.STARTED_NS).setRelease(System.nanoTime() - 100 * NS_PER_S);
            metrics.traffic(Traffic.BYTES_SENT).setRelease(1_000_000);
            final Interval interval = new Interval(null, Sample.of(dir));

            assertTrue(interval.seconds() >= 100, () -> "seconds: " + interval.seconds());
            assertTrue(interval.rate("bytes_sent") <= 10_000, () -> "rate: " + interval.rate("bytes_sent"));
            assertTrue(TopText.of(interval).get(0).matches(".*  up 0:0[1-9]:.*"), TopText.of(interval).get(0));
        }
    }

    @Test
    void shouldLeaveOutWhatDoesNotFit() throws IOException
    {
        try (ServerMetrics metrics = figures(System.currentTimeMillis()))
        {
            metrics.reads().record(50_000_000);
            final Interval interval = new Interval(null, Sample.of(dir));
            final int whole = TopText.of(interval).size();

            final List<String> fewer = TopText.of(interval, 80, whole - 2);
            assertEquals(whole - 2, fewer.size());
            assertTrue(fewer.stream().allMatch(line -> line.length() <= 80), fewer::toString);
            assertTrue(fewer.stream().anyMatch(line -> line.startsWith("reads ")), fewer::toString);
            assertTrue(fewer.get(fewer.size() - 1).startsWith("memory in MB:"), fewer::toString);

            final List<String> few = TopText.of(interval, 30, 3);
            assertEquals(3, few.size());
            assertTrue(few.get(2).endsWith(" more lines do not fit"), few::toString);
            assertTrue(few.stream().allMatch(line -> line.length() <= 30), few::toString);
        }
    }

    @Test
    void shouldShowServersThatAreGoneLast() throws IOException
    {
        final Path other = Files.createDirectory(dir.resolve("other"));
        final long before = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli() - 60_000;
        try (ServerMetrics gone = figures(before);
            ServerMetrics running = ServerMetrics.shared(other, new CountersHeader(OWN_PID, System.currentTimeMillis(),
                "v2", "/second")))
        {
            gone.vital(Vital.CLIENT_PORT).setRelease(4711);
            running.vital(Vital.CLIENT_PORT).setRelease(4712);
            assertEquals(List.of(4712L, 4711L), new Servers(() -> List.of(dir, other)).look().stream()
                .map(each -> each.now().vital(Vital.CLIENT_PORT)).toList());
        }
    }

    @Test
    void shouldChooseAmongServersOnAScreen() throws Exception
    {
        final Path other = Files.createDirectory(dir.resolve("other"));
        try (ServerMetrics metrics = figures(System.currentTimeMillis());
            Screen screen = new Screen();
            ServerMetrics more = ServerMetrics.shared(other, new CountersHeader(OWN_PID, System.currentTimeMillis(),
                "v2", "/second")))
        {
            metrics.vital(Vital.CLIENT_PORT).setRelease(4711);
            more.vital(Vital.CLIENT_PORT).setRelease(4712);
            final TopScreen top = new TopScreen(screen.terminal(), new Servers(() -> List.of(dir, other)), 20);
            final Thread thread = new Thread(() -> run(top), "screen");
            thread.start();
            screen.await(">  1  4711");
            screen.await("caracal v1  port 4711");
            screen.type("2");
            screen.await(">  2  4712");
            screen.await("caracal v2  port 4712");
            screen.type("n");
            screen.await("caracal v1  port 4711");
            screen.type("q");
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
            assertFalse(thread.isAlive());
        }
    }

    /** A line that is longer than the screen is wide takes two, and the first lines are lost. */
    @Test
    void shouldKeepEveryLineWithinANarrowScreen() throws Exception
    {
        try (ServerMetrics metrics = figures(System.currentTimeMillis());
            Screen screen = new Screen())
        {
            metrics.vital(Vital.CLIENT_PORT).setRelease(4711);
            screen.terminal().setSize(new Size(12, 5));
            final TopScreen top = new TopScreen(screen.terminal(), new Servers(() -> List.of(dir)), 20);
            final Thread thread = new Thread(() -> run(top), "screen");
            thread.start();
            screen.await("q ends, 1 to");
            screen.type("q");
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
            assertFalse(thread.isAlive());
            assertFalse(screen.raw().contains("another server"), screen.raw());
        }
    }

    /** On a signal, another thread ends the process. */
    @Test
    void shouldDrawNothingOnceTheScreenIsGivenBack() throws Exception
    {
        try (ServerMetrics metrics = figures(System.currentTimeMillis());
            Screen screen = new Screen())
        {
            metrics.vital(Vital.CLIENT_PORT).setRelease(4711);
            final TopScreen top = new TopScreen(screen.terminal(), new Servers(() -> List.of(dir)), 20);
            final Thread thread = new Thread(() -> run(top), "screen");
            thread.start();
            screen.await("caracal v1  port 4711");
            top.leave();
            screen.type("nq");
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
            assertFalse(thread.isAlive());

            final String raw = screen.raw();
            assertTrue(raw.indexOf("\u001b[?1049l") > raw.lastIndexOf("q ends"), raw);
            assertEquals(raw.indexOf("\u001b[?1049l"), raw.lastIndexOf("\u001b[?1049l"), raw);
        }
    }

    private static void run(final TopScreen top)
    {
        try
        {
            top.run();
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void shouldSayWhatItNeeds()
    {
        assertEquals(2, top("--forever"));
        assertEquals(2, top("--once", "--interval", "-5"));
        assertEquals(2, top("--once", ""));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("an argument is empty"));
        assertEquals(3, top("--once", dir.resolve("nowhere").toString()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("no figures of a server with the data directory"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("name the dataDir of its zoo.cfg"));
        assertEquals(0, top("--help"));
        assertTrue(printed().contains("--json"));
    }

    private ServerMetrics figures(final long startMs) throws IOException
    {
        return ServerMetrics.shared(dir, new CountersHeader(OWN_PID, startMs, "v1", "/data \"of\" mine"));
    }

    private int top(final String... args)
    {
        out.reset();
        err.reset();
        return new TopCommand(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)).run(args);
    }

    private String printed()
    {
        return out.toString(StandardCharsets.UTF_8);
    }
}
