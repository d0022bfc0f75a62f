/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.console.EmptyArgument;
import io.caracal.server.console.Results;
import io.caracal.shell.log.JdkLogging;
import io.caracal.shell.log.StderrLogging;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.utils.ShutdownHooks;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code caracal top}: shows figures on a live screen, or prints them once for people or programs. */
public final class TopCommand
{
    static final String NO_SERVER =
        "no server of this user runs or was killed on this machine; name the dataDir of one, or see caracal server";

    /** Under this name, what draws the screen logs that it knows too little of a terminal, for example. */
    private static final String LIBRARY = "org.jline";

    private static final int INTERVAL_MIN_MS = 100;
    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int USAGE = 2;
    private static final int NOTHING = 3;

    private final PrintStream out;
    private final PrintStream err;

    /**
     * Creates the command.
     *
     * @param out takes results.
     * @param err takes errors.
     */
    public TopCommand(final PrintStream out, final PrintStream err)
    {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command and ends the process.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        StderrLogging.install();
        Results.end(out -> new TopCommand(out, System.err).run(args));
    }

    /**
     * Runs the command.
     *
     * @param args of the command line.
     * @return exit code: 0; 1 when a server is gone, stopped or stalled; 2 for a wrong command line; 3 when there is
     *         nothing to look at.
     */
    public int run(final String... args)
    {
        if (EmptyArgument.isAmong(args))
        {
            err.println(EmptyArgument.MESSAGE);
            return USAGE;
        }

        final TopOptions options = new TopOptions();
        final CommandLine parser = new CommandLine(options);
        try
        {
            parser.parseArgs(args);
        }
        catch (final ParameterException ex)
        {
            err.println(ex.getMessage());
            parser.usage(err);
            return USAGE;
        }

        if (options.isHelp())
        {
            parser.usage(out);
            return GOOD;
        }

        if (options.intervalMs() < 0)
        {
            err.println("--interval is " + options.intervalMs() + ": write milliseconds, 0 or more");
            return USAGE;
        }

        try
        {
            return options.isOnce() ? once(options) : live(options);
        }
        catch (final IOException ex)
        {
            err.println("no figures of a server" + (options.dataDir() == null ? "" : " with the data directory " +
                options.dataDir()) + " (" + ex.getMessage() + "); name the dataDir of its zoo.cfg, or none for all " +
                "servers here");
            return NOTHING;
        }
    }

    private int once(final TopOptions options) throws IOException
    {
        final Servers servers = servers(options);
        List<Interval> intervals = servers.look();
        if (options.intervalMs() > 0 && intervals.stream().anyMatch(each -> each.now()
            .condition() == Condition.RUNNING))
        {
            rest(options.intervalMs());
            intervals = servers.look();
        }
        if (intervals.isEmpty())
        {
            err.println(NO_SERVER);
            return NOTHING;
        }

        print(intervals, options.isJson());
        return intervals.stream().allMatch(each -> each.now().condition() == Condition.RUNNING) ? GOOD : BAD;
    }

    private static Servers servers(final TopOptions options)
    {
        return options.dataDir() == null ? Servers.all() : Servers.of(options.dataDir());
    }

    private static void rest(final int ms)
    {
        try
        {
            Thread.sleep(ms);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void print(final List<Interval> intervals, final boolean isJson)
    {
        if (isJson)
        {
            intervals.forEach(interval -> out.println(TopJson.of(interval)));
        }
        else if (intervals.size() > 1)
        {
            TopText.list(intervals.stream().map(Interval::now).toList(), -1).forEach(out::println);
            out.println("caracal top --once DATADIR shows one of them");
        }
        else
        {
            TopText.of(intervals.get(0)).forEach(out::println);
        }
    }

    private int live(final TopOptions options) throws IOException
    {
        final AtomicReference<TopScreen> shown = new AtomicReference<>();
        // Restores the screen on a signal. Hooks run in this order, so this comes before the terminal's own, which
        // closes it.
        final ShutdownHooks.Task end = ShutdownHooks.add(() -> leave(shown.get()));
        JdkLogging.redirect(LIBRARY);
        // Whoever sends the output elsewhere does not look at a screen, though errors may still go there.
        try (Terminal terminal = TerminalBuilder.builder().dumb(true).systemOutput(SystemOutput.SysOut).build())
        {
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB))
            {
                return once(options);
            }

            shown.set(new TopScreen(terminal, servers(options), Math.max(INTERVAL_MIN_MS, options.intervalMs())));
            shown.get().run();
            return GOOD;
        }
        finally
        {
            ShutdownHooks.remove(end);
        }
    }

    private static void leave(final TopScreen screen)
    {
        if (screen != null)
        {
            screen.leave();
        }
    }
}
