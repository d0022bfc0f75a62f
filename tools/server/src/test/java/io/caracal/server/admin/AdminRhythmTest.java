/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class AdminRhythmTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What the task uses is closed next. */
    @Test
    void shouldWaitForItsTaskThoughTheOneThatClosesIsInterrupted()
    {
        final Thread closing = Thread.currentThread();
        final AtomicBoolean isOver = new AtomicBoolean();
        final AdminRhythm rhythm = new AdminRhythm(TimeUnit.DAYS.toMillis(1), () ->
        {
            awaitWaiting(closing);
            isOver.set(true);
        });
        rhythm.begin();
        Thread.currentThread().interrupt();
        try
        {
            rhythm.close();
        }
        finally
        {
            assertTrue(Thread.interrupted());
        }

        assertTrue(isOver.get());
    }

    private static void awaitWaiting(final Thread thread)
    {
        final long beganNs = System.nanoTime();
        while (thread.getState() != Thread.State.TIMED_WAITING && System.nanoTime() - beganNs < LIMIT_NS)
        {
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
