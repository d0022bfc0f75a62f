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
 * Looks up names on threads of its own, which are started when the first name that is not a literal address is looked
 * up. There are as many threads as there were ever lookups at the same time, so a slow answer holds up no other lookup.
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

    /**
     * Submits a lookup. All lookups are submitted by one thread, and each one again only after it has finished. Returns
     * false if there is no thread that could do it.
     */
    boolean submit(final NameLookup lookup)
    {
        if (!requests.offer(lookup))
        {
            return false;
        }

        if (underWay.incrementAndGet() > threads.size() && !tryStart() && threads.isEmpty())
        {
            requests.remove();
            underWay.decrementAndGet();

            return false;
        }

        return true;
    }

    /**
     * Stops the threads. Each one ends after the name that it is looking up at this moment, since a lookup cannot be
     * interrupted.
     */
    @Override
    public void close()
    {
        threads.forEach(Thread::interrupt);
    }

    /** Without another thread, a lookup waits for those that there are. Each later one tries again. */
    private boolean tryStart()
    {
        final Thread thread = threadFactory.newThread(this::run);
        thread.setName("caracal-names-" + threads.size());
        thread.setDaemon(true);

        try
        {
            thread.start();
        }
        catch (final OutOfMemoryError noThread)
        {
            return false;
        }

        threads.add(thread);

        return true;
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
