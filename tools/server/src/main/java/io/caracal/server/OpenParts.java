/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.transport.PatientJoin;
import java.util.ArrayDeque;
import java.util.Deque;

/** The parts of a server that are open, to be closed the last one first. */
final class OpenParts implements AutoCloseable
{
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final long joinMs;
    private boolean isInterrupted;

    /**
     * Nothing is open.
     *
     * @param joinMs longest time for a thread to end in.
     */
    OpenParts(final long joinMs)
    {
        this.joinMs = joinMs;
    }

    /**
     * Keeps a part.
     *
     * @param part closed by {@link #close}.
     * @return the same.
     */
    <T extends AutoCloseable> T add(final T part)
    {
        parts.push(part);
        return part;
    }

    /**
     * Keeps a thread, which is told to end and waited for when its turn comes.
     *
     * @param thread of the server.
     * @param end    tells it.
     */
    void add(final Thread thread, final Runnable end)
    {
        parts.push(() ->
        {
            end.run();
            isInterrupted |= PatientJoin.join(thread, joinMs);
            if (thread.isAlive())
            {
                throw new StuckException(thread);
            }
        });
    }

    /**
     * Closes what is open. The other parts are closed even if one fails, unless that is a thread that does not end. An
     * interrupt of the calling thread is held back until the end, because parts wait for threads and close files.
     */
    @Override
    public void close()
    {
        try
        {
            closeAll();
        }
        finally
        {
            if (isInterrupted)
            {
                isInterrupted = false;
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeAll()
    {
        RuntimeException problem = null;
        while (!parts.isEmpty())
        {
            isInterrupted |= Thread.interrupted();
            try
            {
                parts.pop().close();
            }
            catch (final StuckException ex)
            {
                // The thread may still use what would be freed next, so nothing is.
                parts.clear();
                problem = also(problem, ex);
            }
            catch (final Exception ex)
            {
                problem = also(problem, ex);
            }
        }

        if (problem != null)
        {
            throw problem;
        }
    }

    private static RuntimeException also(final RuntimeException problem, final Exception next)
    {
        if (problem == null)
        {
            return new IllegalStateException("the server did not close in good order", next);
        }

        problem.addSuppressed(next);
        return problem;
    }

    /** A thread that does not end. */
    private static final class StuckException extends IllegalStateException
    {
        private static final long serialVersionUID = 1L;

        StuckException(final Thread thread)
        {
            super("thread " + thread.getName() + " does not end");
        }
    }
}
