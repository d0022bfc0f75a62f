/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.NanoClock;

/**
 * Aborts requests whose bytes stop arriving, and answers that a client does not read. The JDK's server limits only the
 * time of a whole request, and that limit must be long enough for an upload. This watch interrupts a thread that waits
 * for its client for too long, which closes the channel.
 */
final class SilenceWatch
{
    private final NanoClock clock;
    private final long limitNs;
    private final Map<Thread, Wait> waits = new ConcurrentHashMap<>();

    /** The wait of one thread. Its monitor decides what comes first: the end of the wait, or the interrupt. */
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
     * Creates a watch without waits.
     *
     * @param limitNs longest allowed wait.
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

    /** Called when the current thread starts to wait until its client sends or takes bytes. */
    void begin()
    {
        waits.put(Thread.currentThread(), new Wait(clock.nanoTime()));
    }

    /**
     * Called when the current thread no longer waits. Returns false if it waited too long. It is not interrupted any
     * more.
     */
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

    /** Interrupts the threads that have waited too long. Called periodically by one thread. */
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
