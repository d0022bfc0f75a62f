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
 * The role of the server in its ensemble, in the words of ZooKeeper's tools. Written by the engine's thread, read by
 * any; listeners are called by a thread that may wait, never by the engine's.
 */
public final class RoleBoard
{
    /** Has no leader. */
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

    /** A role that somebody is to be told of. */
    private record News(Consumer<String> listener, String role)
    {
    }

    /**
     * A board.
     *
     * @param isEnsemble whether a leader is called so, else standalone.
     * @param wakeTeller ends the rest of the thread that calls {@link #tell}; any thread, never blocks.
     */
    public RoleBoard(final boolean isEnsemble, final Runnable wakeTeller)
    {
        this.isEnsemble = isEnsemble;
        this.wakeTeller = wakeTeller;
    }

    /** The engine's state changed. The engine's thread, rarely. */
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

    /** The server ends or has failed: whatever its engine still says, it serves nobody any more. Any thread. */
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
     * Whether the server serves nobody any more. Any thread may ask.
     *
     * @return true from the end on.
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

    /** Whether the server has others beside it. Any thread. */
    boolean isEnsemble()
    {
        return isEnsemble;
    }

    /** The role that a state of the engine means. Any thread. */
    String roleIn(final String state, final String reason)
    {
        return ESTABLISHED.equals(reason) ? served(state) : LOOKING;
    }

    /** Roles change rarely, but nobody may listen, or only slowly. */
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
     * The present role. Any thread may ask.
     *
     * @return in the words of ZooKeeper's tools.
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
     * Adds what is done once when clients are served for the first time. To be called before the engine runs.
     *
     * @param task runs on the engine's thread.
     */
    public void firstService(final Runnable task)
    {
        firstServices.add(task);
    }

    /**
     * Names who is told of the present role if clients are served, and of every later one. Any thread may call it.
     *
     * @param newListener is called by the operator thread.
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
     * Tells the listener what is new. Called by one thread, which may wait.
     *
     * @return how many roles were told.
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

    /** Calls a listener. When it fails, that is the problem of its program, and the server goes on. */
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
     * Waits until the server has read its own data. Any thread may call it.
     *
     * @param timeoutMs how long at most, in milliseconds.
     * @return false when that took longer.
     * @throws InterruptedException while it waits.
     */
    public boolean awaitStarted(final long timeoutMs) throws InterruptedException
    {
        return await(true, timeoutMs);
    }

    /**
     * Waits until clients are served. Any thread may call it.
     *
     * @param timeoutMs how long at most, in milliseconds.
     * @return false when that took longer.
     * @throws InterruptedException while it waits.
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
