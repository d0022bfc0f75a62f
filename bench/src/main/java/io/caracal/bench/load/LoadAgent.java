/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import com.sun.management.ThreadMXBean;

import org.agrona.CloseHelper;

/**
 * One thread of a load, with some connections, one selector and one {@link RequestFeed}. It connects, waits for the
 * other agents, warms up, measures, collects what is still in flight, and closes its sessions.
 */
final class LoadAgent implements Runnable, ReplyHandler, AutoCloseable
{
    private static final long REST_NS = 50_000;
    private static final long HOUSEKEEPING_NS = 10_000_000L;
    private static final long SELECT_MS = 10;
    private static final long CLOSE_TIMEOUT_NS = 2_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private final LoadContext context;
    private final Selector selector;
    private final ClientConnection[] connections;
    private final RequestFeed feed;
    private final Pace pace;
    private final LatencyRecorder recorder;
    private final RunCourse course;
    private final Consumer<SelectionKey> onKey = this::onKey;
    private final AtomicLong progress = new AtomicLong();
    private final AgentTotals totals = new AgentTotals();
    private volatile String lastProblem = "no answer";
    private long heardNs;
    private long answeredThen;

    /**
     * Part of the load that one agent takes.
     *
     * @param connections number of connections that it opens.
     * @param firstServer index of the server of the first connection; the others go to the servers that follow.
     * @param operations  number of requests that it sends, if their number is limited.
     */
    record Share(int connections, int firstServer, long operations)
    {
    }

    LoadAgent(
        final LoadContext context, final Share share, final RequestEncoder encoder, final RequestSource source,
        final LatencyRecorder recorder, final Pace pace, final RunCourse course) throws IOException
    {
        this.context = context;
        this.recorder = recorder;
        this.pace = pace;
        this.course = course;
        selector = Selector.open();
        connections = new ClientConnection[share.connections()];
        for (int i = 0; i < connections.length; i++)
        {
            final int server = (share.firstServer() + i) % context.servers().size();
            connections[i] = new ClientConnection(selector, context, server, encoder, this);
        }
        feed = new RequestFeed(connections, source, pace, totals, isCounted() ? share.operations() : Long.MAX_VALUE);
    }

    AgentTotals totals()
    {
        return totals;
    }

    LatencyRecorder recorder()
    {
        return recorder;
    }

    /** Returns why the last connection broke or could not be made. May be called by any thread. */
    String lastProblem()
    {
        return lastProblem;
    }

    /** Returns the number of replies so far. May be called by any thread. */
    long progress()
    {
        return progress.get();
    }

    @Override
    public void run()
    {
        try
        {
            if (awaitSessions())
            {
                load();
                drain();
                if (!totals.isMeasured())
                {
                    measureEnd();
                }
            }
            closeSessions();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            close();
            course.connected();
        }
    }

    /** Gives everything back. Also called for an agent whose thread was never started. */
    @Override
    public void close()
    {
        for (final ClientConnection connection : connections)
        {
            connection.close();
        }
        CloseHelper.quietClose(selector);
    }

    private boolean awaitSessions() throws IOException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(context.connectTimeoutMs());
        long nowNs = deadlineNs;
        while (!allReady())
        {
            // The time is older than the last look at the sockets. So a thread that stood still past the deadline looks
            // once more before it gives up, and then knows what is wrong.
            if (nowNs - deadlineNs > 0)
            {
                totals.failure = "not all sessions could be opened: " + lastProblem;
                course.abandon();
                return false;
            }
            if (course.isAbandoned())
            {
                return false;
            }
            nowNs = System.nanoTime();
            housekeep(nowNs);
            selector.select(onKey, SELECT_MS);
        }

        course.connected();
        // This ends: each other thread has its sessions before its own deadline, or abandons the run. This thread must
        // not give up before that, because the others would measure without its sessions.
        while (!course.areAllConnected() && !course.isAbandoned())
        {
            housekeep(System.nanoTime());
            selector.select(onKey, SELECT_MS);
        }

