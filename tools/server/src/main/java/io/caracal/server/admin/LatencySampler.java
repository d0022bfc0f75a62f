/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.metrics.LatencyWindow;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/** A thread that has a window remember the figures in its rhythm, whether or not anybody looks. */
final class LatencySampler implements Runnable, AutoCloseable
{
    private static final long JOIN_MS = 5_000;

    private final LatencyWindow window;
    private final NanoClock clock;
    private final CountDownLatch isEnding = new CountDownLatch(1);
    private final Thread thread = new Thread(this, "caracal-admin-sampler");

    LatencySampler(final LatencyWindow window, final NanoClock clock)
    {
        this.window = window;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void begin()
    {
        thread.start();
    }

    @Override
    public void run()
    {
        try
        {
            do
            {
                window.sample(clock.nanoTime());
            }
            while (!isEnding.await(LatencyWindow.SAMPLE_MS, TimeUnit.MILLISECONDS));
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** The figures that it reads are given back after this. */
    @Override
    public void close()
    {
        isEnding.countDown();
        try
        {
            thread.join(JOIN_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        if (thread.isAlive())
        {
            throw new IllegalStateException("thread " + thread.getName() + " does not end");
        }
    }
}
