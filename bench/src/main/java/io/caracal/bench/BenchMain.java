/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench;

import io.caracal.bench.ensemble.EnsembleCommand;
import io.caracal.bench.load.LoadCommand;
import io.caracal.bench.micro.MicroCommand;
import io.caracal.bench.nothing.NothingCommand;
import io.caracal.bench.report.FailureText;
import io.caracal.server.Version;
import io.caracal.server.console.Results;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Entry point of {@code caracal bench}. Without a subcommand it runs the comparison. Exit codes: 0 ok, 1 a promise was
 * missed, or requests of a load were lost, not sent in time or answered with errors, 2 usage, 3 environment.
 */
public final class BenchMain
{
    private static final int EXIT_ENVIRONMENT = 3;

    private BenchMain()
    {
    }

    /**
     * Runs the command line and ends the process with its exit code.
     *
     * @param args as typed.
     */
    public static void main(final String[] args)
    {
        Results.end(out ->
        {
            System.setOut(out);
            return run(args);
        });
    }

    /** Prints the mistake and where to find help. A list of all options below the mistake would hide it. */
    private static int refuse(final ParameterException mistake, final String... args)
    {
        final PrintWriter err = mistake.getCommandLine().getErr();
        err.println("caracal bench: " + mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println(mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help says what there is");
        return CommandLine.ExitCode.USAGE;
    }

    private static void tellVersion(final CommandLine commands)
    {
        commands.getCommandSpec().version("Caracal " + Version.caracal());
        commands.getSubcommands().values().forEach(BenchMain::tellVersion);
    }

    /**
     * Runs the command line.
     *
     * @param args as typed.
     * @return the exit code.
     */
    public static int run(final String... args)
    {
        final CommandLine commandLine = new CommandLine(new BenchCommand())
            .addSubcommand(new LoadCommand())
            .addSubcommand(new EnsembleCommand())
            .addSubcommand(new NothingCommand())
            .addSubcommand(new MicroCommand())
            .setAllowSubcommandsAsOptionParameters(true);
        tellVersion(commandLine);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) ->
        {
            command.getErr().println("caracal bench: " + FailureText.of(failure));
            return failure instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : EXIT_ENVIRONMENT;
        });
        commandLine.setParameterExceptionHandler(BenchMain::refuse);
        return commandLine.execute(args);
    }
}
