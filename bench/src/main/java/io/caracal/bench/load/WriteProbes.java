/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.agrona.CloseHelper;

/**
 * Drives one session for each server of an ensemble, all by one thread. Each session writes one request at a time and
 * records the outcome in a {@link ProbeTimeline}. A session whose connection breaks goes on at the next server at once,
 * and gives up a server that does not let it in. One session may be hasty: it also gives up a connection on which no
 * reply comes.
 * <p>
 * Used by one thread. {@link #stop} ends the thread that drives the sessions; timelines may be read only after that.
 */
public final class WriteProbes implements AutoCloseable
{
    private static final int NOBODY = -1;
    private static final long SELECT_MS = 1;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long JOIN_MS = 10_000;

    private final Selector selector;
    private final WriteProbe[] probes;
    private final long silenceNs;
    private final Consumer<SelectionKey> onKey = WriteProbes::onKey;
    private final Failures failures = new Failures();
    private final Thread thread = new Thread(this::run, "probes");
    private volatile int hasty = NOBODY;
    private volatile boolean isStopping;

    /**
     * Opens the sessions and begins to write.
     *
     * @param servers   of the ensemble; the n-th session begins at the n-th server. The znodes of a load with as many
     *                  keys must exist.
     * @param pauseNs   between a reply and the next request of a session.
     * @param silenceNs time without a reply after which a connection is given up as described.
     * @throws UncheckedIOException when no selector can be opened.
     */
    public WriteProbes(final List<InetSocketAddress> servers, final long pauseNs, final long silenceNs)
    {
        this.silenceNs = silenceNs;
        try
        {
            selector = Selector.open();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        probes = new WriteProbe[servers.size()];
        for (int i = 0; i < probes.length; i++)
        {
            final List<InetSocketAddress> order = new ArrayList<>(servers);
            Collections.rotate(order, -i);
            probes[i] = new WriteProbe(selector, order, i, probes.length, pauseNs);
        }
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(failures);
        thread.start();
    }

    /**
     * Makes the session that began at a server hasty: from now on it gives up connections over which nothing comes.
     *
     * @param index of the session.
     */
    public void hasten(final int index)
    {
        hasty = index;
    }

    /**
     * Waits until each session has had a number of further writes acknowledged.
     *
     * @param count     number of writes.
     * @param timeoutNs longest wait.
     * @return false if the time was too short.
     */
    public boolean awaitReplies(final long count, final long timeoutNs)
    {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        final long[] wanted = new long[probes.length];
        Arrays.setAll(wanted, i -> probes[i].replies() + count);
        while (!haveAll(wanted))
        {
            failures.rethrow();
            if (System.nanoTime() - deadlineNs >= 0)
            {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }

        return true;
    }

    private boolean haveAll(final long... wanted)
    {
        for (int i = 0; i < probes.length; i++)
        {
            if (probes[i].replies() < wanted[i])
            {
                return false;
            }
        }

        return true;
    }

    /**
     * Ends the thread and the sessions.
     *
     * @return one timeline for each session, in the order of the servers.
     */
    public List<ProbeTimeline> stop()
    {
        isStopping = true;
        try
        {
            thread.join(JOIN_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted");
        }
        failures.rethrow();
        if (thread.isAlive())
        {
            throw new LoadException("the sessions cannot be ended");
        }

        final List<ProbeTimeline> timelines = new ArrayList<>();
        for (final WriteProbe probe : probes)
        {
            timelines.add(probe.timeline());
        }

        return timelines;
    }

    private void run()
    {
        try
        {
            while (!isStopping)
            {
                selector.select(onKey, SELECT_MS);
                final int hurried = hasty;
                for (int i = 0; i < probes.length; i++)
                {
                    probes[i].onTime(System.nanoTime(), silenceNs, i == hurried);
                }
            }
            for (final WriteProbe probe : probes)
            {
                probe.closeSession();
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            CloseHelper.quietCloseAll(probes);
            CloseHelper.quietClose(selector);
        }
    }

    private static void onKey(final SelectionKey key)
    {
        ((ClientConnection)key.attachment()).onReady(System.nanoTime());
    }

    /** Ends the thread if it still runs. */
    @Override
    public void close()
    {
        isStopping = true;
    }
}
