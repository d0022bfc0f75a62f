/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * The pages of a port by their paths. A bounded number of them is answered at a time, because answers are held in
 * memory until their readers have taken them; of those that may be long, a smaller number. Probes do not count, so that
 * slow readers of other pages never keep one waiting. Filled by one thread, then used by any.
 */
final class PageTable
{
    private final Map<String, Place> places = new TreeMap<>();
    private final Semaphore turns;
    private final Semaphore longTurns;

    /** What answering a page may cost. */
    enum Kind
    {
        /** Next to nothing: it is answered beside any number of others. */
        PROBE,
        /** Little. */
        SHORT,
        /** A good part of the heap. */
        LONG
    }

    /**
     * A page and its kind.
     *
     * @param page answers.
     * @param kind what an answer may cost.
     */
    record Place(Page page, Kind kind)
    {
    }

    /**
     * Creates a table without pages.
     *
     * @param answersMax how many are answered at a time, probes not counted.
     * @param longMax    how many of these may be long.
     */
    PageTable(final int answersMax, final int longMax)
    {
        turns = new Semaphore(answersMax, true);
        longTurns = new Semaphore(longMax, true);
    }

    void add(final String path, final Page page, final Kind kind)
    {
        places.put(path, new Place(page, kind));
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
     * Waits until a page may be answered. Each call that returns is followed by one of {@link #leave}. Those that wait
     * for a long answer to end keep no turn from the others meanwhile.
     *
     * @param place may be null: to say that nothing is there takes no turn.
     * @throws IOException when the port is closed meanwhile.
     */
    void enter(final Place place) throws IOException
    {
        if (place == null || place.kind() == Kind.PROBE)
        {
            return;
        }

        if (place.kind() == Kind.LONG)
        {
            acquire(longTurns);
        }
        try
        {
            acquire(turns);
        }
        catch (final IOException ex)
        {
            if (place.kind() == Kind.LONG)
            {
                longTurns.release();
            }
            throw ex;
        }
    }

    private static void acquire(final Semaphore of) throws IOException
    {
        try
        {
            of.acquire();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("the port is closed", ex);
        }
    }

    /** Lets the next one enter. */
    void leave(final Place place)
    {
        if (place == null || place.kind() == Kind.PROBE)
        {
            return;
        }

        turns.release();
        if (place.kind() == Kind.LONG)
        {
            longTurns.release();
        }
    }
}
