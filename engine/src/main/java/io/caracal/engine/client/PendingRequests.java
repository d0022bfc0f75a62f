/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import java.util.Arrays;

/**
 * Requests of this server's clients that are on their way, found by their number. Numbers are given in order, so the
 * requests lie in a ring, at their number modulo its length; one that is taken out before older ones leaves a gap. The
 * distance from the oldest to the newest is bounded by the limits on requests, and the ring grows to the largest
 * distance that occurs.
 */
final class PendingRequests
{
    private static final int INITIAL_CAPACITY = 64;

    private InFlight[] ring = new InFlight[INITIAL_CAPACITY];
    private long first = 1;
    private long last;

    /** The number that the next request gets. */
    long nextNumber()
    {
        return last + 1;
    }

    /** The request gets {@link #nextNumber()}. */
    void add(final InFlight request)
    {
        last++;
        if (last - first == ring.length)
        {
            grow();
        }
        ring[slot(last)] = request;
    }

    private void grow()
    {
        final InFlight[] old = ring;
        ring = Arrays.copyOf(old, old.length * 2);
        Arrays.fill(ring, null);
        for (long number = first; number < last; number++)
        {
            ring[slot(number)] = old[(int)(number & (old.length - 1))];
        }
    }

    /** The oldest number that is still on its way, one more than the newest when none is. */
    long firstNumber()
    {
        return first;
    }

    /** The newest number ever given, 0 for none. */
    long lastNumber()
    {
        return last;
    }

    /** From the oldest to the newest on its way, gaps included. */
    int span()
    {
        return (int)(last - first + 1);
    }

    /** The oldest request on its way, null when there is none. */
    InFlight first()
    {
        return find(first);
    }

    /** The request of a number, null when it is not on its way (any more). */
    InFlight find(final long number)
    {
        return number < first || number > last ? null : ring[slot(number)];
    }

    /** Takes a request out; null when it is not on its way. */
    InFlight remove(final long number)
    {
        final InFlight request = find(number);
        if (request != null)
        {
            ring[slot(number)] = null;
            while (first <= last && ring[slot(first)] == null)
            {
                first++;
            }
        }

        return request;
    }

    private int slot(final long number)
    {
        return (int)(number & (ring.length - 1));
    }
}
