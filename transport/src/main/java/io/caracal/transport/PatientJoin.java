/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.util.concurrent.TimeUnit;

/**
 * Waits until a thread has ended, even if the waiting thread is interrupted. For callers that afterwards free what the
 * thread uses, and must not do so while it still runs.
 */
public final class PatientJoin
{
    private PatientJoin()
    {
    }

    /**
     * Waits until a thread has ended, for callers with nothing else to wait for. An interrupt of the calling thread is
     * kept until then.
     *
     * @param thread  that was told to end.
     * @param limitMs milliseconds after which waiting stops.
     * @throws StuckThreadException when the thread still runs then.
     */
    public static void joinOrFail(final Thread thread, final long limitMs)
    {
        if (join(thread, limitMs))
        {
            Thread.currentThread().interrupt();
        }

        if (thread.isAlive())
        {
            throw new StuckThreadException(thread.getName());
        }
    }

    /**
     * Waits until a thread has ended.
     *
     * @param thread  that was told to end.
     * @param limitMs milliseconds after which waiting stops; {@link Long#MAX_VALUE}: never. The caller then checks
     * whether the thread is alive.
     * @return true if the calling thread was interrupted, before or during the wait. Its interrupt status is cleared;
     * the caller sets it again once nothing is left to wait for.
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

        // If the thread ends and this one is interrupted at the same moment, only the end may have been noticed so far.
        return Thread.interrupted() || isInterrupted;
    }
}
