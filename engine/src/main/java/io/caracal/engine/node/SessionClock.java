/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionExpiry;
import io.caracal.engine.session.SessionTable;

/**
 * The leader's clock for sessions, and their deadlines. Time is that of a {@link StallClock}, because a client must not
 * be blamed for silence while this server itself stood still.
 */
final class SessionClock
{
    private static final long NS_PER_MS = 1_000_000L;

    private final SessionExpiry expiry;
    private long sessionMs;

    SessionClock(final long tickTimeMs, final SessionTable table, final long watchNs)
    {
        sessionMs = watchNs / NS_PER_MS;
        expiry = new SessionExpiry(tickTimeMs, sessionMs);
        for (final long sessionId : table.sortedIds())
        {
            add(table.find(sessionId));
        }
    }

    /** A duty cycle begins. */
    void advance(final long watchNs)
    {
        sessionMs = Math.max(sessionMs, watchNs / NS_PER_MS);
    }

    void add(final Session session)
    {
        expiry.add(session, sessionMs);
    }

    void touch(final Session session)
    {
        expiry.touch(session, sessionMs);
    }

    void remove(final Session session)
    {
        expiry.remove(session);
    }

    Session pollOverdue()
    {
        return expiry.pollOverdue(sessionMs);
    }

    /** Makes a session overdue at the first tick after a given moment. */
    void addUntil(final Session session, final long watchNs)
    {
        expiry.addUntil(session, watchNs / NS_PER_MS);
    }

    /** Makes a session overdue again at the next tick, because its end could not be proposed. */
    void overdueAgain(final Session session)
    {
        expiry.addAtNextTick(session, sessionMs);
    }

    long untilNextTickMs()
    {
        return expiry.untilNextTickMs(sessionMs);
    }

    long expiresInMs(final Session session)
    {
        return expiry.expiresInMs(session, sessionMs);
    }
}
