/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import java.util.SplittableRandom;

/**
 * How a random client behaves.
 *
 * @param timeoutMs      session time-out that it asks for.
 * @param pauseMs        mean time between two wishes.
 * @param outstandingMax maximum number of operations under way.
 * @param reconnectMaxMs longest time until it tries another server.
 * @param knownServers   maximum number of servers that it knows.
 * @param whims          what else it does.
 */
public record ClientSettings(int timeoutMs, int pauseMs, int outstandingMax, int reconnectMaxMs, int knownServers,
    Whims whims)
{
    /** A client that knows all servers. */
    public static final int ALL_SERVERS = Integer.MAX_VALUE;

    /** The longest time-out that a client ever wants, in parts of the one that it wanted first. */
    private static final int BARGAIN_MAX = 11;
    private static final int BUSY_PAUSE_MS = 20;
    private static final int BUSY_RECONNECT_MS = 100;

    /** Draws the time-out that a client wants next, which may be less or more than servers grant. */
    int anotherTimeoutMs(final SplittableRandom random)
    {
        return random.nextBoolean() ? timeoutMs : timeoutMs / 2 + random.nextInt(BARGAIN_MAX * timeoutMs);
    }

    /** Picks the servers that a client knows, in an order of its own. */
    long[] pickFrom(final long[] servers, final SplittableRandom random)
    {
        final int first = random.nextInt(servers.length);
        final long[] known = new long[Math.min(servers.length, knownServers)];

        for (int i = 0; i < known.length; i++)
        {
            known[i] = servers[(first + i) % servers.length];
        }

        return known;
    }

    /**
     * The settings of a client that sends operations all the time, and knows all servers.
     *
     * @return a copy without whims.
     */
    public ClientSettings busy()
    {
        return new ClientSettings(timeoutMs, BUSY_PAUSE_MS, outstandingMax, BUSY_RECONNECT_MS, ALL_SERVERS, Whims.NONE);
    }

    /**
     * The settings of a client that sends operations without pauses, and does nothing else that is unusual.
     *
     * @return a copy without whims.
     */
    public ClientSettings calm()
    {
        return new ClientSettings(timeoutMs, 1, outstandingMax, reconnectMaxMs, knownServers, Whims.NONE);
    }
}
