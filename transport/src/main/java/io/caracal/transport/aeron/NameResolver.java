/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks names up on threads of its own, which begin with the first names that are no literal addresses. There are as
 * many as names were ever looked up at one moment, so that one whose answer takes long holds up no other.
 */
final class NameResolver implements AutoCloseable
{
    private final BlockingQueue<NameLookup> requests = new ArrayBlockingQueue<>(PeerContext.MEMBERS_MAX);
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final ThreadFactory threadFactory;
    private final Runnable wakeup;

    NameResolver(final ThreadFactory threadFactory, final Runnable wakeup)
    {
        this.threadFactory = threadFactory;
        this.wakeup = wakeup;
    }

    /** Every lookup is submitted by one thread, and again only when it came to an end. */
    boolean submit(final NameLookup lookup)
    {
        if (!requests.offer(lookup))
        {
            return false;
        }

        if (underWay.incrementAndGet() > threads.size())
        {
            start();
        }

        return true;
    }

    /** The threads end after the names that they are looking up at this moment, which no one can hurry. */
    @Override
    public void close()
    {
        threads.forEach(Thread::interrupt);
    }

    private void start()
    {
        final Thread thread = threadFactory.newThread(this::run);
        thread.setName("caracal-names-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run()
    {
        try
        {
            while (!Thread.currentThread().isInterrupted())
            {
                final NameLookup lookup = requests.take();
                lookup.resolve(underWay::decrementAndGet);
                wakeup.run();
            }
        }
        catch (final InterruptedException closed)
        {
            Thread.currentThread().interrupt();
        }
    }
}
