/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.transport.PatientJoin;
import io.caracal.transport.StuckThreadException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The open parts of a server. They are closed in reverse order. */
final class OpenParts implements AutoCloseable
{
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final long joinMs;
    private boolean isInterrupted;

    /**
     * Starts without parts.
     *
     * @param joinMs how long a thread may take to end.
     */
    OpenParts(final long joinMs)
    {
        this.joinMs = joinMs;
    }

    /**
     * Adds a part.
     *
     * @param part to be closed by {@link #close}.
     * @return the same part.
     */
    <T extends AutoCloseable> T add(final T part)
    {
        parts.push(part);
        return part;
    }

    /**
     * Adds a thread. When its turn comes, it is told to end and waited for.
     *
     * @param thread of the server.
     * @param end    tells the thread to end.
     */
    void add(final Thread thread, final Runnable end)
    {
        parts.push(() ->
        {
            end.run();
            PatientJoin.joinOrFail(thread, joinMs);
        });
    }

    /**
     * Closes all parts. If one fails, the others are closed all the same, unless a thread of it does not end. An
     * interrupt of the calling thread is held back until all are closed, because parts wait for threads and close
     * files.
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
            catch (final StuckThreadException ex)
            {
                // The thread may still use what would be freed next, so nothing more is freed.
                parts.clear();
                problem = also(problem, ex);
            }
            catch (final Throwable ex)
            {
                problem = also(problem, ex);
            }
        }

        if (problem != null)
        {
            throw problem;
        }
    }

    private static RuntimeException also(final RuntimeException problem, final Throwable next)
    {
        if (problem == null)
        {
            return new IllegalStateException("the server did not close in good order", next);
        }

        problem.addSuppressed(next);
        return problem;
    }
}