        return !course.isAbandoned();
    }

    private boolean allReady()
    {
        for (final ClientConnection connection : connections)
        {
            if (!connection.isReady())
            {
                return false;
            }
        }

        return true;
    }

    private void load() throws IOException
    {
        final long warmUpNs = isCounted() ? 0 : TimeUnit.MILLISECONDS.toNanos(context.warmUpMs());
        long nowNs = System.nanoTime();
        feed.begin(nowNs);
        if (warmUpNs > 0)
        {
            loadUntil(nowNs + warmUpNs);
            settle();
        }

        nowNs = System.nanoTime();
        recorder.reset();
        totals.measureStart(nowNs, THREADS.getCurrentThreadAllocatedBytes());
        course.measuring();
        final long endNs = loadUntil(nowNs + TimeUnit.MILLISECONDS.toNanos(context.durationMs()));
        feed.stop();
        if (!isCounted())
        {
            endMeasuring(endNs);
        }
    }

    private void settle() throws IOException
    {
        if (context.settles() && pace.isOpenLoop())
        {
            feed.stop();
            drain();
            feed.begin(System.nanoTime());
        }
    }

    /** Whether the load is limited by a number of requests rather than by time. */
    private boolean isCounted()
    {
        return context.operations() > 0;
    }

    /**
     * Ends the measured time of a closed loop. In an open loop the time goes on until the last reply, and what was due
     * before the end is still sent: otherwise the requests that a server kept waiting longest would not count.
     */
    private void endMeasuring(final long endNs)
    {
        if (pace.isOpenLoop())
        {
            pace.end(endNs);
        }
        else
        {
            measureEnd();
        }
    }

    private void measureEnd()
    {
        totals.measureEnd(System.nanoTime(), THREADS.getCurrentThreadAllocatedBytes());
    }

    /** Drives the load until the given time, or until the run is ended. Returns the time of the end. */
    private long loadUntil(final long endNs) throws IOException
    {
        long nowNs = System.nanoTime();
        long housekeepingNs = nowNs;
        heardNs = nowNs;
        while (nowNs - endNs < 0 && !feed.isUsedUp() && totals.failure == null && !course.isEnded())
        {
            if (nowNs - housekeepingNs >= 0)
            {
                housekeep(nowNs);
                noteSilence(nowNs);
                housekeepingNs = nowNs + HOUSEKEEPING_NS;
            }
            if (pace.isOpenLoop())
            {
                feed.sendDue(nowNs);
            }
            select(nowNs);
            nowNs = System.nanoTime();
        }

        return course.isEnded() ? Math.min(nowNs, endNs) : endNs;
    }

    private void noteSilence(final long nowNs)
    {
        if (totals.answered != answeredThen)
        {
            answeredThen = totals.answered;
            heardNs = nowNs;
        }
        else if (nowNs - heardNs > TimeUnit.MILLISECONDS.toNanos(context.silenceTimeoutMs()))
        {
            totals.failure = "nothing was answered for " + context.silenceTimeoutMs() + " ms after " +
                totals.answered + " answers: " + lastProblem;
        }
    }

    private void select(final long nowNs) throws IOException
    {
        if (context.spin())
        {
            selector.selectNow(onKey);
        }
        else if (pace.isOpenLoop() && pace.nextDueNs() - nowNs < 2 * TimeUnit.MILLISECONDS.toNanos(1))
        {
            if (selector.selectNow(onKey) == 0)
            {
                pause();
            }
        }
        else
        {
            selector.select(onKey, pace.isOpenLoop() ? 1 : SELECT_MS);
        }
    }

    /**
     * Pauses when there is nothing to do. It sleeps if the context permits it, because a thread that only yields leaves
     * others no more than an equal share of its core.
     */
    private void pause()
    {
        if (context.rests())
        {
            LockSupport.parkNanos(REST_NS);
        }
        else
        {
            Thread.yield();
        }
    }

    /**
     * Does what is due on each connection. In a closed loop it also fills each connection, which replies then keep
     * full.
     */
    private void housekeep(final long nowNs)
    {
        for (final ClientConnection connection : connections)
        {
            connection.onTime(nowNs);
            feed.onRoom(connection);
        }
        progress.lazySet(totals.answered);
    }

    private void onKey(final SelectionKey key)
    {
        final ClientConnection connection = (ClientConnection)key.attachment();
        connection.onReady(System.nanoTime());
        feed.onRoom(connection);
    }

    private void drain() throws IOException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(context.drainTimeoutMs());
        while (totals.failure == null && !isDone() && !course.isAbandoned() && System.nanoTime() - deadlineNs < 0)
        {
            housekeep(System.nanoTime());
            if (pace.owed() > 0)
            {
                feed.sendDue(System.nanoTime());
            }
            selector.select(onKey, SELECT_MS);
            feed.excuse(System.nanoTime());
        }
        totals.unsent = pace.owed();
        progress.lazySet(totals.answered);
    }

    private boolean isDone()
    {
        return pace.owed() == 0 && allIdle();
    }

    private boolean allIdle()
    {
        for (final ClientConnection connection : connections)
        {
            if (!connection.isIdle())
            {
                return false;
            }
        }

        return true;
    }

    private void closeSessions() throws IOException
    {
        final long startNs = System.nanoTime();
        boolean open = true;
        for (final ClientConnection connection : connections)
        {
            connection.closeSession(startNs);
        }
        while (open && System.nanoTime() - startNs < CLOSE_TIMEOUT_NS)
        {
            selector.select(onKey, SELECT_MS);
            open = false;
            for (final ClientConnection connection : connections)
            {
                open |= connection.state() != ClientConnection.State.CLOSED;
            }
        }
    }

    @Override
    public void onReply(final Operation operation, final int error, final long startNs, final long nowNs)
    {
        totals.answered++;
        if (!totals.isMeasured())
        {
            recorder.record(operation, error, nowNs - startNs);
        }
    }

    @Override
    public void onLost(final Operation operation)
    {
        totals.lost++;
    }

    @Override
    public void onWatchEvent()
    {
        totals.watchEvents++;
    }

    @Override
    public void onSession()
    {
        totals.sessions++;
    }

    @Override
    public void onDisconnect(final String reason)
    {
        totals.disconnects++;
        lastProblem = reason;
    }
}
