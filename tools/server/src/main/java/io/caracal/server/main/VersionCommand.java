/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.Version;
import io.caracal.server.console.Results;
import io.caracal.server.launch.ExitCode;
import java.io.PrintStream;

/** Implements {@code caracal version}. */
public final class VersionCommand
{
    private static final String USAGE = "usage: caracal version    of the server, and of the protocol it speaks";

    private final PrintStream out;
    private final PrintStream err;

    VersionCommand(final PrintStream out, final PrintStream err)
    {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        Results.end(out -> new VersionCommand(out, System.err).run(args));
    }

    int run(final String... args)
    {
        if (args.length > 0)
        {
            final boolean isHelp = "-h".equals(args[0]) || "--help".equals(args[0]);
            (isHelp ? out : err).println(USAGE);
            return isHelp ? ExitCode.OK.code() : ExitCode.INVALID_INVOCATION.code();
        }

        out.println("Caracal " + Version.caracal() + ", protocol of ZooKeeper " + Version.protocol());
        return ExitCode.OK.code();
    }
}
