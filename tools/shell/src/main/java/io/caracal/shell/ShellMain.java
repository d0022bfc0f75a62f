/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import io.caracal.shell.client.Connection;
import io.caracal.shell.client.ReplyLimit;
import io.caracal.shell.command.Shell;
import io.caracal.shell.interactive.InteractiveLoop;
import io.caracal.shell.log.LogLevel;
import io.caracal.shell.log.StderrLogging;
import io.caracal.shell.terminal.StreamTerminal;
import io.caracal.shell.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The shell as a program: {@code caracal shell}, also known as {@code zkCli.sh}.
 */
public final class ShellMain
{
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private ShellMain()
    {
    }

    /**
     * Runs the shell and ends the process with its exit code.
     *
     * @param args options, then perhaps one command.
     */
    public static void main(final String[] args)
    {
        ReplyLimit.raise();
        // Not System.out, which swallows write errors.
        System.exit(run(args, System.in, new FileOutputStream(FileDescriptor.out), System.err));
    }

    /**
     * Runs the shell.
     *
     * @param args options, then perhaps one command.
     * @param in commands, read when args hold none and there is no terminal.
     * @param out takes results.
     * @param err takes errors and hints.
     * @return 0 when the only or last command succeeded; 1 when it failed, or a result could not be written; 2 for
     *         wrong options.
     */
    public static int run(final String[] args, final InputStream in, final OutputStream out, final OutputStream err)
    {
        StderrLogging.install();
        final StreamTerminal terminal = new StreamTerminal(out, err, Console.isScreen());
        final CommandLine parser = ShellOptions.parser();
        final ShellOptions options;
        try
        {
            options = ShellOptions.parse(parser, args);
        }
        catch (final ParameterException failure)
        {
            terminal.err(failure.getMessage());
            terminal.err("  Usage: " + parser.getCommandSpec().usageMessage().customSynopsis()[0]);
            return USAGE;
        }

        if (options.isHelp())
        {
            terminal.out(parser.getUsageMessage().stripTrailing());
            return exitCode(true, terminal);
        }
        if (options.isVerbose())
        {
            LogLevel.set(Level.INFO);
        }

        return exitCode(run(options, in, terminal), terminal);
    }

    private static int exitCode(final boolean isDone, final StreamTerminal terminal)
    {
        final String lost = terminal.lost();
        if (lost != null)
        {
            terminal.err(lost);
        }

        return isDone && lost == null ? DONE : FAILED;
    }

    private static boolean run(final ShellOptions options, final InputStream in, final Terminal terminal)
    {
        if (!options.command().isEmpty())
        {
            return runOnce(options, terminal);
        }
        if (Console.isInteractive())
        {
            return InteractiveLoop.run(options.connectOptions());
        }

        try (Connection connection = new Connection(options.connectOptions(), terminal))
        {
            return new PipeLoop(new Shell(connection, terminal), in).run();
        }
        catch (final IOException ex)
        {
            terminal.err("Cannot read commands: " + ex.getMessage() + ". Pipe them in, or give one as arguments.");
            return false;
        }
    }

    private static boolean runOnce(final ShellOptions options, final Terminal terminal)
    {
        final Connection connection = new Connection(options.connectOptions(), terminal);
        final Shell shell = new Shell(connection, terminal);
        final boolean isDone = shell.execute(options.command());
        if (!shell.needsSessionAfterwards())
        {
            // Skipped after a command that made an ephemeral znode: closing the session would delete it, whereas an
            // abandoned session keeps it until the session times out.
            connection.close();
        }

        terminal.flush();
        return isDone;
    }
}
