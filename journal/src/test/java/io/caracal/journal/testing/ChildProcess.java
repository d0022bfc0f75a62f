/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another JVM with the class path and the options of this one. A thread reads the lines that it prints. */
public final class ChildProcess implements AutoCloseable
{
    private static final long DEADLINE_S = 60;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Process process;
    private final Thread reader;

    public ChildProcess(final List<String> launcher, final Class<?> main, final String... arguments)
    {
        final List<String> command = new ArrayList<>(launcher);
        command.add(ProcessHandle.current().info().command().orElseThrow());
        for (final String option : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (!option.startsWith("-Xmx"))
            {
                command.add(option);
            }
        }

        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));

        try
        {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        reader = new Thread(this::readLines, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for a line with a prefix and returns the rest of it. */
    public String await(final String prefix) throws InterruptedException
    {
        final List<String> seen = new ArrayList<>();
        String line = lines.poll(DEADLINE_S, TimeUnit.SECONDS);
        while (line != null && !line.startsWith(prefix))
        {
            seen.add(line);
            line = lines.poll(process.isAlive() || !lines.isEmpty() ? DEADLINE_S : 1, TimeUnit.SECONDS);
        }

        if (line == null)
        {
            throw new AssertionError("waited in vain for a line that begins with '" + prefix + "' after " + seen);
        }

        return line.substring(prefix.length());
    }

    /** Kills the process with kill -9. Everything that it printed before is then in {@link #rest}. */
    public void kill() throws InterruptedException
    {
        // Killed through its handle: after Process.destroyForcibly, its last output could no longer be read.
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join(TimeUnit.SECONDS.toMillis(DEADLINE_S));
    }

    public int exitCode() throws InterruptedException
    {
        if (!process.waitFor(DEADLINE_S, TimeUnit.SECONDS))
        {
            throw new AssertionError("the child did not end");
        }

        reader.join(TimeUnit.SECONDS.toMillis(DEADLINE_S));
        return process.exitValue();
    }

    /** Returns the lines that nobody waited for. */
    public List<String> rest()
    {
        return List.copyOf(lines);
    }

    /** Waits until the process, and whatever it may have started, has ended. Locks are held until then. */
    @Override
    public void close()
    {
        final List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(DEADLINE_S, TimeUnit.SECONDS).join());
    }

    private void readLines()
    {
        try (BufferedReader output =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            output.lines().forEach(lines::add);
        }
        catch (final IOException | UncheckedIOException ex)
        {
            lines.add("output ended: " + ex.getMessage());
        }
    }
}
