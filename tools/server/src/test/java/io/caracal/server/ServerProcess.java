/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.main.ServerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server in its own process, with the flags of this JVM. */
public final class ServerProcess implements AutoCloseable
{
    private static final long LIMIT_S = 60;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final String SERVING = "serving clients on ";

    private final Process process;
    private final Path errors;

    public ServerProcess(final Path dir, final String... args) throws IOException
    {
        this(dir, List.of(), args);
    }

    public ServerProcess(final Path dir, final List<String> jvmFlags, final String... args) throws IOException
    {
        this(dir, List.of(), jvmFlags, args);
    }

    /** Starts a server that may open at most this many files. */
    static ServerProcess withOpenFiles(final int most, final Path dir, final List<String> jvmFlags,
        final String... args) throws IOException
    {
        return new ServerProcess(dir, List.of("sh", "-c", "ulimit -n " + most + " && exec \"$0\" \"$@\""), jvmFlags,
            args);
    }

    /** Starts a server with SIGHUP ignored. */
    public static ServerProcess deafToHangups(final Path dir, final List<String> jvmFlags, final String... args)
        throws IOException
    {
        return new ServerProcess(dir, List.of("env", "--ignore-signal=HUP"), jvmFlags, args);
    }

    /** Returns flags with which the log, messages only, goes to {@link #errors}. */
    public static List<String> logsToErrors(final Path dir) throws IOException
    {
        final Path logging = Files.writeString(dir.resolve("logging.xml"), """
            <configuration>
              <appender name="err" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <encoder><pattern>%msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="err"/></root>
            </configuration>
            """);

        return List.of("-Dlogback.configurationFile=" + logging);
    }

    private ServerProcess(final Path dir, final List<String> launcher, final List<String> jvmFlags,
        final String... args) throws IOException
    {
        errors = Files.createTempFile(dir, "server", ".err");
        final List<String> command = new ArrayList<>(launcher);
        // A process in the background ignores SIGINT, and one after nohup SIGHUP; its children would inherit that.
        command.addAll(0, List.of("env", "--default-signal=INT,HUP"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + System.getProperty("caracal.jvm.args"));
        command.add("-Xmx256m");
        // What a server compiles in the seconds that it lives here costs more than it saves.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(jvmFlags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ServerMain.class.getName());
        command.addAll(List.of(args));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().remove("ZOOPIDFILE");
        process = builder.start();
    }

    /** Waits for the line which says that the server serves, and returns the port in it. */
    public int awaitServing() throws IOException
    {
        return awaitServing("standalone");
    }

    public int awaitServing(final String role) throws IOException
    {
        final BufferedReader out =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        final String line = assertTimeoutPreemptively(Duration.ofSeconds(LIMIT_S), out::readLine,
            () -> "waited for a word of the server; errors: " + errors());
        assertTrue(line != null && line.startsWith(SERVING) && line.endsWith(" as " + role),
            () -> line + "; errors: " + errors());
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1, line.indexOf(" as ")));
    }

    /** Sends signals, one right after the other. */
    public void signal(final String... names) throws IOException, InterruptedException
    {
        final StringBuilder kills = new StringBuilder("true");
        for (final String name : names)
        {
            kills.append(" && kill -").append(name).append(' ').append(process.pid());
        }

        final Process kill = new ProcessBuilder("sh", "-c", kills.toString()).start();
        assertTrue(kill.waitFor(LIMIT_S, TimeUnit.SECONDS) && kill.exitValue() == 0, kills + " failed");
    }

    public int awaitExit() throws InterruptedException
    {
        assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), "the process did not end within " + LIMIT_S + " s");
        return process.exitValue();
    }

    /**
     * Waits for a text in {@link #errors}. Logging is set up beside the start, so a server may serve before its first
     * lines are written.
     */
    public void awaitErrors(final String text)
    {
        await("the line '" + text + "'", () -> errors().contains(text));
    }

    /** Waits for something that the process does. */
    public void await(final String what, final BooleanSupplier condition)
    {
        final long beginNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - beginNs < TimeUnit.SECONDS.toNanos(LIMIT_S), () -> "waited for " + what +
                "; errors: " + errors());
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** The file that takes the standard error of the process. */
    Path errorFile()
    {
        return errors;
    }

    public String errors()
    {
        try
        {
            return Files.readString(errors);
        }
        catch (final IOException ex)
        {
            return ex.toString();
        }
    }

    public long pid()
    {
        return process.pid();
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
        process.onExit().join();
    }
}
