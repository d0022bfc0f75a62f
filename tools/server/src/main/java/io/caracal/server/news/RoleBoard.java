/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the role of the server in its ensemble, in the words of ZooKeeper's tools. The engine's thread writes it, any
 * thread may read it. Listeners are called by a thread that may wait, never by the engine's.
 */
public final class RoleBoard
{
    /** The role of a server that has no leader. */
    public static final String LOOKING = "looking";

    private static final String ESTABLISHED = "established";
    private static final String STARTING = "starting";
    private static final int NEWS_MAX = 1024;
    private static final Logger LOG = LoggerFactory.getLogger(RoleBoard.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<News> news = new ArrayDeque<>();
    private final boolean isEnsemble;
    private final Runnable wakeTeller;
    private String role = LOOKING;
    private boolean isStarted;
    private boolean hasServed;
    private boolean isEnded;
    private Consumer<String> listener;
    private final Queue<Runnable> firstServices = new ArrayDeque<>();

    /** A role of which a listener has to be told. */
    private record News(Consumer<String> listener, String role)
    {
    }

    /**
     * Creates a board.
     *
     * @param isEnsemble whether a leading server is called leader; otherwise it is called standalone.
     * @param wakeTeller wakes the thread that calls {@link #tell}; called by any thread, never blocks.
     */
    public RoleBoard(final boolean isEnsemble, final Runnable wakeTeller)
    {
        this.isEnsemble = isEnsemble;
        this.wakeTeller = wakeTeller;
    }

    /** Takes a new state of the engine. Called by the engine's thread, rarely. */
    void onState(final String state, final String reason)
    {
        final String next = roleIn(state, reason);
        lock.lock();
        try
        {
            isStarted |= !STARTING.equals(state);
            role = isEnded ? LOOKING : next;
            if (!LOOKING.equals(role))
            {
                hasServed = true;
                addNews(next);
            }
            changed.signalAll();
        }
        finally
        {
            lock.unlock();
        }
        wakeTeller.run();
    }

    /**
     * Marks the server as ended or failed. It serves nobody any more, whatever its engine still reports. Called by any
     * thread.
     */
    public void end()
    {
        lock.lock();
        try
        {
            isEnded = true;
            role = LOOKING;
            changed.signalAll();
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Whether the server has ended or failed. Called by any thread.
     *
     * @return true once it serves nobody any more.
     */
    public boolean isEnded()
    {
        lock.lock();
        try
        {
            return isEnded;
        }
        finally
        {
            lock.unlock();
        }
    }

    /** Whether the server is part of an ensemble. Called by any thread. */
    boolean isEnsemble()
    {
        return isEnsemble;
    }

    /** Returns the role for a state of the engine. Called by any thread. */
    String roleIn(final String state, final String reason)
    {
        return ESTABLISHED.equals(reason) ? served(state) : LOOKING;
    }

    /** The queue is bounded: roles change rarely, but the teller may be missing or slow. */
    private void addNews(final String next)
    {
        if (listener != null && news.size() < NEWS_MAX)
        {
            news.add(new News(listener, next));
        }
    }

    private String served(final String state)
    {
        return switch (state)
        {
            case "leading" -> isEnsemble ? "leader" : "standalone";
            case "following" -> "follower";
            case "observing" -> "observer";
            default -> LOOKING;
        };
    }

    /**
     * The current role. Called by any thread.
     *
     * @return the role in the words of ZooKeeper's tools.
     */
    public String role()
    {
        lock.lock();
        try
        {
            return role;
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Adds a task that runs once, when clients are served for the first time. Called before the engine runs.
     *
     * @param task runs on the thread that calls {@link #tell}.
     */
    public void firstService(final Runnable task)
    {
        firstServices.add(task);
    }

    /**
     * Sets the listener. It is told of the current role if clients are served, and of every later one. Called by any
     * thread.
     *
     * @param newListener called by the thread that calls {@link #tell}; null for none.
     */
    public void listener(final Consumer<String> newListener)
    {
        lock.lock();
        try
        {
            listener = newListener;
            news.clear();
            if (!LOOKING.equals(role))
            {
                addNews(role);
            }
        }
        finally
        {
            lock.unlock();
        }
        wakeTeller.run();
    }

    /**
     * Runs the tasks of the first service and tells the listener of new roles. Called by one thread, which may wait.
     *
     * @return number of tasks run and roles told.
     */
    public int tell()
    {
        int told = 0;
        while (!firstServices.isEmpty() && hasServed())
        {
            firstServices.remove().run();
            told++;
        }
        for (News next = nextNews(); next != null; next = nextNews())
        {
            tell(next);
            told++;
        }

        return told;
    }

    /** Calls a listener. If it fails, that is a problem of the embedding program, and the server goes on. */
    private static void tell(final News next)
    {
        try
        {
            next.listener.accept(next.role);
        }
        catch (final RuntimeException | AssertionError ex)
        {
            LOG.error("a listener failed when it was told of the role {}; it is told of the next one all the same",
                next.role, ex);
        }
    }

    private boolean hasServed()
    {
        lock.lock();
        try
        {
            return hasServed;
        }
        finally
        {
            lock.unlock();
        }
    }

    private News nextNews()
    {
        lock.lock();
        try
        {
            return news.poll();
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Waits until the server has read its own data. Called by any thread.
     *
     * @param timeoutMs maximum time to wait, in milliseconds.
     * @return false when the time was too short.
     * @throws InterruptedException when the thread is interrupted.
     */
    public boolean awaitStarted(final long timeoutMs) throws InterruptedException
    {
        return await(true, timeoutMs);
    }

    /**
     * Waits until clients are served. Called by any thread.
     *
     * @param timeoutMs maximum time to wait, in milliseconds.
     * @return false when the time was too short.
     * @throws InterruptedException when the thread is interrupted.
     */
    public boolean awaitServing(final long timeoutMs) throws InterruptedException
    {
        return await(false, timeoutMs);
    }

    private boolean await(final boolean started, final long timeoutMs) throws InterruptedException
    {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        lock.lockInterruptibly();
        try
        {
            while (!(started ? isStarted : !LOOKING.equals(role)))
            {
                if (leftNs <= 0)
                {
                    return false;
                }
                leftNs = changed.awaitNanos(leftNs);
            }

            return true;
        }
        finally
        {
            lock.unlock();
        }
    }
}
