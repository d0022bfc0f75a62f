/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.shell.inspect.JournalCommand;
import io.caracal.shell.inspect.SnapshotCommand;
import io.caracal.shell.log.StderrLogging;
import io.caracal.shell.migrate.BackupCommand;
import io.caracal.shell.migrate.ExportCommand;
import io.caracal.shell.migrate.ImportCommand;
import io.caracal.shell.migrate.RestoreCommand;
import io.caracal.shell.terminal.Output;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands that work with files: {@code caracal import}, {@code export} and so on. */
@Command(name = "caracal", description = "Commands that work with the files of a server.")
public final class FilesMain implements Runnable
{
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int ENVIRONMENT = 3;

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
        System.exit(run(System.out, System.err, args));
    }

    /**
     * Runs a command.
     *
     * @param out  takes results.
     * @param err  takes progress and errors.
     * @param args name of the command, then its arguments.
     * @return 0 when it did what it says, 1 when a check failed or a file is damaged, 2 for a wrong command line, 3
     *         when the environment does not allow it.
     */
    public static int run(final OutputStream out, final OutputStream err, final String... args)
    {
        try (Output output = new Output(out, err))
        {
            return commands(output).execute(args);
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
        commands.setParameterExceptionHandler((failure, args) ->
        {
            output.error(failure.getMessage() + "; see caracal " +
                failure.getCommandLine().getCommandSpec().qualifiedName().replaceFirst("^caracal ", "") + " --help");

            return USAGE;
        });
        commands.setExecutionExceptionHandler((failure, commandLine, parsed) ->
        {
            output.error(message(failure));

            return exitCode(failure);
        });

        return commands;
    }

    private static String message(final Exception failure)
    {
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException)
        {
            return failure.getMessage() + " does not exist; name one that does";
        }
        if (failure instanceof AccessDeniedException)
        {
            return failure.getMessage() + ": permission denied; run this as the user that the server runs as";
        }
        if (isFull(failure))
        {
            return failure.getMessage() + "; make room, then run this again";
        }
        if (failure instanceof FileAlreadyExistsException)
        {
            return failure.getMessage() + " is there already and is no directory; name another one";
        }
        if (failure instanceof final FileSystemException refused && "Not a directory".equals(refused.getReason()))
        {
            return refused.getFile() + " would lie in what is no directory; name another place";
        }
        if (isReadOnly(failure))
        {
            return failure.getMessage() + "; mount it for writing, or name another place";
        }

        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static boolean isFull(final Exception failure)
    {
        return failure instanceof NoSpaceException || says(failure, "No space left on device") || says(failure,
            "Disk quota exceeded");
    }

    private static boolean isReadOnly(final Exception failure)
    {
        return says(failure, "Read-only file system");
    }

    /** The system's own words: the JDK has no type for most of its errors. */
    private static boolean says(final Exception failure, final String words)
    {
        return failure instanceof IOException && failure.getMessage() != null && failure.getMessage().endsWith(words);
    }

    private static int exitCode(final Exception failure)
    {
        if (failure instanceof DirectoryInUseException || failure instanceof AccessDeniedException ||
            isFull(failure) || isReadOnly(failure) || failure instanceof NoSuchFileException)
        {
            return ENVIRONMENT;
        }
        if (failure instanceof IOException || failure instanceof CorruptionException ||
            failure instanceof UncheckedIOException)
        {
            return FAILED;
        }

        throw new IllegalStateException("a command failed in an unexpected way", failure);
    }

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "name a command: " + spec.subcommands().keySet());
    }
}
