/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.client.Connection;
import io.caracal.shell.client.ErrorText;
import io.caracal.shell.terminal.Terminal;
import io.caracal.shell.terminal.Words;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.admin.ZooKeeperAdmin;

/**
 * Runs lines one after the other: parses the words of a line into a command, runs that against the session and reports
 * failures to the terminal. Used by one thread.
 */
public final class Shell
{
    private static final String COMMENT = "#";

    /** As the only argument, does the same as {@code help} with the command's name. */
    private static final String HELP = "--help";
    /** A connect string. People often type it without the option {@code -server}. */
    private static final Pattern SERVER = Pattern.compile(".+:\\d+(/.*)?");

    private final Connection connection;
    private final Terminal terminal;
    private final LineHistory history = new LineHistory();
    private boolean isLeaving;
    private boolean needsSessionAfterwards;
    private boolean hasFailedAgain;

    /**
     * @param connection the session; its creator closes it.
     * @param terminal takes all output.
     */
    public Shell(final Connection connection, final Terminal terminal)
    {
        this.connection = connection;
        this.terminal = terminal;
    }

    /**
     * Runs a line as it was typed and adds it to the history. Blank lines and lines that begin with # do nothing.
     *
     * @param line without its line end.
     * @return whether it succeeded.
     */
    public boolean execute(final String line)
    {
        if (line.isBlank() || line.startsWith(COMMENT))
        {
            return true;
        }

        history.add(line);
        return executeAgain(line);
    }

    /**
     * Runs one command.
     *
     * @param words its name and arguments, quotes removed; at least one.
     * @return whether it succeeded.
     */
    public boolean execute(final List<String> words)
    {
        try
        {
            hasFailedAgain = false;
            run(words);
            return !hasFailedAgain;
        }
        catch (final CommandFailure failure)
        {
            report(failure);
        }
        catch (final KeeperException error)
        {
            report(ErrorText.of(error));
        }
        catch (final InterruptedException interruption)
        {
            terminal.err("Interrupted.");
        }
        catch (final IllegalArgumentException error)
        {
            // The client library throws this for an invalid path.
            terminal.err(error.getMessage());
        }
        finally
        {
            terminal.flush();
        }

        return false;
    }

    /**
     * @return whether a command asked to end the shell.
     */
    public boolean isLeaving()
    {
        return isLeaving;
    }

    /**
     * @return whether the last command made something that lasts only as long as the session.
     */
    public boolean needsSessionAfterwards()
    {
        return needsSessionAfterwards;
    }

    /**
     * @return the lines typed so far.
     */
    public LineHistory history()
    {
        return history;
    }

    /**
     * @return the session.
     */
    public Connection connection()
    {
        return connection;
    }

    Terminal terminal()
    {
        return terminal;
    }

    ZooKeeperAdmin client() throws CommandFailure, InterruptedException
    {
        return connection.client();
    }

    void leave()
    {
        isLeaving = true;
    }

    /** Runs an earlier line in place of the present one. If it fails, the present one has failed. */
    void repeat(final String line)
    {
        hasFailedAgain = !executeAgain(line);
    }

    private boolean executeAgain(final String line)
    {
        final Words words = Words.of(line);
        if (words.openQuote() != 0)
        {
            report(new CommandFailure("Missing closing quote: " + words.openQuote(),
                "A word that begins with a quote ends at the same quote; use the other kind to write one inside."));
            return false;
        }

        return execute(words.texts());
    }

    private static String hint(final String name)
    {
        if (SERVER.matcher(name).matches())
        {
            return "The option -server " + name + " names a server, as the command connect does.";
        }

        final String nearest = CommandTable.nearest(name);
        return nearest.isEmpty() ? "help lists all commands." : "Did you mean " + nearest + "?";
    }

    private void run(final List<String> words) throws CommandFailure, KeeperException, InterruptedException
    {
        final String name = words.get(0);
        if (!CommandTable.contains(name))
        {
            throw new CommandFailure("Command not found " + name, hint(name));
        }

        if (words.size() == 2 && HELP.equals(words.get(1)))
        {
            terminal.out(CommandTable.parser(name).getUsageMessage().stripTrailing());
            return;
        }

        final ShellCommand command = CommandTable.create(name);
        CommandParser.fill(command, words);
        needsSessionAfterwards = command.needsSessionAfterwards();
        command.run(this);
    }

    private void report(final CommandFailure failure)
    {
        terminal.err(failure.getMessage());
        if (!failure.hint().isEmpty())
        {
            terminal.err("  " + failure.hint());
        }
    }
}
