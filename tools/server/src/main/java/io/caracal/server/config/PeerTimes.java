/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/**
 * How long the servers of an ensemble wait for each other, in milliseconds. A client must not believe in a session that
 * the other servers have let expire. Silence is therefore noticed, with one heartbeat to spare, in less than a third of
 * the shortest session time-out, and at the latest after {@code syncLimit} ticks.
 *
 * @param heartbeatMs interval of heartbeats.
 * @param timeoutMs   silence after which a server counts as gone.
 * @param boundMs     upper bound, exclusive, of heartbeat plus time-out.
 * @param syncMs      {@code syncLimit} ticks: how long a disk may take to force before its server steps aside.
 * @param initMs      {@code initLimit} ticks: how long a synchronization may make no progress.
 */
public record PeerTimes(int heartbeatMs, int timeoutMs, int boundMs, int syncMs, int initMs)
{
    private static final int SESSION_SHARE = 3;

    /**
     * Computes the times from the settings.
     *
     * @param settings of a server.
     * @return the configured times, or both lowered by the same factor to stay below the bound.
     */
    public static PeerTimes of(final Settings settings)
    {
        final int heartbeatMs = settings.integer(ServerProperty.PEER_HEARTBEAT);
        final int timeoutMs = settings.integer(ServerProperty.PEER_TIMEOUT);
        final long syncMs = ticksMs(settings, ServerProperty.SYNC_LIMIT);
        final int initMs = (int)Math.min(Integer.MAX_VALUE, ticksMs(settings, ServerProperty.INIT_LIMIT));
        final int bound = (int)Math.max(2, Math.min(syncMs, settings.minSessionTimeoutMs() / SESSION_SHARE));
        final long sum = (long)heartbeatMs + timeoutMs;
        final int sync = (int)Math.min(Integer.MAX_VALUE, syncMs);
        if (sum < bound)
        {
            return new PeerTimes(heartbeatMs, timeoutMs, bound, sync, initMs);
        }

        final int lower = (int)Math.max(1, (bound - 1L) * heartbeatMs / sum);
        return new PeerTimes(lower, Math.max(1, bound - 1 - lower), bound, sync, initMs);
    }

    private static long ticksMs(final Settings settings, final ServerProperty limit)
    {
        return (long)Math.max(1, settings.integer(limit)) * settings.integer(ServerProperty.TICK_TIME);
    }

    /**
     * The longest time-out that may be used after false alarms.
     *
     * @return milliseconds.
     */
    public int timeoutMaxMs()
    {
        return Math.max(timeoutMs, boundMs - 1 - heartbeatMs);
    }

    boolean isLowered(final Settings settings)
    {
        return heartbeatMs != settings.integer(ServerProperty.PEER_HEARTBEAT) ||
            timeoutMs != settings.integer(ServerProperty.PEER_TIMEOUT);
    }
}
