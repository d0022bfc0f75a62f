/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** Makes threads of which some cannot be started, as in a process that may have no more threads. */
public final class FailingThreads implements ThreadFactory
{
    private final List<Thread> made = new ArrayList<>();
    private int startsLeft;

    /** Creates a factory whose threads can be started this many times. */
    public FailingThreads(final int starts)
    {
        startsLeft = starts;
    }

    /** Sets how many more starts succeed. */
    public void startsLeft(final int starts)
    {
        startsLeft = starts;
    }

    @Override
    public Thread newThread(final Runnable task)
    {
        final Thread thread = new Limited(task);
        made.add(thread);

        return thread;
    }

    /** Whether one of the threads runs. */
    public boolean isAnyAlive()
    {
        return made.stream().anyMatch(Thread::isAlive);
    }

    private final class Limited extends Thread
    {
        Limited(final Runnable task)
        {
            super(task);
        }

        @Override
        public synchronized void start()
        {
            if (startsLeft == 0)
            {
                throw new OutOfMemoryError("unable to create native thread");
            }

            startsLeft--;
            super.start();
        }
    }
}
