/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.JournalContext;
import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.open.OpenJournal;
import io.caracal.server.console.EmptyArgument;
import io.caracal.server.console.Results;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.JvmFlags;
import io.caracal.server.launch.LaunchException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Implements {@code zkCleanup.sh}: removes the old snapshots of a server that is not running, and the log segments that
 * none of the kept snapshots needs. A running server does this itself when {@code autopurge.purgeInterval} is set.
 */
public final class CleanupCommand
{
    private static final String USAGE =
        "usage: caracal cleanup dataLogDir dataDir COUNT, or zkCleanup.sh [dataLogDir [dataDir]] -n COUNT    " +
            "(COUNT: 3 or more)";
    /** As ZooKeeper: fewer snapshots would not survive that the newest ones are damaged. */
    private static final int RETAINED_MIN = 3;

    private final PrintStream out;
    private final PrintStream err;

    CleanupCommand(final PrintStream out, final PrintStream err)
    {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param args dataLogDir, dataDir, count.
     */
    public static void main(final String[] args)
    {
        Results.end(out -> new CleanupCommand(out, System.err).run(args));
    }

    int run(final String... args)
    {
        if (Stream.of(args).anyMatch(arg -> "-h".equals(arg) || "--help".equals(arg)))
        {
            out.println(USAGE);
            return ExitCode.OK.code();
        }
        if (EmptyArgument.isAmong(args))
        {
            err.println(EmptyArgument.MESSAGE + "\n" + USAGE);
            return ExitCode.INVALID_INVOCATION.code();
        }
        if (!areGood(args))
        {
            err.println(USAGE);
            return ExitCode.INVALID_INVOCATION.code();
        }

        return run(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2])).code();
    }

    private static boolean areGood(final String... args)
    {
        return args.length == 3 && Stream.of(args).noneMatch(arg -> arg.startsWith("-")) &&
            args[2].matches("\\d{1,6}") && Integer.parseInt(args[2]) >= RETAINED_MIN;
    }

    private ExitCode run(final Path dataLogDir, final Path dataDir, final int retainCount)
    {
        if (!Files.isDirectory(dataDir.resolve(DataDirectory.OWN)))
        {
            err.println(dataDir + " holds no data of Caracal; name the dataDir of a server");
            return ExitCode.DATA;
        }
        if (!Files.exists(DataLayout.in(dataDir, dataLogDir).manifest()))
        {
            // Opening would create the missing files, as it does for a server. Here the name was most likely mistyped.
            err.println(dataLogDir + " holds no log of Caracal; name the dataLogDir of the server");
            return ExitCode.DATA;
        }

        try
        {
            JvmFlags.require();
            out.println(clean(dataLogDir, dataDir, retainCount));
            return ExitCode.OK;
        }
        catch (final DirectoryInUseException ex)
        {
            err.println(ex.getMessage() + " A server that runs removes old history itself: autopurge.purgeInterval=1");
        }
        catch (final CorruptionException | UncheckedIOException | LaunchException ex)
        {
            err.println(ex.getMessage());
        }
        catch (final CompletionException ex)
        {
            err.println(ex.getCause().toString());
        }

        return ExitCode.DATA;
    }

    private static String clean(final Path dataLogDir, final Path dataDir, final int retainCount)
    {
        final CompletableFuture<String> result = new CompletableFuture<>();
        final Queue<String> left = new ConcurrentLinkedQueue<>();
        final JournalContext context = new JournalContext().dataDir(dataDir).dataLogDir(dataLogDir)
            .onFailure(result::completeExceptionally).events(new JournalEvents()
            {
                @Override
                public void onRemoveFailed(final String file, final Throwable cause)
                {
                    left.add("; " + file + " could not be removed (" + cause.getMessage() + ")");
                }

                @Override
                public void onPurged(final int snapshots, final int segments)
                {
                    result.complete("removed " + snapshots + " snapshots and " + segments + " segments of the log" +
                        String.join("", left));
                }
            });
        try (OpenJournal journal = OpenJournal.open(context))
        {
            // Nothing runs afterwards that could need more history than the kept snapshots do.
            journal.journal().release(Long.MAX_VALUE);
            journal.purge(retainCount);
            return result.join();
        }
    }
}
