/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import java.util.Arrays;

/**
 * Requests of this server's clients that are under way, indexed by number. Numbers are given in order, so the requests
 * lie in a ring, at their number modulo its length. A request that is removed before older ones leaves a gap. The
 * limits on requests bound the distance from the oldest to the newest, and the ring grows to the largest distance that
 * occurs.
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

    /** Adds a request under {@link #nextNumber()}. */
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

    /** The oldest number that is still under way; one more than the newest number when none is. */
    long firstNumber()
    {
        return first;
    }

    /** The newest number ever given, 0 for none. */
    long lastNumber()
    {
        return last;
    }

    /** Count of numbers from the oldest to the newest under way, gaps included. */
    int span()
    {
        return (int)(last - first + 1);
    }

    /** Returns the oldest request under way, or null when there is none. */
    InFlight first()
    {
        return find(first);
    }

    /** Returns the request of a number, or null when it is not, or no longer, under way. */
    InFlight find(final long number)
    {
        return number < first || number > last ? null : ring[slot(number)];
    }

    /** Removes a request and returns it, or null when it is not under way. */
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
