/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.client.ConnectOptions;
import io.caracal.shell.client.Connection;
import io.caracal.shell.command.Shell;
import io.caracal.shell.log.JdkLogging;
import io.caracal.shell.log.LogLevel;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Reads and runs the lines of a person until quit or Ctrl-D. Ctrl-C drops the line being edited, or interrupts the
 * running command.
 */
public final class InteractiveLoop
{
    /** Under this name, what edits lines logs that it knows too little of a terminal, for example. */
    private static final String LIBRARY = "org.jline";

    private final Connection connection;
    private final Shell shell;
    private final LineTerminal terminal;

    InteractiveLoop(final ConnectOptions options, final Terminal screen, final Path historyFile)
    {
        terminal = new LineTerminal(screen);
        connection = new Connection(options, terminal);
        shell = new Shell(connection, terminal);
        terminal.open(connection, this::prompt, historyFile);
    }

    /**
     * Runs a shell on the terminal of this process.
     *
     * @param options how to connect.
     * @return whether the last command succeeded.
     */
    public static boolean run(final ConnectOptions options)
    {
        JdkLogging.redirect(LIBRARY);
        try (Terminal screen = TerminalBuilder.builder().system(true).dumb(true).build())
        {
            return new InteractiveLoop(options, screen, HistoryFile.path()).run();
        }
        catch (final IOException failure)
        {
            System.err.println("Cannot use this terminal: " + failure.getMessage() + ". Pipe commands in instead.");
            return false;
        }
    }

    boolean run()
    {
        final Thread reader = Thread.currentThread();
        terminal.onInterrupt(reader::interrupt);
        LogLevel.sink(terminal::event);
        try
        {
            return begin() && readAll();
        }
        finally
        {
            connection.close();
            terminal.flush();
        }
    }

    private boolean begin()
    {
        terminal.out("Welcome to the Caracal shell. help lists the commands, Tab completes, Ctrl-D leaves.");
        try
        {
            connection.begin();
            connection.awaitReachable();
        }
        catch (final CommandFailure failure)
        {
            terminal.err(failure.getMessage());
            terminal.err("  " + failure.hint());
            return connection.state().isAlive();
        }
        catch (final InterruptedException interruption)
        {
            terminal.err("Not connected yet; the shell keeps trying.");
        }

        return true;
    }

    private boolean readAll()
    {
        boolean isDone = true;
        while (!shell.isLeaving())
        {
            try
            {
                isDone = execute(terminal.readLine(), isDone);
            }
            catch (final UserInterruptException dropped)
            {
                // Ctrl-C: the line is dropped, the next one is read.
            }
            catch (final EndOfFileException end)
            {
                break;
            }
        }

        return isDone;
    }

    private boolean execute(final String line, final boolean wasDone)
    {
        final boolean isDone = shell.execute(line);
        Thread.interrupted();
        return shell.isLeaving() ? wasDone : isDone;
    }

    private String prompt()
    {
        return "[zk: " + connection.servers() + "(" + connection.state() + ") " + shell.history().count() + "] ";
    }
}
