/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import io.caracal.server.Version;
import io.caracal.server.console.EmptyArgument;
import io.caracal.shell.inspect.JournalCommand;
import io.caracal.shell.inspect.SnapshotCommand;
import io.caracal.shell.log.StderrLogging;
import io.caracal.shell.migrate.BackupCommand;
import io.caracal.shell.migrate.ExportCommand;
import io.caracal.shell.migrate.ImportCommand;
import io.caracal.shell.migrate.RestoreCommand;
import io.caracal.shell.terminal.Output;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands that work with files: {@code caracal import}, {@code export} and so on. */
@Command(name = "caracal", description = "Commands that work with the files of a server.")
public final class FilesMain implements Runnable
{
    private static final int USAGE = 2;

    @Spec
    private CommandSpec spec;

    private FilesMain()
    {
    }

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args name of the command, then its arguments.
     */
    public static void main(final String[] args)
    {
        StderrLogging.install();
        // Not System.out, which swallows write errors.
        System.exit(run(new FileOutputStream(FileDescriptor.out), System.err, args));
    }

    /**
     * Runs a command.
     *
     * @param out  takes results.
     * @param err  takes progress and errors.
     * @param args name of the command, then its arguments.
     * @return 0 when the command succeeded, 1 when a check failed or a file is damaged, 2 for a wrong command line, 3
     *         when the environment does not allow it or the results could not be written.
     */
    public static int run(final OutputStream out, final OutputStream err, final String... args)
    {
        try (Output output = new Output(out, err))
        {
            if (EmptyArgument.isAmong(args))
            {
                output.error(EmptyArgument.MESSAGE);
                return USAGE;
            }

            final int exitCode = commands(output).execute(args);
            final String lost = output.lost();
            if (lost != null)
            {
                output.error(lost);
            }

            return lost == null || exitCode != CommandLine.ExitCode.OK ? exitCode : FileFailures.ENVIRONMENT;
        }
    }

    private static CommandLine commands(final Output output)
    {
        final CommandLine commands = new CommandLine(new FilesMain());
        commands.addSubcommand(new ImportCommand(output));
        commands.addSubcommand(new ExportCommand(output));
        commands.addSubcommand(new BackupCommand(output));
        commands.addSubcommand(new RestoreCommand(output));
        commands.addSubcommand(new JournalCommand(output));
        commands.addSubcommand(new SnapshotCommand(output));
        commands.setOut(output.writer());
        tellVersion(commands);
        commands.setParameterExceptionHandler((failure, args) ->
        {
            output.error(mistake(failure) + "; see caracal " +
                failure.getCommandLine().getCommandSpec().qualifiedName().replaceFirst("^caracal ", "") + " --help");

            return USAGE;
        });
        commands.setExecutionExceptionHandler((failure, commandLine, parsed) ->
        {
            output.error(FileFailures.message(failure));

            return FileFailures.exitCode(failure);
        });

        return commands;
    }

    /** Names an unknown option before anything that is missing, because it may be the mistyped name of that. */
    private static String mistake(final ParameterException failure)
    {
        return failure.getCommandLine().getUnmatchedArguments().stream().filter(word -> word.startsWith("-"))
            .findFirst().map(word -> "Unknown option: '" + word + "'").orElse(failure.getMessage());
    }

    /**
     * Sets the text of {@code --version}. Every command has that option, and picocli prints nothing for it unless told.
     */
    private static void tellVersion(final CommandLine commands)
    {
        commands.getCommandSpec().version("Caracal " + Version.caracal());
        commands.getSubcommands().values().forEach(FilesMain::tellVersion);
    }

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "name a command: " + spec.subcommands().keySet());
    }
}
