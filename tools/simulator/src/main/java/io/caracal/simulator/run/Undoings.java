/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to be done at some later time, mostly the end of a fault. In the order of times, then of requests. */
final class Undoings
{
    private final PriorityQueue<Undoing> queue = new PriorityQueue<>(Comparator.comparingLong(Undoing::timeNs)
        .thenComparingLong(Undoing::order));
    private long count;
    private long nowNs;

    private record Undoing(long timeNs, long order, Runnable action)
    {
    }

    /** The true time, from which delays count. */
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

    /** When the next one is due, {@link Long#MAX_VALUE} when there is none. */
    long nextNs()
    {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().timeNs;
    }

    /** Does what is due. */
    void runDue()
    {
        while (nextNs() <= nowNs && !queue.isEmpty())
        {
            queue.remove().action.run();
        }
    }

    /** Does everything, whenever it is due. */
    void runAll()
    {
        while (!queue.isEmpty())
        {
            queue.remove().action.run();
        }
    }
}
