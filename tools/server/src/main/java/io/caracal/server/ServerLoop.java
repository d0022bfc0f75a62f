/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.engine.node.NodeAgent;
import io.caracal.server.record.RecordingSink;
import io.caracal.transport.tcp.SelectIdle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** The loop of a server: runs one duty cycle after the other until it is told to end. */
final class ServerLoop implements Runnable
{
    /** How long requests under way may take to be answered once the server is told to end. */
    private static final long DRAIN_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LINGER_MAX = 2;
    /**
     * Pause while the record of requests is full and clients have to wait. Short, because the disk and other servers
     * may report meanwhile.
     */
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(200);
    /** How long a leader may take to settle its proposals. */
    private static final long HAND_OVER_NS = TimeUnit.SECONDS.toNanos(3);

    private final NodeAgent node;
    private final LoopPorts ports;
    private final SelectIdle idle;
    private final NanoClock nanoClock;
    private final EpochClock epochClock;
    private final Consumer<Throwable> onFailure;
    private final LongSupplier outstanding;
    private final RecordingSink figures;
    private final boolean isForcing;
    private volatile boolean isEnding;
    private long nowNs;

    /**
     * Creates a loop.
     *
     * @param figures     is told of each cycle.
     * @param outstanding number of requests under way.
     * @param isForcing   whether the journal forces what it is given.
     */
    ServerLoop(
        final NodeAgent node, final LoopPorts ports, final SelectIdle idle, final NanoClock nanoClock,
        final EpochClock epochClock, final RecordingSink figures, final LongSupplier outstanding,
        final boolean isForcing, final Consumer<Throwable> onFailure)
    {
        this.node = node;
        this.ports = ports;
        this.idle = idle;
        this.nanoClock = nanoClock;
        this.epochClock = epochClock;
        this.figures = figures;
        this.outstanding = outstanding;
        this.isForcing = isForcing;
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
                rest(work, nextDeadlineNs(), work == 0 && expectsWork());
            }

            if (ports.hasPeers())
            {
                handOver();
            }
            drain();
        }
        catch (final Throwable ex)
        {
            onFailure.accept(ex);
        }
    }

    /**
     * Whether it is better to keep looking for work than to sleep. When a few requests wait for a force, here or on
     * another server, a good disk finishes before this thread would be asleep. A journal that does not force takes a
     * tenth of that time, on a follower too. When many requests are under way, the processor is better left to other
     * threads.
     */
    private boolean expectsWork()
    {
        return isFew(outstanding.getAsLong()) || (!isForcing && isFew(node.undurableTxns()));
    }

    private static boolean isFew(final long count)
    {
        return count > 0 && count <= LINGER_MAX;
    }

    private int cycle()
    {
        final long startNs = nanoClock.nanoTime();
        figures.onCycleBegun(startNs);
        final int work = node.doWork(startNs, epochClock.time());
        ports.flush();
        nowNs = nanoClock.nanoTime();
        figures.onCycle(startNs, nowNs);
        return work;
    }

    private void rest(final int work, final long dueNs, final boolean expectsWork)
    {
        figures.onRest(work > 0 ? nowNs : dueNs);
        if (work == 0 && !figures.hasRoom())
        {
            // Pending client input is not read now but would end each rest at once; the writer of the log of requests
            // may need the core.
            LockSupport.parkNanos(PAUSE_NS);
        }
        idle.idle(work, dueNs, expectsWork);
    }

    private long nextDeadlineNs()
    {
        return Math.min(node.nextDeadlineNs(nowNs), ports.nextDeadlineNs());
    }

    /** On a leader: settles its proposals and tells the others to elect the next leader. Takes a bounded time. */
    private void handOver()
    {
        node.handOver();
        final long deadlineNs = nanoClock.nanoTime() + HAND_OVER_NS;
        while (!node.isHandedOver() && nanoClock.nanoTime() < deadlineNs)
        {
            rest(cycle(), Math.min(deadlineNs, nextDeadlineNs()), false);
        }
    }

    /** Accepts no further connections and answers the requests under way. Takes a bounded time. */
    private void drain()
    {
        ports.closeListeners();
        final long deadlineNs = nanoClock.nanoTime() + DRAIN_NS;
        while (outstanding.getAsLong() > 0 && nanoClock.nanoTime() < deadlineNs)
        {
            rest(cycle(), Math.min(deadlineNs, nextDeadlineNs()), false);
        }
    }

    /** Makes the loop end soon. Called by any thread. */
    void end()
    {
        isEnding = true;
        idle.wakeup();
    }
}
