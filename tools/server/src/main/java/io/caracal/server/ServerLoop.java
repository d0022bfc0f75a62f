/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.engine.node.NodeAgent;
import io.caracal.server.metrics.CountersSink;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.tcp.SelectIdle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** The loop of a server: one duty cycle after the other until it is told to end. */
final class ServerLoop implements Runnable
{
    /** How long requests under way may take to be answered once the end is asked for. */
    private static final long DRAIN_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final NodeAgent node;
    private final ClientTransport transport;
    private final SelectIdle idle;
    private final NanoClock nanoClock;
    private final EpochClock epochClock;
    private final Consumer<Throwable> onFailure;
    private final BooleanSupplier isBusy;
    private final CountersSink figures;
    private final CountDownLatch serving = new CountDownLatch(1);
    private volatile boolean isEnding;
    private long nowNs;

    /**
     * A loop.
     *
     * @param figures is told of each cycle.
     * @param isBusy  whether requests are under way.
     */
    ServerLoop(
        final NodeAgent node, final ClientTransport transport, final SelectIdle idle, final NanoClock nanoClock,
        final EpochClock epochClock, final CountersSink figures, final BooleanSupplier isBusy,
        final Consumer<Throwable> onFailure)
    {
        this.node = node;
        this.transport = transport;
        this.idle = idle;
        this.nanoClock = nanoClock;
        this.epochClock = epochClock;
        this.figures = figures;
        this.isBusy = isBusy;
        this.onFailure = onFailure;
    }

    @Override
    public void run()
    {
        try
        {
            while (!isEnding)
            {
                final int work = cycle();
                if (serving.getCount() > 0 && node.isServing())
                {
                    serving.countDown();
                }

                // A gateway's ring may hold what a read did not reach, behind the place where it wraps around.
                idle.idle(work, Math.min(node.nextDeadlineNs(nowNs), transport.nextDeadlineNs()));
            }

            drain();
        }
        catch (final Throwable ex)
        {
            onFailure.accept(ex);
        }
    }

    private int cycle()
    {
        final long startNs = nanoClock.nanoTime();
        final int work = node.doWork(startNs, epochClock.time());
        transport.flush();
        nowNs = nanoClock.nanoTime();
        figures.onCycle(startNs, nowNs);
        return work;
    }

    /** Takes no further connections and answers what is under way, for a bounded time. */
    private void drain()
    {
        transport.closeListeners();
        final long deadlineNs = nanoClock.nanoTime() + DRAIN_NS;
        while (isBusy.getAsBoolean() && nanoClock.nanoTime() < deadlineNs)
        {
            idle.idle(cycle(), deadlineNs);
        }
    }

    /** Waits until clients are served for the first time; false when that took longer. Any thread. */
    boolean awaitServing(final long timeoutMs) throws InterruptedException
    {
        return serving.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Ends the loop soon. Any thread. */
    void end()
    {
        isEnding = true;
        idle.wakeup();
    }
}
