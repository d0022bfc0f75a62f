/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import io.caracal.server.metrics.RuntimeLease;
import io.caracal.transport.aeron.DeadDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.agrona.IoUtil;

/**
 * Where the servers of a run keep their data. It must not hold other files, because it is removed at the end of the
 * run, also when somebody ends that early; and with it what servers that were killed left in shared memory.
 */
public final class WorkDirectory implements AutoCloseable
{
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int ATTEMPTS = 50;
    private static final int SWEEPS = 10;
    private static final int SWEEPS_MAX = 100;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path dir;
    private final boolean isKept;
    private final Thread onExit = new Thread(() -> onExit(() -> LockSupport.parkNanos(PAUSE_NS)));

    /**
     * Makes it.
     *
     * @param dir    missing or empty.
     * @param isKept whether it stays.
     * @throws IOException              when it cannot be made.
     * @throws IllegalArgumentException when there is something in it.
     */
    public WorkDirectory(final Path dir, final boolean isKept) throws IOException
    {
        this.dir = dir;
        this.isKept = isKept;
        if (Files.exists(dir) && !isEmpty(dir))
        {
            throw new IllegalArgumentException(dir + " is not empty; name another with --dir");
        }

        Files.createDirectories(dir);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * Servers that are killed at the same moment may take a while to die, on a busy machine seconds, and what they have
     * in shared memory counts as theirs until then. Whoever measures goes on meanwhile and may make directories for the
     * next ones: a run that finds them would be refused.
     */
    void onExit(final Runnable pause)
    {
        for (int i = 0; i < SWEEPS_MAX && (i < SWEEPS || hasChildren()); i++)
        {
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

    private static void sweep()
    {
        RuntimeLease.sweep();
        DeadDirectories.sweep(MEMORY);
    }

    /**
     * Removes the directory. It tries several times, because servers that are killed at the same moment may still
     * write.
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
     * Where it is.
     *
     * @return as typed.
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
