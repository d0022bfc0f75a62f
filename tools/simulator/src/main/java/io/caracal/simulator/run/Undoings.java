/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Actions to be run at a later time, mostly to end a fault. They run in the order of their times; those of the same
 * time run in the order in which they were added.
 */
final class Undoings
{
    private final PriorityQueue<Undoing> queue = new PriorityQueue<>(Comparator.comparingLong(Undoing::timeNs)
        .thenComparingLong(Undoing::order));
    private long count;
    private long nowNs;

    private record Undoing(long timeNs, long order, Runnable action)
    {
    }

    /** Sets true time, from which delays count. */
    void time(final long newNowNs)
    {
        nowNs = newNowNs;
    }

    long nowNs()
    {
        return nowNs;
    }

    void later(final long delayNs, final Runnable action)
    {
        queue.add(new Undoing(nowNs + delayNs, count++, action));
    }

    /** Time at which the next action is due, {@link Long#MAX_VALUE} when there is none. */
    long nextNs()
    {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().timeNs;
    }

    /** Runs the actions that are due. */
    void runDue()
    {
        while (nextNs() <= nowNs && !queue.isEmpty())
        {
            queue.remove().action.run();
        }
    }

    /** Runs all actions, whether they are due or not. */
    void runAll()
    {
        while (!queue.isEmpty())
        {
            queue.remove().action.run();
        }
    }
}
