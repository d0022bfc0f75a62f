/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.news.RoleBoard;
import io.caracal.server.words.WordServer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import org.agrona.concurrent.NanoClock;

/**
 * The loop of the operator thread. It answers four-letter words, logs new roles and clients that were not served, and
 * has old history removed at intervals.
 */
final class OperatorLoop implements Runnable
{
    private static final long REST_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORT_REST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final WordServer words;
    private final RoleBoard roles;
    private final LongToIntFunction news;
    private final NanoClock clock;
    private final Runnable purge;
    private volatile long purgeIntervalNs;
    private final Consumer<Throwable> onFailure;
    private volatile Thread thread;
    private volatile boolean isEnding;
    private volatile boolean isPurgeAsked;
    private long nextPurgeNs;

    /**
     * Creates a loop.
     *
     * @param news            logs what is new at a time of the clock and returns the number of lines written.
     * @param purgeIntervalNs 0 or less means never.
     */
    OperatorLoop(
        final WordServer words, final RoleBoard roles, final LongToIntFunction news, final NanoClock clock,
        final Runnable purge,
        final long purgeIntervalNs,
        final Consumer<Throwable> onFailure)
    {
        this.words = words;
        this.roles = roles;
        this.news = news;
        this.clock = clock;
        this.purge = purge;
        this.purgeIntervalNs = purgeIntervalNs;
        this.onFailure = onFailure;
        this.nextPurgeNs = clock.nanoTime();
    }

    @Override
    public void run()
    {
        thread = Thread.currentThread();
        try
        {
            while (!isEnding)
            {
                if (words.doWork() + roles.tell() + news.applyAsInt(clock.nanoTime()) == 0)
                {
                    LockSupport.parkNanos(words.isBusy() ? SHORT_REST_NS : REST_NS);
                }

                purgeWhenDue();
            }
        }
        catch (final Throwable ex)
        {
            onFailure.accept(ex);
        }
        finally
        {
            words.onClose();
        }
    }

    /**
     * Sets how often old history is removed from now on; 0 means never. It is removed at once for the first time.
     * Called by any thread.
     */
    void purgeIntervalNs(final long ns)
    {
        if (ns != purgeIntervalNs)
        {
            purgeIntervalNs = ns;
            isPurgeAsked = true;
            wake();
        }
    }

    private void purgeWhenDue()
    {
        final long intervalNs = purgeIntervalNs;
        if (isPurgeAsked)
        {
            isPurgeAsked = false;
            nextPurgeNs = clock.nanoTime();
        }
        if (intervalNs > 0 && clock.nanoTime() - nextPurgeNs >= 0)
        {
            nextPurgeNs += intervalNs;
            purge.run();
        }
    }

    /** Wakes the operator thread. Called by any thread; never blocks. */
    void wake()
    {
        LockSupport.unpark(thread);
    }

    void end()
    {
        isEnding = true;
        wake();
    }
}
