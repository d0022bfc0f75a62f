/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientJoinTest
{
    /** Bound on each wait, so that a failing test ends. */
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(30);

    @AfterEach
    void forgetInterrupts()
    {
        Thread.interrupted();
    }

    private static Thread started(final Runnable task)
    {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();

        return thread;
    }

    private static void awaitWaiting(final Thread thread)
    {
        final long endNs = System.nanoTime() + BOUND_NS;
        while (thread.getState() != Thread.State.TIMED_WAITING && System.nanoTime() - endNs < 0)
        {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldGoOnWaitingWhenItIsInterrupted()
    {
        final Thread waiting = Thread.currentThread();
        final Thread ending = started(() ->
        {
            for (int i = 0; i < 3; i++)
            {
                awaitWaiting(waiting);
                waiting.interrupt();
            }
        });

        assertTrue(PatientJoin.join(ending, Long.MAX_VALUE));
        assertFalse(ending.isAlive());
    }

    @Test
    void shouldWaitThoughItWasInterruptedBeforeAndTakeTheInterruptAway()
    {
        final Thread waiting = Thread.currentThread();
        final Thread ending = started(() -> awaitWaiting(waiting));
        waiting.interrupt();

        assertTrue(PatientJoin.join(ending, Long.MAX_VALUE));
        assertFalse(ending.isAlive());
        assertFalse(Thread.interrupted());
    }

    @Test
    void shouldLeaveAThreadAloneThatDoesNotEnd()
    {
        final CountDownLatch end = new CountDownLatch(1);
        final Thread stuck = started(() -> awaitQuietly(end));

        assertFalse(PatientJoin.join(stuck, 1));
        assertTrue(stuck.isAlive());

        end.countDown();
        assertFalse(PatientJoin.join(stuck, Long.MAX_VALUE));
        assertFalse(stuck.isAlive());
    }

    @Test
    void shouldNameAThreadThatDoesNotEndAndKeepTheInterrupt()
    {
        final CountDownLatch end = new CountDownLatch(1);
        final Thread stuck = started(() -> awaitQuietly(end));
        Thread.currentThread().interrupt();

        final String told =
            assertThrows(StuckThreadException.class, () -> PatientJoin.joinOrFail(stuck, 1)).getMessage();
        assertTrue(told.contains(stuck.getName()), told);
        assertTrue(Thread.interrupted());

        end.countDown();
        PatientJoin.joinOrFail(stuck, Long.MAX_VALUE);
        assertFalse(stuck.isAlive());
        assertFalse(Thread.interrupted());
    }

    private static void awaitQuietly(final CountDownLatch latch)
    {
        try
        {
            latch.await();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
