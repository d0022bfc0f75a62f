/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.IdleMode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DutyThreadTest
{
    private static final int JOBS = 20_000;
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

    private void awaitDone(final int count)
    {
        final long startNs = System.nanoTime();
        while (done.get() < count)
        {
            assertTrue(System.nanoTime() - startNs < PATIENCE_NS, "a wake-up was lost");
            LockSupport.parkNanos(1_000);
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
