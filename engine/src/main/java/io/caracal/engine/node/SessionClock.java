/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionExpiry;
import io.caracal.engine.session.SessionTable;

/**
 * The leader's time for sessions. It stands still while this server did: a gap between duty cycles that nobody had
 * asked for is
 * not held against clients, whose signs of life may lie unread in the sockets.
 */
final class SessionClock
{
    private static final long NS_PER_MS = 1_000_000L;
    /** A duty cycle that comes this much later than it was wanted counts as a stall of the server. */
    private static final long STALL_NS = 100 * NS_PER_MS;

    private final SessionExpiry expiry;
    private long lastNs;
    private long nextTickNs;
    private long stalledNs;
    private long sessionMs;

    SessionClock(final long tickTimeMs, final SessionTable table, final long nowNs)
    {
        sessionMs = nowNs / NS_PER_MS;
        expiry = new SessionExpiry(tickTimeMs, sessionMs);
        lastNs = nowNs;
        nextTickNs = nowNs + untilNextTickMs() * NS_PER_MS;
        for (final long sessionId : table.sortedIds())
        {
            add(table.find(sessionId));
        }
    }

    /**
     * A duty cycle begins. One that follows a cycle with work was wanted at once, one that follows an idle cycle at the
     * latest when the next tick begins.
     */
    void advance(final long nowNs, final boolean isAfterIdle)
    {
        final long lateNs = nowNs - (isAfterIdle ? nextTickNs : lastNs);
        if (lateNs > STALL_NS)
        {
            stalledNs += lateNs;
        }
        sessionMs = Math.max(sessionMs, (nowNs - stalledNs) / NS_PER_MS);
        lastNs = nowNs;
        nextTickNs = nowNs + untilNextTickMs() * NS_PER_MS;
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

    /** Its end could not be proposed: it is overdue again at the next tick. */
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
