/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A process that is started and killed as often as asked, and that does not outlive this one: when somebody ends this
 * program, it is killed and cannot be started any more. Otherwise the thread that measures, which goes on for as long
 * as the program ends, could start it after it was killed, and nobody would end it. One thread uses it.
 */
public final class OwnedProcess implements AutoCloseable
{
    private static final long END_TIMEOUT_S = 30;

    private final String name;
    private final Thread onExit = new Thread(this::endForGood);
    private Process process;
    private boolean isOver;

    /**
     * A process that was not started.
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
     * Starts it.
     *
     * @param builder says how.
     * @throws IOException           when the system does not.
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
     * The process that was started last.
     *
     * @return null before the first start.
     */
    public synchronized Process process()
    {
        return process;
    }

    /** Waits until it has ended. */
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

    /** Kills it as {@code kill -9} does, and waits until it has ended. It can be started again. */
    public void kill()
    {
        process().destroyForcibly();
        awaitEnd();
    }

    /** What happens to it when this program ends. */
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
