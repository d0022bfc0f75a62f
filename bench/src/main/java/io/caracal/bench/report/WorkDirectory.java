/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import io.caracal.server.metrics.RuntimeDirectory;
import io.caracal.server.metrics.RuntimeSweep;
import io.caracal.transport.aeron.DeadDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.agrona.IoUtil;

/**
 * The directory in which the servers of a run keep their data. It must not hold other files, because it is removed at
 * the end of the run, even when the run is ended early. What killed servers left in shared memory is removed as well.
 */
public final class WorkDirectory implements AutoCloseable
{
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int ATTEMPTS = 50;
    private static final int SWEEPS = 10;
    private static final int SWEEPS_MAX = 100;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How deep below this directory the data directories of servers lie. */
    private static final int DATA_DEPTH = 2;

    /** Where servers with data in this directory keep their figures. */
    private final Set<Path> figures = new LinkedHashSet<>();
    private final Path dir;
    private final boolean isKept;
    private final Thread onExit = new Thread(() -> onExit(() -> LockSupport.parkNanos(PAUSE_NS)));

    /**
     * Creates the directory if it is missing.
     *
     * @param dir    directory, missing or empty.
     * @param isKept whether the directory stays after the run.
     * @throws IOException              when the directory cannot be created.
     * @throws IllegalArgumentException when it is no directory or is not empty.
     */
    public WorkDirectory(final Path dir, final boolean isKept) throws IOException
    {
        this.dir = dir;
        this.isKept = isKept;
        if (Files.exists(dir) && !Files.isDirectory(dir))
        {
            throw new IllegalArgumentException(dir + " is no directory; name another with --dir");
        }
        if (Files.exists(dir) && !isEmpty(dir))
        {
            throw new IllegalArgumentException(dir + " is not empty; name another with --dir");
        }

        Files.createDirectories(dir);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * Cleans up when the program ends, repeatedly and as long as servers live. Servers that are killed at the same
     * moment may take seconds to die on a busy machine, and what they have in shared memory counts as theirs until
     * then. The thread that measures goes on meanwhile and may create directories for the next servers, which would
     * make the next run refuse to begin.
     */
    void onExit(final Runnable pause)
    {
        for (int i = 0; i < SWEEPS_MAX && (i < SWEEPS || hasChildren()); i++)
        {
            noteFigures();
            remove();
            sweep();
            pause.run();
        }
        remove();
        sweep();
    }

    private static boolean hasChildren()
    {
        return ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive);
    }

    private void sweep()
    {
        RuntimeSweep.run();
        DeadDirectories.sweep(MEMORY);
        removeFigures();
    }

    /** Looks for the directories of servers while they are there, because their paths say where the figures are. */
    private synchronized void noteFigures()
    {
        try (Stream<Path> entries = isKept ? Stream.empty() : Files.walk(dir, DATA_DEPTH))
        {
            for (final Path entry : (Iterable<Path>)entries.filter(Files::isDirectory)::iterator)
            {
                figures.add(RuntimeDirectory.of(entry));
            }
        }
        catch (final IOException | UncheckedIOException ex)
        {
            // The directory is being removed, or gone. What was found before is known.
        }
    }

    /**
     * Removes figures that {@link RuntimeSweep} keeps for a day: it cannot see whether the data of a server in name
     * spaces of its own are gone.
     */
    private synchronized void removeFigures()
    {
        for (final Path ofOneServer : figures)
        {
            if (Files.exists(ofOneServer))
            {
                IoUtil.delete(ofOneServer.toFile(), true);
            }
        }
    }

    /**
     * Removes the directory. Tries several times, because servers that are killed at the same moment may still write.
     */
    private void remove()
    {
        for (int i = 0; i < ATTEMPTS && !isKept && Files.exists(dir); i++)
        {
            IoUtil.delete(dir.toFile(), true);
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void close()
    {
        noteFigures();
        if (!isKept)
        {
            IoUtil.delete(dir.toFile(), true);
        }
        sweep();
        try
        {
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
        catch (final IllegalStateException ex)
        {
            remove();
        }
    }

    /**
     * Returns the path of the directory.
     *
     * @return the path as typed.
     */
    public Path path()
    {
        return dir;
    }

    private static boolean isEmpty(final Path dir) throws IOException
    {
        try (Stream<Path> entries = Files.list(dir))
        {
            return entries.findAny().isEmpty();
        }
    }
}
