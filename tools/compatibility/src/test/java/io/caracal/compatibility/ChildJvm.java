/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A child process with its output in a file under target. Its standard input is a pipe from this process, so a child
 * that reads to its end learns when its parent is gone (see {@link Orphan}).
 */
public final class ChildJvm implements AutoCloseable
{
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final int TAIL_LENGTH = 4000;

    private final String title;
    private final Path log;
    private final Process process;

    private ChildJvm(final String title, final Path log, final Process process)
    {
        this.title = title;
        this.log = log;
        this.process = process;
    }

    /** Starts java with the class path of this test and the JVM flags that Caracal needs. */
    public static ChildJvm startOwn(final String title, final List<String> options, final String mainClass,
        final List<String> arguments)
    {
        return startOwn(title, List.of(), options, mainClass, arguments);
    }

    /** Does the same through a program that starts others. */
    public static ChildJvm startOwn(final String title, final List<String> launcher, final List<String> options,
        final String mainClass, final List<String> arguments)
    {
        return startOwn(title, launcher, options, System.getProperty("java.class.path"), mainClass, arguments);
    }

    /** Starts a server like {@link #startOwn}, from the {@link ClassArchive} of this build. */
    public static ChildJvm startServer(final String title, final List<String> launcher, final List<String> options,
        final String mainClass, final List<String> arguments)
    {
        final List<String> all = new ArrayList<>(options);
        all.addAll(ClassArchive.options());
        return startOwn(title, launcher, all, ClassArchive.classPath(), mainClass, arguments);
    }

    static ChildJvm startOwn(final String title, final List<String> launcher, final List<String> options,
        final String classPath, final String mainClass, final List<String> arguments)
    {
        final List<String> all = new ArrayList<>(options);
        final String flags = System.getProperty("caracal.jvm.args");

        if (flags != null)
        {
            all.add("@" + flags);
        }

        return start(title, launcher, all, classPath, mainClass, arguments);
    }

    public static ChildJvm start(final String title, final List<String> options, final String classPath,
        final String mainClass, final List<String> arguments)
    {
        return start(title, List.of(), options, classPath, mainClass, arguments);
    }

    private static ChildJvm start(final String title, final List<String> launcher, final List<String> options,
        final String classPath, final String mainClass, final List<String> arguments)
    {
        try
        {
            final Path directory = Files.createDirectories(Path.of("target", "children"));
            final String stem = stem(title);
            final Path argumentFile = directory.resolve(stem + ".args");
            Files.writeString(argumentFile, "-cp \"" + classPath.replace("\\", "\\\\") + "\"\n");

            final List<String> command = new ArrayList<>(launcher);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.add("-XX:+UseSerialGC");
            command.add("-Djava.awt.headless=true");
            command.add("@" + argumentFile.toAbsolutePath());
            command.add(mainClass);
            command.addAll(arguments);
            return start(title, directory.resolve(stem + ".log"), command);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Starts any program. */
    public static ChildJvm startProgram(final String title, final List<String> command)
    {
        try
        {
            final Path directory = Files.createDirectories(Path.of("target", "children"));
            return start(title, directory.resolve(stem(title) + ".log"), command);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Names the files of a child. Several JVMs may run tests at the same time. */
    private static String stem(final String title)
    {
        return title + "-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
    }

    private static ChildJvm start(final String title, final Path log, final List<String> command) throws IOException
    {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
            .start();
        return new ChildJvm(title, log, process);
    }

    public boolean isAlive()
    {
        return process.isAlive();
    }

    public long pid()
    {
        return process.pid();
    }

    /** Waits for a line that begins with the word and returns the rest of that line. */
    public String awaitLine(final String word, final long timeoutMs)
    {
        final String[] found = new String[1];

        Await.until("\"" + word + "\" from " + title + " in " + log, timeoutMs, () ->
        {
            found[0] = line(word);
            return found[0] != null || !process.isAlive();
        });

        if (found[0] == null)
        {
            throw new AssertionError(title + " ended with " + process.exitValue() + " before \"" + word + "\":\n" +
                tail());
        }

        return found[0];
    }

    private String line(final String word)
    {
        for (final String line : Texts.split(output(), '\n'))
        {
            if (line.startsWith(word))
            {
                return line.substring(word.length()).strip();
            }
        }

        return null;
    }

    /** Waits for the end and returns the exit code. */
    public int awaitExit(final long timeoutMs)
    {
        try
        {
            if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS))
            {
                throw new AssertionError(title + " did not end within " + timeoutMs + " ms:\n" + tail());
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the end of " + title, ex);
        }

        return process.exitValue();
    }

    /** Sends SIGTERM; the caller waits. */
    public void terminate()
    {
        process.destroy();
    }

    public String output()
    {
        try
        {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public String tail()
    {
        final String all = output();
        return all.substring(Math.max(0, all.length() - TAIL_LENGTH));
    }

    /** Sends SIGKILL, then waits. */
    @Override
    public void close()
    {
        process.destroyForcibly();
        awaitExit(TimeUnit.SECONDS.toMillis(60));
    }
}
