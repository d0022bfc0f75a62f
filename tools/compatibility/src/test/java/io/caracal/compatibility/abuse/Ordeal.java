/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.abuse;

import io.caracal.compatibility.ServerUnderTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SortedMap;

/**
 * What a server goes through: a healthy client works all the time and notices nothing. When all is over nothing is left
 * of those who did it; and to go through it once more takes no more than the first time.
 */
final class Ordeal implements AutoCloseable
{
    /** Who asks for the books holds some memory at that moment, not always as much. */
    private static final long SLACK_BYTES = 256 * 1024;

    private static final int ROUNDS = 20;

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

    /** Twice, so that whatever is kept for the next time is there the first time. */
    static void of(final ServerUnderTest server, final Deed deed) throws IOException
    {
        final SortedMap<String, Long> first = once(server, deed);

        if (first != null)
        {
            final SortedMap<String, Long> second = once(server, deed);

            if (first.keySet().stream().anyMatch(key -> second.get(key) > first.get(key) + slack(key)))
            {
                throw new AssertionError("kept after the first time:  " + first + "\nkept after the second time: " +
                    second);
            }
        }
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
