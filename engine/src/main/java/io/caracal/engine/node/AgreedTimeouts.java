/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import org.agrona.collections.Long2LongHashMap;

/**
 * Time-outs of sessions as their clients have agreed on them last. A client may agree on another time-out each time it
 * comes back, but the history holds only that of the beginning. A new leader hears of the others from its learners, and
 * keeps them here until its own tree knows all sessions.
 */
final class AgreedTimeouts
{
    private static final long NONE = Long.MIN_VALUE;

    private final Long2LongHashMap timeoutMs = new Long2LongHashMap(NONE);

    void add(final long sessionId, final long reportedMs)
    {
        timeoutMs.put(sessionId, Math.max(reportedMs, timeoutMs.get(sessionId)));
    }

    /** All sessions are known now: a session keeps the longest of the time-outs that were agreed on. */
    void applyTo(final SessionTable sessions)
    {
        for (Session session = sessions.first(); session != null; session = session.nextInTable())
        {
            session.touchTimeoutMs((int)Math.max(session.touchTimeoutMs(), timeoutMs.get(session.id())));
        }
        timeoutMs.clear();
    }
}
