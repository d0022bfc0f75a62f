/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.IdleMode;
import io.caracal.transport.TransportContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A loop that sleeps too long here would sleep for ever. The timeout ends the test before the whole run waits for it.
 */
@Timeout(180)
class SelectIdleTest
{
    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(30);
    /** Enough for all items on a machine that has a processor for each thread. */
    private static final long EXCHANGE_NS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong published = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong last = new AtomicLong(Long.MAX_VALUE);
    private boolean expectsWork;

    @ParameterizedTest
    @EnumSource(IdleMode.class)
    void shouldLoseNoWakeup(final IdleMode mode) throws InterruptedException
    {
        final long countMax = 20_000;

        try (SelectIdle idle = new SelectIdle(context(mode)))
        {
            final Thread loop = startLoop(idle);
            final long endNs = System.nanoTime() + EXCHANGE_NS;
            long count = 0;

            while (count < countMax && System.nanoTime() - endNs < 0)
            {
                count++;
                published.set(count);
                idle.wakeup();

                // Every other time, the loop gets a chance to fall asleep before the next item.
                awaitTaken(count % 2 == 0 ? count : 0);
            }

            end(loop, idle, count);
            assertEquals(count, taken.get());
        }
    }

    @ParameterizedTest
    @EnumSource(IdleMode.class)
    void shouldLoseNoWakeupWhileItWaitsAwake(final IdleMode mode) throws InterruptedException
    {
        expectsWork = true;
        shouldLoseNoWakeup(mode);
    }

    @Test
    void shouldNotSleepWhenWokenWhileItWaitsAwake()
    {
        try (SelectIdle idle = new SelectIdle(context(IdleMode.BLOCK)))
        {
            for (int i = 1; i <= 100; i++)
            {
                idle.wakeup();
                idle.idle(0, Long.MAX_VALUE, true);
            }

            assertEquals(0, idle.sleepCount());
        }
    }

    @Test
    void shouldSleepWhenNothingComesWhileItWaitsAwake()
    {
        final AtomicLong nowNs = new AtomicLong();
        try (SelectIdle idle = new SelectIdle(() -> nowNs.addAndGet(1_000), IdleMode.BLOCK))
        {
            idle.idle(0, TimeUnit.MILLISECONDS.toNanos(5), true);
            assertEquals(1, idle.sleepCount());
        }
    }

    @Test
    void shouldSleepUntilWoken() throws InterruptedException
    {
        final int wakeups = 50;

        try (SelectIdle idle = new SelectIdle(context(IdleMode.BLOCK)))
        {
            final Thread loop = startLoop(idle);

            for (int i = 1; i <= wakeups; i++)
            {
                published.set(i);
                idle.wakeup();
                awaitTaken(i);
            }

            end(loop, idle, wakeups);
            assertTrue(idle.cycleCount() <= 4L * wakeups + 4, idle.cycleCount() + " cycles while there was no work");
        }
    }

    @Test
    void shouldWakeOnceForManyCalls()
    {
        final AtomicLong nowNs = new AtomicLong();
        try (SelectIdle idle = new SelectIdle(nowNs::get, IdleMode.BLOCK))
        {
            for (int i = 0; i < 1000; i++)
            {
                idle.wakeup();
            }

            idle.idle(0, Long.MAX_VALUE);
            assertEquals(0, idle.sleepCount());
            idle.idle(0, TimeUnit.MILLISECONDS.toNanos(2));
            assertEquals(1, idle.sleepCount());
        }
    }

    @Test
    void shouldNotSleepPastADeadline()
    {
        final long sleepNs = TimeUnit.MILLISECONDS.toNanos(5);
        final AtomicLong nowNs = new AtomicLong();
        try (SelectIdle idle = new SelectIdle(nowNs::get, IdleMode.BLOCK))
        {
            final long beganNs = System.nanoTime();
            idle.idle(0, sleepNs);
            assertTrue(System.nanoTime() - beganNs >= sleepNs, "woke before the deadline");
            nowNs.set(sleepNs);
            idle.idle(0, sleepNs);
            idle.idle(0, Long.MIN_VALUE);
            assertEquals(1, idle.sleepCount());
        }
    }

    @Test
    void shouldNotSleepAfterWork()
    {
        try (SelectIdle idle = new SelectIdle(context(IdleMode.BLOCK)))
        {
            idle.idle(1, Long.MAX_VALUE);
            assertEquals(0, idle.sleepCount());
        }
    }

    private Thread startLoop(final SelectIdle idle)
    {
        final Thread loop = new Thread(() ->
        {
            while (taken.get() < last.get())
            {
                final long seen = published.get();
                final int workCount = seen > taken.get() ? 1 : 0;
                taken.set(seen);
                idle.idle(workCount, Long.MAX_VALUE, expectsWork);
            }
        });
        loop.setDaemon(true);
        loop.start();

        return loop;
    }

    private void end(final Thread loop, final SelectIdle idle, final long count) throws InterruptedException
    {
        last.set(count);
        idle.wakeup();
        loop.join(PATIENCE_MS);
        assertFalse(loop.isAlive(), "a wake-up was lost");
    }

    private void awaitTaken(final long value)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);

        while (taken.get() < value)
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain for the loop to wake");
            LockSupport.parkNanos(1000);
        }
    }

    private static TransportContext context(final IdleMode mode)
    {
        return new TransportContext().listen(TcpFixture.LOOPBACK).idleMode(mode).conclude();
    }
}
