/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import org.agrona.collections.Long2LongHashMap;

/**
 * Session time-outs as last agreed on with the clients. A client may agree on another time-out each time it reconnects,
 * but the history holds only the first one. A new leader hears of the others from its learners, and keeps them here
 * until its own tree knows all sessions.
 */
final class AgreedTimeouts
{
    private static final long NONE = Long.MIN_VALUE;

    private final Long2LongHashMap timeoutMs = new Long2LongHashMap(NONE);

    void add(final long sessionId, final long reportedMs)
    {
        timeoutMs.put(sessionId, Math.max(reportedMs, timeoutMs.get(sessionId)));
    }

    /**
     * Applies the time-outs once all sessions are known. Each session keeps the longest of the time-outs that were
     * agreed on. What this server itself agreed on before a session moved away may be too short, and the server that
     * holds the session now need not report the time-out that is in the history.
     */
    void applyTo(final SessionTable sessions)
    {
        for (Session session = sessions.first(); session != null; session = session.nextInTable())
        {
            final int knownMs = session.isHeld() ? session.touchTimeoutMs() :
                Math.max(session.touchTimeoutMs(), session.timeoutMs());
            session.touchTimeoutMs((int)Math.max(knownMs, timeoutMs.get(session.id())));
        }
        timeoutMs.clear();
    }
}
