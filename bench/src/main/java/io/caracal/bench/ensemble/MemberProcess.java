/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.caracal.bench.servers.FourLetterWord;
import io.caracal.bench.servers.OutputTail;
import io.caracal.bench.servers.OwnedProcess;

/** One server of an ensemble in a process of its own. It can be started and ended repeatedly. Not thread-safe. */
final class MemberProcess implements AutoCloseable
{
    private static final String MODE = "Mode: ";

    private final Member member;
    private final List<String> command;
    private final Path output;
    private final OwnedProcess own;

    MemberProcess(final Member member, final List<String> command)
    {
        this.member = member;
        this.command = command;
        output = member.dir().resolve("output.log");
        own = new OwnedProcess("server " + member.id());
    }

    Member member()
    {
        return member;
    }

    long pid()
    {
        return own.process().pid();
    }

    void start()
    {
        try
        {
            own.start(new ProcessBuilder(command).directory(member.dir().toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Starts the server if it has ended. If the trouble that should have ended it never happened, it still runs. Then
     * it must not be started again, because nobody would end the first process.
     */
    void startIfEnded()
    {
        if (!own.process().isAlive())
        {
            start();
        }
    }

    /** Returns the mode, such as leader or follower; empty while the server does not serve. */
    Optional<String> mode()
    {
        if (!own.process().isAlive())
        {
            throw new IllegalStateException("server " + member.id() + " ended with " + own.process().exitValue() +
                ": " +
                tail());
        }

        return FourLetterWord.ask(member.address(), "srvr").stream().flatMap(String::lines)
            .filter(line -> line.startsWith(MODE)).map(line -> line.substring(MODE.length())).findFirst();
    }

    /** Returns the last lines of the output, for the message of a failure. */
    String tail()
    {
        return OutputTail.of(output);
    }

    /** Sends a signal by its name. Does not wait for its effect. */
    void signal(final String name)
    {
        try
        {
            final Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO()
                .start();
            if (kill.waitFor() != 0)
            {
                throw new IllegalStateException("kill -" + name + " " + pid() + " failed");
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
        own.awaitEnd();
    }

    /** Kills the server as {@code kill -9} does, but without the extra process that {@link #signal} uses. */
    void kill()
    {
        own.kill();
    }

    @Override
    public void close()
    {
        own.close();
    }
}
