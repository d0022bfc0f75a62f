/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/** Threads that start only when a test lets them. */
final class HeldThreads implements ThreadFactory
{
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean isAsked;

    @Override
    public Thread newThread(final Runnable task)
    {
        isAsked = true;

        return new Thread(() ->
        {
            try
            {
                released.await();
                task.run();
            }
            catch (final InterruptedException closed)
            {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether there was work for a thread. */
    boolean isAsked()
    {
        return isAsked;
    }

    void release()
    {
        released.countDown();
    }
}
