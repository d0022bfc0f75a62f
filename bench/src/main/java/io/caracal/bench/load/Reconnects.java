/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Decides where a connection goes next, and when: to each other server at once, then with a pause before every attempt.
 */
final class Reconnects
{
    private static final long BACKOFF_MIN_NS = 10_000_000L;
    private static final long BACKOFF_MAX_NS = 200_000_000L;

    private final List<InetSocketAddress> servers;
    private int server;
    private int triedInRow;
    private long backoffNs;
    private long retryNs;

    Reconnects(final List<InetSocketAddress> servers, final int firstServer)
    {
        this.servers = servers;
        server = firstServer;
    }

    boolean isDue(final long nowNs)
    {
        return nowNs - retryNs >= 0;
    }

    InetSocketAddress next()
    {
        final InetSocketAddress address = servers.get(server);
        server = (server + 1) % servers.size();

        return address;
    }

    void onSession()
    {
        backoffNs = 0;
        triedInRow = 0;
    }

    void onDisconnect(final long nowNs)
    {
        triedInRow++;
        if (triedInRow >= servers.size())
        {
            backoffNs = Math.min(BACKOFF_MAX_NS, Math.max(BACKOFF_MIN_NS, backoffNs * 2));
        }
        retryNs = nowNs + backoffNs;
    }
}
