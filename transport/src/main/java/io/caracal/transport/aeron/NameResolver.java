/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import io.caracal.transport.PeerContext;

/** Looks names up on a thread of its own, which begins with the first name that is no literal address. */
final class NameResolver implements AutoCloseable
{
    private final BlockingQueue<NameLookup> requests = new ArrayBlockingQueue<>(PeerContext.MEMBERS_MAX);
    private final ThreadFactory threadFactory;
    private final Runnable wakeup;
    private Thread thread;

    NameResolver(final ThreadFactory threadFactory, final Runnable wakeup)
    {
        this.threadFactory = threadFactory;
        this.wakeup = wakeup;
    }

    boolean submit(final NameLookup lookup)
    {
        if (null == thread)
        {
            thread = threadFactory.newThread(this::run);
            thread.setName("caracal-names");
            thread.setDaemon(true);
            thread.start();
        }

        return requests.offer(lookup);
    }

    /** The thread ends after the name that it is looking up at this moment, which no one can hurry. */
    @Override
    public void close()
    {
        if (null != thread)
        {
            thread.interrupt();
        }
    }

    private void run()
    {
        try
        {
            while (!Thread.currentThread().isInterrupted())
            {
                requests.take().resolve();
                wakeup.run();
            }
        }
        catch (final InterruptedException closed)
        {
            Thread.currentThread().interrupt();
        }
    }
}
