/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.abuse;

import io.caracal.compatibility.ServerUnderTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What a server goes through: a healthy client works all the time and notices nothing. When all is over nothing is left
 * of those who did it; and to go through it again and again takes no more each time.
 */
final class Ordeal implements AutoCloseable
{
    /** Who asks for the books holds some memory at that moment, not always as much. */
    private static final long SLACK_BYTES = 256 * 1024;

    private static final int ROUNDS = 20;
    /** How often more may be kept than the time before. */
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
     * Again and again as long as more is kept than the time before. What is kept for the next time, and what is open
     * for a moment when the books are read, is there once; what leaks grows each time.
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

    /** In the middle of it, for a while. */
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
