/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.caracal.bench.compare.FourLetterWord;
import io.caracal.bench.compare.OutputTail;

/** One server of an ensemble in a process of its own; started and ended as often as asked. Not thread-safe. */
final class MemberProcess implements AutoCloseable
{
    private static final long END_TIMEOUT_S = 30;
    private static final String MODE = "Mode: ";

    private final Member member;
    private final List<String> command;
    private final Path output;
    private final Thread onExit = new Thread(this::destroy);
    private Process process;

    MemberProcess(final Member member, final List<String> command)
    {
        this.member = member;
        this.command = command;
        output = member.dir().resolve("output.log");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    Member member()
    {
        return member;
    }

    long pid()
    {
        return process.pid();
    }

    void start()
    {
        try
        {
            process = new ProcessBuilder(command).directory(member.dir().toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Starts the server if it has ended. It still runs if the trouble that should have ended it never came; then it
     * must not be started twice, because nobody would end the first one.
     */
    void startIfEnded()
    {
        if (!process.isAlive())
        {
            start();
        }
    }

    /** leader, follower; empty while it does not serve. */
    Optional<String> mode()
    {
        if (!process.isAlive())
        {
            throw new IllegalStateException("server " + member.id() + " ended with " + process.exitValue() + ": " +
                tail());
        }

        return FourLetterWord.ask(member.address(), "srvr").stream().flatMap(String::lines)
            .filter(line -> line.startsWith(MODE)).map(line -> line.substring(MODE.length())).findFirst();
    }

    /** The last lines of the output, for the message of a failure. */
    String tail()
    {
        return OutputTail.of(output);
    }

    /** Sends a signal by its name; does not wait for what it does. */
    void signal(final String name)
    {
        try
        {
            final Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO()
                .start();
            if (kill.waitFor() != 0)
            {
                throw new IllegalStateException("kill -" + name + " " + process.pid() + " failed");
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    void awaitEnd()
    {
        try
        {
            if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("server " + member.id() + " does not end, pid " + process.pid());
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    /** Kills the server and waits until it has ended. It can be started again, unlike one that was closed. */
    void kill()
    {
        destroy();
        awaitEnd();
    }

    /** Kills the server as {@code kill -9} does, but without another process as in {@link #signal}. */
    private void destroy()
    {
        if (process != null)
        {
            process.destroyForcibly();
        }
    }

    @Override
    public void close()
    {
        if (process != null)
        {
            kill();
        }
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}
