/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A process that can be started and killed repeatedly and that does not outlive this one, unless this one is killed
 * with SIGKILL. When this program ends, the process is killed and can no longer be started. Otherwise the thread that
 * measures, which goes on while the program ends, could start it again after it was killed, and nobody would end it.
 * Used by one thread.
 */
public final class OwnedProcess implements AutoCloseable
{
    private static final long END_TIMEOUT_S = 30;

    private final String name;
    private final Thread onExit = new Thread(this::endForGood);
    private Process process;
    private boolean isOver;

    /**
     * Creates a process that is not started yet.
     *
     * @param name for people.
     * @throws IllegalStateException when this program is about to end.
     */
    public OwnedProcess(final String name)
    {
        this.name = name;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * Starts the process.
     *
     * @param builder of the process.
     * @throws IOException           when the system cannot start it.
     * @throws IllegalStateException when this program is about to end.
     */
    public synchronized void start(final ProcessBuilder builder) throws IOException
    {
        if (isOver)
        {
            throw new IllegalStateException(name + " is not started any more: the run ends");
        }

        process = builder.start();
    }

    /**
     * Returns the process that was started last.
     *
     * @return the process; null before the first start.
     */
    public synchronized Process process()
    {
        return process;
    }

    /** Waits until the process has ended, for at most 30 seconds. */
    public void awaitEnd()
    {
        final Process ending = process();
        try
        {
            if (!ending.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS))
            {
                throw new IllegalStateException(name + " does not end, pid " + ending.pid());
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    /** Kills the process as {@code kill -9} does, and waits until it has ended. It can be started again. */
    public void kill()
    {
        process().destroyForcibly();
        awaitEnd();
    }

    /** Kills the process when this program ends, and prevents further starts. */
    synchronized void endForGood()
    {
        isOver = true;
        if (process != null)
        {
            process.destroyForcibly();
        }
    }

    @Override
    public void close()
    {
        if (process() != null)
        {
            kill();
        }
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}
