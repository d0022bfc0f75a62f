/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.NanoClock;

/**
 * Ends requests whose bytes stop coming, and answers that a client does not take. The JDK's server bounds only the time
 * of a whole request, and that has to be long enough for an upload. Here a thread that waits for its client for too
 * long is interrupted, which closes its channel.
 */
final class SilenceWatch
{
    private final NanoClock clock;
    private final long limitNs;
    private final Map<Thread, Wait> waits = new ConcurrentHashMap<>();

    /** One thread that waits. Its monitor decides which comes first, the end of the wait or that of patience. */
    private static final class Wait
    {
        private final long beganNs;
        private boolean isOver;
        private boolean isInterrupted;

        private Wait(final long beganNs)
        {
            this.beganNs = beganNs;
        }
    }

    /**
     * A watch without waits.
     *
     * @param limitNs longest wait.
     * @param clock   monotonic.
     */
    SilenceWatch(final long limitNs, final NanoClock clock)
    {
        this.limitNs = limitNs;
        this.clock = clock;
    }

    long limitNs()
    {
        return limitNs;
    }

    /** The present thread begins to wait for bytes of its client, or for it to take some. */
    void begin()
    {
        waits.put(Thread.currentThread(), new Wait(clock.nanoTime()));
    }

    /** The present thread waits no more; returns false when it waited too long. Nothing interrupts it from now on. */
    boolean end()
    {
        final Wait wait = waits.remove(Thread.currentThread());
        if (wait == null)
        {
            return true;
        }

        synchronized (wait)
        {
            wait.isOver = true;
            return !wait.isInterrupted || !Thread.interrupted();
        }
    }

    /** Interrupts the threads that have waited for too long. To be called now and then, by one thread. */
    void look()
    {
        final long nowNs = clock.nanoTime();
        waits.forEach((thread, wait) ->
        {
            synchronized (wait)
            {
                if (!wait.isOver && !wait.isInterrupted && nowNs - wait.beganNs > limitNs)
                {
                    wait.isInterrupted = true;
                    thread.interrupt();
                }
            }
        });
    }
}
