/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.abuse;

import io.caracal.compatibility.ServerUnderTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Abuses a server while a healthy client works all the time and must not notice. Afterwards nothing of the abusers may
 * be left, and repeating the abuse must not take more memory each time.
 */
final class Ordeal implements AutoCloseable
{
    /** The request for the books itself takes memory, and not always the same amount. */
    private static final long SLACK_BYTES = 256 * 1024;

    private static final int ROUNDS = 20;
    /** How many times the server may keep more than the time before. */
    private static final int TIMES_MAX = 3;

    private final ServerUnderTest server;
    private final HealthyClient healthy;

    /** What is done to the server. */
    @FunctionalInterface
    interface Deed
    {
        void done(Ordeal ordeal) throws IOException;
    }

    private Ordeal(final ServerUnderTest server) throws IOException
    {
        this.server = server;
        healthy = new HealthyClient(server.address());
    }

    /**
     * Repeats the deed as long as the server keeps more than the time before. What it caches, and what is open for a
     * moment when the books are read, is counted once; a leak grows each time.
     */
    static void of(final ServerUnderTest server, final Deed deed) throws IOException
    {
        final List<SortedMap<String, Long>> books = new ArrayList<>();
        books.add(once(server, deed));

        while (books.get(0) != null && (books.size() == 1 || hasGrown(books)))
        {
            if (books.size() > TIMES_MAX)
            {
                throw new AssertionError("more was kept each time: " + books);
            }

            books.add(once(server, deed));
        }
    }

    private static boolean hasGrown(final List<SortedMap<String, Long>> books)
    {
        final SortedMap<String, Long> before = books.get(books.size() - 2);
        final SortedMap<String, Long> last = books.get(books.size() - 1);

        return before.keySet().stream().anyMatch(key -> last.get(key) > before.get(key) + slack(key));
    }

    private static long slack(final String key)
    {
        return key.endsWith("_bytes") ? SLACK_BYTES : 0;
    }

    private static SortedMap<String, Long> once(final ServerUnderTest server, final Deed deed) throws IOException
    {
        try (Ordeal ordeal = new Ordeal(server))
        {
            deed.done(ordeal);
        }

        return server.kind().isCaracal() ? Books.settled(server) : null;
    }

    InetSocketAddress address()
    {
        return server.address();
    }

    /** Checks the healthy client in the middle of a deed. */
    void assertHealthy(final int rounds)
    {
        healthy.assertProgress(rounds);
    }

    @Override
    public void close() throws IOException
    {
        try (healthy)
        {
            healthy.assertProgress(ROUNDS);
        }

        if (!server.isAlive())
        {
            throw new AssertionError(server + " is gone: " + server.tail());
        }
    }
}
