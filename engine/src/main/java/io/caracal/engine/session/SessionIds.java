/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

/**
 * Generates ids for new sessions. No clock is involved, so no id can come twice whatever clocks do:
 *
 * <pre>
 *   63      56 55              32 31               0
 *   | server  | incarnation      | counter from 1   |
 * </pre>
 */
public final class SessionIds
{
    /**
     * The largest possible server id. Where marks of container or TTL znodes are recognized, a server may have only
     * smaller ids: see {@code EphemeralOwner.serverIdMax}.
     */
    public static final long SERVER_ID_MAX = 255;

    private static final int SERVER_SHIFT = 56;
    private static final int INCARNATION_SHIFT = 32;
    private static final long INCARNATION_MASK = 0xFF_FFFFL;

    private long last;

    /**
     * Numbers the sessions of one leader in one epoch.
     *
     * @param serverId    0 to {@link #SERVER_ID_MAX}.
     * @param incarnation epoch of the leader. Only its lower 24 bits count, and no other numbering of this server has
     *                    the same.
     */
    public SessionIds(final long serverId, final long incarnation)
    {
        if (serverId < 0 || serverId > SERVER_ID_MAX)
        {
            throw new IllegalArgumentException("server id " + serverId + " is not between 0 and " + SERVER_ID_MAX);
        }

        last = (serverId << SERVER_SHIFT) | ((incarnation & INCARNATION_MASK) << INCARNATION_SHIFT);
    }

    /**
     * The next id.
     *
     * @return non-zero.
     */
    public long next()
    {
        return ++last;
    }
}
