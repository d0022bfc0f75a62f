/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.util.concurrent.TimeUnit;

/**
 * Waits until a thread has ended, even if the waiting thread is interrupted. For callers that free next what the thread
 * uses, and that must not do so while it still runs.
 */
public final class PatientJoin
{
    private PatientJoin()
    {
    }

    /**
     * Waits until a thread has ended.
     *
     * @param thread  that was told to end.
     * @param limitMs milliseconds after which it is left alone, {@link Long#MAX_VALUE} for never; the caller looks
     *                whether it is alive.
     * @return true when the calling thread was interrupted, before or meanwhile. Its interrupt is taken away: it is the
     *         caller's to set it again, once nothing is left to wait for.
     */
    public static boolean join(final Thread thread, final long limitMs)
    {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        boolean isInterrupted = Thread.interrupted();
        long leftNs = endNs - System.nanoTime();

        while (thread.isAlive() && leftNs > 0)
        {
            try
            {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
            }
            catch (final InterruptedException ex)
            {
                isInterrupted = true;
            }

            leftNs = endNs - System.nanoTime();
        }

        // Who is told of an end and interrupted at one moment may hear of the end only.
        return Thread.interrupted() || isInterrupted;
    }
}
