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
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DutyThreadTest
{
    private static final int JOBS_MAX = 20_000;
    /** Enough for all jobs on a machine that has a processor for each thread. */
    private static final long EXCHANGE_NS = TimeUnit.SECONDS.toNanos(10);
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

        try (DutyThread thread = new DutyThread(Thread::new, "duty", new Counting(expectsWork), IdleMode.BLOCK,
            failures))
        {
            thread.start();
            final long endNs = System.nanoTime() + EXCHANGE_NS;
            int i = 0;
            while (i < JOBS_MAX && System.nanoTime() - endNs < 0)
            {
                i++;
                given.set(i);
                thread.wake();
                if (i % 2 == 0)
                {
                    awaitDone(i);
                }
            }
        }

        assertEquals(given.get(), done.get());
        assertFalse(failures.isFailed());
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldEndWhenClosedWithoutWork(final boolean expectsWork)
    {
        final FailureReport failures = new FailureReport(failure ->
        {
        });
        final DutyThread thread = new DutyThread(Thread::new, "duty", new Counting(expectsWork), IdleMode.BLOCK,
            failures);
        thread.start();
        thread.close();
        assertFalse(failures.isFailed());
    }

    /** Locks and wake-ups share the single permit of a thread. */
    @Test
    void shouldNotParkWhenItWasWokenWhileItWaitedForALock()
    {
        final FailureReport failures = new FailureReport(failure ->
        {
        });
        final WaitingForALock duty = new WaitingForALock();

        try (DutyThread thread = new DutyThread(Thread::new, "duty", duty, IdleMode.BLOCK, failures))
        {
            thread.start();
            await(() -> duty.hasLooked, "the last look before it parks");
            given.set(1);
            thread.wake();
            duty.isWoken = true;
            awaitDone(1);
        }

        assertFalse(failures.isFailed());
    }

    /** A library, or a program that monitors its threads, may refer to a thread long after its end. */
    @Test
    void shouldBeForgottenWhenItHasEndedThoughItsThreadIsHeld() throws InterruptedException
    {
        final AtomicReference<Thread> held = new AtomicReference<>();
        final WeakReference<DutyThread> ended = startAndClose(held);

        final long startNs = System.nanoTime();
        while (ended.get() != null && System.nanoTime() - startNs < PATIENCE_NS)
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

        try (DutyThread thread = new DutyThread(Thread::new, "duty", new Showing(held), IdleMode.BLOCK, failures))
        {
            thread.start();
            return new WeakReference<>(thread);
        }
    }

    private void awaitDone(final int count)
    {
        await(() -> done.get() >= count, "a wake-up, which was lost");
    }

    private static void await(final BooleanSupplier condition, final String what)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < PATIENCE_NS, "waited in vain for " + what);
            LockSupport.parkNanos(1_000);
        }
    }

    /** Reveals its thread, at the latest when it ends. */
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

    /** Looks for work and then waits for a lock, which consumes the permit of the wake-up. */
    private final class WaitingForALock implements Duty
    {
        private volatile boolean hasLooked;
        private volatile boolean isWoken;
        private int turns;

        @Override
        public int doWork()
        {
            final int found = given.get() - done.get();
            done.addAndGet(found);
            turns++;
            if (turns == 2)
            {
                hasLooked = true;
                await(() -> isWoken, "the wake-up");
                LockSupport.parkNanos(this, 1);
            }

            return found;
        }

        @Override
        public long idleNs()
        {
            return UNTIL_WOKEN;
        }

        @Override
        public void onClose()
        {
            // Nothing is held.
        }
    }

    /** Does the work that was given. */
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
