/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/**
 * Decides which request goes out when, and over which connection. In a closed loop each connection is kept full. In an
 * open loop requests go out when they are due, over the connections in turn.
 */
final class RequestFeed
{
    private final ClientConnection[] connections;
    private final RequestSource source;
    private final Pace pace;
    private final AgentTotals totals;
    private long remaining;
    private int turn;
    private boolean isSending;
    private long lookedNs;

    /**
     * Creates a feed; nothing is sent yet.
     *
     * @param connections to send over.
     * @param source      of the requests.
     * @param pace        of an open loop.
     * @param totals      receive the number of requests sent and their delays.
     * @param operations  most requests to send.
     */
    RequestFeed(final ClientConnection[] connections, final RequestSource source, final Pace pace,
        final AgentTotals totals, final long operations)
    {
        this.connections = connections;
        this.source = source;
        this.pace = pace;
        this.totals = totals;
        remaining = operations;
    }

    void begin(final long nowNs)
    {
        pace.start(nowNs);
        lookedNs = nowNs;
        isSending = true;
    }

    /** Stops sending, except for what was already due in an open loop. */
    void stop()
    {
        isSending = false;
    }

    boolean isUsedUp()
    {
        return remaining <= 0;
    }

    /** Fills a connection that may have room, in a closed loop. */
    void onRoom(final ClientConnection connection)
    {
        if (isSending && !pace.isOpenLoop())
        {
            fill(connection);
        }
    }

    /** Sends what is due in an open loop. */
    void sendDue(final long nowNs)
    {
        final long sinceNs = Math.max(pace.nextDueNs(), lookedNs);
        final long sentBefore = totals.sent;
        boolean moves = true;
        while (moves && remaining > 0 && pace.isDue(nowNs))
        {
            moves = enqueueDue(nowNs) > 0;
            flushAll(nowNs);
        }

        if (totals.sent != sentBefore)
        {
            totals.delayed(nowNs - sinceNs, totals.sent - sentBefore);
        }
        lookedNs = nowNs;
    }

    /** The wait for room until now is due to the servers, so it does not count as a delay of this thread. */
    void excuse(final long nowNs)
    {
        lookedNs = nowNs;
    }

    private void fill(final ClientConnection connection)
    {
        if (connection.canSend() && remaining > 0)
        {
            final long startNs = System.nanoTime();
            while (remaining > 0 && connection.canSend())
            {
                enqueue(connection, startNs);
            }
            connection.flush(startNs);
        }
    }

    /** Enqueues requests that are due until all connections are full. Returns how many were enqueued. */
    private long enqueueDue(final long nowNs)
    {
        final long sentBefore = totals.sent;
        int refused = 0;
        while (remaining > 0 && pace.isDue(nowNs) && refused < connections.length)
        {
            final ClientConnection connection = connections[turn];
            turn = turn + 1 == connections.length ? 0 : turn + 1;
            if (connection.canSend())
            {
                enqueue(connection, pace.nextDueNs());
                pace.advance();
                refused = 0;
            }
            else
            {
                refused++;
            }
        }

        return totals.sent - sentBefore;
    }

    /**
     * Sends everything that was due with one call per connection; otherwise the number of calls would limit the rate.
     */
    private void flushAll(final long nowNs)
    {
        for (final ClientConnection connection : connections)
        {
            connection.flush(nowNs);
        }
    }

    private void enqueue(final ClientConnection connection, final long startNs)
    {
        connection.enqueue(source, startNs);
        totals.sent++;
        remaining--;
    }
}
