/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.function.ToIntFunction;

/** Runs commands that print. A failed write is reported, because a script would take partial results for the whole. */
public final class Results
{
    /** Exit code of a command that succeeded but whose results could not be written. */
    public static final int LOST = 3;
    /** Exit code of a command whose command line is wrong. */
    private static final int USAGE = 2;
    private static final int BUFFER_LENGTH = 8 * 1024;

    private Results()
    {
    }

    /**
     * Runs a command whose results go to standard output, and ends the process with its exit code.
     *
     * @param command prints its results, each line at once, and returns an exit code.
     */
    public static void end(final ToIntFunction<PrintStream> command)
    {
        // Not System.out, which hides write errors.
        System.exit(run(new FileOutputStream(FileDescriptor.out), System.err, command));
    }

    /**
     * Tells what a program is for, on standard output, and ends the process.
     *
     * @param text lines for people.
     */
    public static void tell(final String text)
    {
        end(out ->
        {
            out.println(text);
            return 0;
        });
    }

    /**
     * Runs a command.
     *
     * @param out     takes the results, in UTF-8; stays open.
     * @param err     gets a line when results could not be written.
     * @param command prints its results and returns an exit code.
     * @return the exit code of the command; {@link #LOST} instead of 0 when results are lost that somebody wants; 2 for
     *         an argument that is no path, for example a name with umlauts in a locale that has none.
     */
    public static int run(final OutputStream out, final PrintStream err, final ToIntFunction<PrintStream> command)
    {
        final ResultStream results = new ResultStream(out);
        final PrintStream lines = new PrintStream(new BufferedOutputStream(results, BUFFER_LENGTH), true,
            StandardCharsets.UTF_8);
        final int exitCode = exitCode(command, lines, err);
        lines.flush();
        final String lost = results.lost();
        if (lost != null)
        {
            err.println(lost);
        }

        return lost == null || exitCode != 0 ? exitCode : LOST;
    }

    private static int exitCode(final ToIntFunction<PrintStream> command, final PrintStream lines,
        final PrintStream err)
    {
        try
        {
            return command.applyAsInt(lines);
        }
        catch (final InvalidPathException ex)
        {
            err.println(ex.getInput().replaceAll("\\p{Cntrl}", "?") + " is not a path in the locale of this process: " +
                ex.getReason() + "; rename the file, or set LANG");
            return USAGE;
        }
    }
}
