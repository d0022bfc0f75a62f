/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.IdleMode;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DutyThreadTest
{
    private static final int JOBS = 20_000;
    private static final int COLLECTIONS_MAX = 50;
    private static final long REST_MS = 20;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldLoseNoWakeWhetherItWaitsAwakeOrParks(final boolean expectsWork)
    {
        final FailureReport failures = new FailureReport(failure ->
        {
        });

        try (DutyThread thread = new DutyThread("duty", new Counting(expectsWork), IdleMode.BLOCK, failures))
        {
            thread.start();
            for (int i = 1; i <= JOBS; i++)
            {
                given.set(i);
                thread.wake();
                if (i % 2 == 0)
                {
                    awaitDone(i);
                }
            }
        }

        assertEquals(JOBS, done.get());
        assertFalse(failures.isFailed());
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldEndWhenClosedWithoutWork(final boolean expectsWork)
    {
        final FailureReport failures = new FailureReport(failure ->
        {
        });
        final DutyThread thread = new DutyThread("duty", new Counting(expectsWork), IdleMode.BLOCK, failures);
        thread.start();
        thread.close();
        assertFalse(failures.isFailed());
    }

    /** A library, or a program that watches its threads, may hold a thread long after its end. */
    @Test
    void shouldBeForgottenWhenItHasEndedThoughItsThreadIsHeld() throws InterruptedException
    {
        final AtomicReference<Thread> held = new AtomicReference<>();
        final WeakReference<DutyThread> ended = startAndClose(held);

        for (int i = 0; i < COLLECTIONS_MAX && ended.get() != null; i++)
        {
            System.gc();
            Thread.sleep(REST_MS);
        }

        assertFalse(held.get().isAlive());
        assertNull(ended.get(), "what the thread ran is still held");
    }

    private static WeakReference<DutyThread> startAndClose(final AtomicReference<Thread> held)
    {
        final FailureReport failures = new FailureReport(failure ->
        {
        });

        try (DutyThread thread = new DutyThread("duty", new Showing(held), IdleMode.BLOCK, failures))
        {
            thread.start();
            return new WeakReference<>(thread);
        }
    }

    private void awaitDone(final int count)
    {
        final long startNs = System.nanoTime();
        while (done.get() < count)
        {
            assertTrue(System.nanoTime() - startNs < PATIENCE_NS, "a wake-up was lost");
            LockSupport.parkNanos(1_000);
        }
    }

    /** Shows its thread, at the latest when it ends. */
    private record Showing(AtomicReference<Thread> shown) implements Duty
    {
        @Override
        public int doWork()
        {
            return 0;
        }

        @Override
        public long idleNs()
        {
            return UNTIL_WOKEN;
        }

        @Override
        public void onClose()
        {
            shown.set(Thread.currentThread());
        }
    }

    /** Catches up with what was given. */
    private final class Counting implements Duty
    {
        private final boolean expectsWork;

        Counting(final boolean expectsWork)
        {
            this.expectsWork = expectsWork;
        }

        @Override
        public int doWork()
        {
            final int before = done.get();
            final int now = given.get();
            done.set(now);
            return now - before;
        }

        @Override
        public long idleNs()
        {
            return UNTIL_WOKEN;
        }

        @Override
        public boolean expectsWork()
        {
            return expectsWork;
        }

        @Override
        public void onClose()
        {
            doWork();
        }
    }
}
