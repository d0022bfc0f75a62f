/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import io.caracal.engine.Linger;
import io.caracal.journal.IdleMode;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A thread that runs one {@link Duty}. With {@link IdleMode#BLOCK} it parks when there is nothing to do. If its duty
 * expects work, and waiting awake has paid off before, it first waits awake for a moment. A thread that gives it work
 * calls {@link #wake()}, which costs a system call only if the thread is parked.
 */
public final class DutyThread implements AutoCloseable
{
    /** Longest time that the thread waits awake for expected work. */
    public static final long LINGER_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long SPINS = 10;
    private static final long YIELDS = 20;
    private static final long PARK_MIN_NS = 1_000;
    private static final long PARK_MAX_NS = 1_000_000;

    private final Duty duty;
    private final FailureReport failures;
    private final Thread thread;
    private final IdleStrategy idleStrategy;
    private final Linger linger = new Linger();
    private final AtomicBoolean parked = new AtomicBoolean();
    private volatile boolean closing;

    /**
     * Creates the thread; {@link #start()} starts it.
     *
     * @param threads  makes the thread.
     * @param name     of the thread.
     * @param duty     what it does.
     * @param idleMode what it does when there is nothing to do.
     * @param failures told when the duty fails; the thread then ends.
     */
    public DutyThread(final ThreadFactory threads, final String name, final Duty duty, final IdleMode idleMode,
        final FailureReport failures)
    {
        this.duty = duty;
        this.failures = failures;
        this.idleStrategy = strategy(idleMode);
        this.thread = threads.newThread(once(this::run));
        this.thread.setName(name);
        this.thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start()
    {
        thread.start();
    }

    /** Tells the thread that there may be work. May be called by any thread; cheap unless the thread is parked. */
    public void wake()
    {
        // compareAndSet is a full fence: either the thread sees the work, or this call sees the thread parked.
        if (parked.compareAndSet(true, false))
        {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Asks the duty to finish, unless something failed, and then to close, and waits for that. The second call has no
     * effect.
     */
    @Override
    public void close()
    {
        closing = true;
        parked.set(false);
        LockSupport.unpark(thread);
        joinQuietly();
    }

    private void joinQuietly()
    {
        boolean interrupted = false;

        while (thread.isAlive())
        {
            try
            {
                thread.join();
            }
            catch (final InterruptedException ex)
            {
                // The files must not be closed under the thread: remember the interrupt and go on waiting.
                interrupted = true;
            }
        }

        if (interrupted)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void run()
    {
        try
        {
            while (!closing && !failures.isFailed())
            {
                turn();
            }

            if (!failures.isFailed())
            {
                duty.finish();
            }
        }
        catch (final Throwable ex)
        {
            failures.report(ex);
        }

        try
        {
            duty.onClose();
        }
        catch (final Throwable ex)
        {
            failures.report(ex);
        }
    }

    private void turn() throws Exception
    {
        final int work = duty.doWork();

        if (idleStrategy != null)
        {
            idleStrategy.idle(work);
        }
        else if (work == 0 && !lingered())
        {
            park();
        }
    }

    /** Waits awake for work that is near. A thread that gives the work then need not wake this one. */
    private boolean lingered() throws Exception
    {
        if (!duty.expectsWork() || !linger.isWorthTrying())
        {
            return false;
        }

        final long startNs = System.nanoTime();
        while (!closing && System.nanoTime() - startNs < LINGER_NS)
        {
            if (duty.doWork() > 0)
            {
                linger.onPaid();
                return true;
            }
            Thread.yield();
        }

        linger.onVain();
        return false;
    }

    private void park() throws Exception
    {
        parked.set(true);

        // Look once more. A wake-up during this turn may have come after the duty looked at that work, and a lock for
        // which the duty waited may have used up the thread's permit.
        if (duty.doWork() == 0 && !closing && parked.get())
        {
            final long idleNs = duty.idleNs();
            if (idleNs == Duty.UNTIL_WOKEN)
            {
                LockSupport.park(this);
            }
            else
            {
                LockSupport.parkNanos(this, idleNs);
            }
        }

        parked.set(false);
    }

    /**
     * Lets go of a task once it has started. Chronicle remembers threads that have ended, and from JDK 19 on a thread
     * remembers its task. Without this, each closed server would stay on the heap.
     */
    private static Runnable once(final Runnable task)
    {
        final AtomicReference<Runnable> untilStarted = new AtomicReference<>(task);
        return () -> untilStarted.getAndSet(null).run();
    }

    private static IdleStrategy strategy(final IdleMode idleMode)
    {
        return switch (idleMode)
        {
            case BLOCK -> null;
            case BACKOFF -> new BackoffIdleStrategy(SPINS, YIELDS, PARK_MIN_NS, PARK_MAX_NS);
            case YIELD -> new YieldingIdleStrategy();
            case SPIN -> new BusySpinIdleStrategy();
        };
    }
}
