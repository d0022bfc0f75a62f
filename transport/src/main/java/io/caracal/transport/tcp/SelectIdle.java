/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.Linger;
import io.caracal.transport.IdleMode;
import io.caracal.transport.TransportContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * The selector of a loop, and the one place where the loop waits. Belongs to the thread of the loop; only {@link
 * #wakeup()} may be called by any thread.
 * <p>
 * Wake-ups are coalesced and never lost. A thread first publishes work and then calls {@link #wakeup()}, which leaves a
 * mark. The loop falls asleep only by changing its state from "awake" to "asleep", which fails if there is a mark. The
 * selector is woken once, by the first thread that finds the loop asleep.
 */
public final class SelectIdle implements AutoCloseable
{
    private static final int AWAKE = 0;
    private static final int MARKED = 1;
    private static final int ASLEEP = 2;
    private static final long LINGER_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Consumer<SelectionKey> dispatch = SelectIdle::dispatch;
    private final AtomicInteger state = new AtomicInteger();
    private final Linger linger = new Linger();
    private final NanoClock nanoClock;
    private final IdleStrategy strategy;
    private final Selector selector;
    private LongSupplier deadlineSource = () -> Long.MAX_VALUE;
    private boolean isFreshForSockets;
    private boolean isFreshForPeers;
    private long cycleCount;
    private long sleepCount;

    /**
     * Opens a selector.
     *
     * @param context concluded; gives mode and clock.
     */
    public SelectIdle(final TransportContext context)
    {
        this(context.nanoClock(), context.idleMode());
    }

    /**
     * Opens a selector.
     *
     * @param nanoClock of the deadlines.
     * @param mode      how the loop waits when there is no work.
     */
    public SelectIdle(final NanoClock nanoClock, final IdleMode mode)
    {
        this.nanoClock = nanoClock;
        strategy = strategy(mode);

        try
        {
            selector = Selector.open();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Ends a cycle of the loop. Returns at once if the cycle did work; otherwise waits, in the way of the mode, for a
     * socket, a call of {@link #wakeup()} or the deadline.
     *
     * @param workCount      what the cycle did.
     * @param nextDeadlineNs when the loop must go on at the latest, monotonic; {@link Long#MAX_VALUE}: never by itself.
     * The deadlines of the gateway that uses this selector need not be included.
     */
    public void idle(final int workCount, final long nextDeadlineNs)
    {
        idle(workCount, nextDeadlineNs, false);
    }

    /**
     * Like {@link #idle(int, long)}, for a loop that may know that its next work is near.
     *
     * @param workCount      what the cycle did.
     * @param nextDeadlineNs when the loop must go on at the latest.
     * @param expectsWork    whether it is worth waiting awake for a moment before falling asleep.
     */
    public void idle(final int workCount, final long nextDeadlineNs, final boolean expectsWork)
    {
        cycleCount++;

        if (strategy != null)
        {
            strategy.idle(workCount);
        }
        else if (workCount == 0)
        {
            final long deadlineNs = Math.min(nextDeadlineNs, deadlineSource.getAsLong());

            if (!expectsWork || !lingered(deadlineNs))
            {
                block(deadlineNs);
            }
        }
    }

    /**
     * Makes the loop go on: ends the present wait, or prevents the next one. May be called by any thread. Costs a fence
     * if the loop is awake.
     */
    public void wakeup()
    {
        if (strategy == null && state.getAndSet(MARKED) == ASLEEP)
        {
            selector.wakeup();
        }
    }

    /**
     * The selector, for other channels that shall wake this loop. Attach a {@link ReadyHandler}, or nothing.
     *
     * @return the selector.
     */
    public Selector selector()
    {
        return selector;
    }

    /**
     * Number of cycles so far: how often {@link #idle} was called.
     *
     * @return number.
     */
    public long cycleCount()
    {
        return cycleCount;
    }

    /**
     * How often the loop waited in the selector.
     *
     * @return number.
     */
    public long sleepCount()
    {
        return sleepCount;
    }

    /** Closes the selector. Channels that are registered with it must be closed before. */
    @Override
    public void close()
    {
        try
        {
            selector.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Looks at all channels once and notifies their handlers, so that their owners need not ask each channel in every
     * cycle. A wait that has just ended counts as such a look. The gateway of this loop needs no other look in the same
     * cycle.
     *
     * @param isStale whether the thread may have stood still since that wait.
     */
    public void look(final boolean isStale)
    {
        if (strategy == null && (isStale || !isFreshForPeers))
        {
            select();
            isFreshForSockets = true;
        }

        isFreshForPeers = false;
    }

    void deadlineSource(final LongSupplier source)
    {
        deadlineSource = source;
    }

    /** Asks which channels are ready, unless the wait that has just ended or a look in this cycle did so already. */
    int selectNow()
    {
        if (isFreshForSockets)
        {
            isFreshForSockets = false;
            return 0;
        }

        return select();
    }

    private int select()
    {
        try
        {
            return selector.selectNow(dispatch);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Waits awake for a mark or a socket, unless a deadline would end that wait early. A thread that is awake can be
     * marked without a system call.
     */
    private boolean lingered(final long deadlineNs)
    {
        final long untilNs = Math.min(deadlineNs, nanoClock.nanoTime() + LINGER_NS);

        if (untilNs == deadlineNs || !linger.isWorthTrying())
        {
            return false;
        }

        while (nanoClock.nanoTime() < untilNs)
        {
            if (state.get() == MARKED || lookAtSockets())
            {
                // The marked work was published before the mark, and is looked at after this.
                state.set(AWAKE);
                linger.onPaid();
                return true;
            }
            Thread.yield();
        }

        linger.onVain();
        return false;
    }

    private boolean lookAtSockets()
    {
        final boolean isAnyReady = select() > 0;
        isFreshForSockets |= isAnyReady;
        isFreshForPeers |= isAnyReady;

        return isAnyReady;
    }

    private void block(final long deadlineNs)
    {
        if (!state.compareAndSet(AWAKE, ASLEEP))
        {
            state.set(AWAKE);
            return;
        }

        try
        {
            sleep(deadlineNs);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            state.set(AWAKE);
        }
    }

    private void sleep(final long deadlineNs) throws IOException
    {
        final long timeoutMs = deadlineNs == Long.MAX_VALUE ? 0 : millisUntil(deadlineNs);

        if (timeoutMs >= 0)
        {
            sleepCount++;
            selector.select(dispatch, timeoutMs);
            isFreshForSockets = true;
            isFreshForPeers = true;
        }
    }

    /**
     * Milliseconds until a deadline, rounded up so that the loop does not spin through the last fraction of a
     * millisecond; -1 if the deadline has passed.
     */
    private long millisUntil(final long deadlineNs)
    {
        if (deadlineNs == Long.MIN_VALUE)
        {
            return -1;
        }

        final long remainingNs = deadlineNs - nanoClock.nanoTime();

        return remainingNs <= 0 ? -1 : (remainingNs + NS_PER_MS - 1) / NS_PER_MS;
    }

    static void dispatch(final SelectionKey key)
    {
        final ReadyHandler handler = (ReadyHandler)key.attachment();

        if (handler != null)
        {
            handler.onReady(key.readyOps());
        }
    }

    private static IdleStrategy strategy(final IdleMode mode)
    {
        return switch (mode)
        {
            case BLOCK -> null;
            case BACKOFF -> new BackoffIdleStrategy();
            case YIELD -> new YieldingIdleStrategy();
            case SPIN -> new BusySpinIdleStrategy();
        };
    }
}
