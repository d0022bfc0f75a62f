/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.agrona.IoUtil;

/**
 * Where the servers of a run keep their data. It must not hold other files, because it is removed at the end of the
 * run, also when somebody ends that early.
 */
public final class WorkDirectory implements AutoCloseable
{
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path dir;
    private final boolean isKept;
    private final Thread onExit = new Thread(this::remove);

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
