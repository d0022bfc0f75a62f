/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.concurrent.TimeUnit;

/** A server's loop on a thread of its own, run as by the composition root, that answers each frame. */
final class EchoLoop implements AutoCloseable
{
    private static final String NAME = "echo-loop";

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final TcpFixture fixture;
    private final EchoHandler handler;
    private final Thread thread;
    private volatile boolean isRunning = true;
    private volatile long frameCount;

    EchoLoop(final TcpFixture fixture, final int replyLength)
    {
        this.fixture = fixture;
        handler = new EchoHandler(fixture.port(), replyLength);
        thread = new Thread(this::run, NAME);
        thread.start();
    }

    /** Returns the bytes allocated so far by the loop and by the gateways, if they have threads of their own. */
    long allocatedBytes()
    {
        long bytes = 0;

        for (final ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds()))
        {
            if (info != null && isServer(info.getThreadName()))
            {
                bytes += threads.getThreadAllocatedBytes(info.getThreadId());
            }
        }

        return bytes;
    }

    private static boolean isServer(final String name)
    {
        return NAME.equals(name) || name.startsWith("caracal-gateway");
    }

    long frameCount()
    {
        return frameCount;
    }

    @Override
    public void close()
    {
        isRunning = false;
        fixture.idle().wakeup();

        try
        {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        if (thread.isAlive())
        {
            throw new IllegalStateException("the loop does not end");
        }
    }

    private void run()
    {
        while (isRunning)
        {
            final int workCount = fixture.port().poll(handler);
            frameCount = handler.frameCount();
            fixture.idle().idle(workCount, fixture.port().nextDeadlineNs());
        }
    }
}
