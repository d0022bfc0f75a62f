/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * The pages of a port by their paths. A bounded number of them is answered at a time, because answers are held in
 * memory until their readers have taken them. Probes do not count, so that slow readers of other pages never keep one
 * waiting. Filled by one thread, then used by any.
 */
final class PageTable
{
    private final Map<String, Place> places = new TreeMap<>();
    private final Semaphore turns;

    /**
     * A page and its kind.
     *
     * @param page    answers.
     * @param isProbe whether it is answered beside any number of others.
     */
    record Place(Page page, boolean isProbe)
    {
    }

    /** Creates a table without pages, of which so many are answered at a time. */
    PageTable(final int answersMax)
    {
        turns = new Semaphore(answersMax, true);
    }

    void add(final String path, final Page page, final boolean isProbe)
    {
        places.put(path, new Place(page, isProbe));
    }

    /** Returns the place with the longest path that is the given one or above it; null when there is none. */
    Place of(final String path)
    {
        String candidate = path;
        while (!candidate.isEmpty())
        {
            final Place place = places.get(candidate);
            if (place != null)
            {
                return place;
            }

            candidate = candidate.substring(0, candidate.lastIndexOf('/'));
        }

        return null;
    }

    /**
     * Waits until a page may be answered. Each call that returns is followed by one of {@link #leave}.
     *
     * @param place may be null: to say that nothing is there takes no turn.
     * @throws IOException when the port is closed meanwhile.
     */
    void enter(final Place place) throws IOException
    {
        if (place != null && !place.isProbe())
        {
            try
            {
                turns.acquire();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
                throw new IOException("the port is closed", ex);
            }
        }
    }

    /** Lets the next one enter. */
    void leave(final Place place)
    {
        if (place != null && !place.isProbe())
        {
            turns.release();
        }
    }
}
