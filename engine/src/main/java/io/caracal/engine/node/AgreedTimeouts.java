/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import org.agrona.collections.Long2LongHashMap;

/**
 * Time-outs that servers and their clients agreed on when these came back, as a new leader hears of them before its own
 * tree knows all sessions. The history tells only what was agreed when a session began, which may be less.
 */
final class AgreedTimeouts
{
    private static final long NONE = Long.MIN_VALUE;

    private final Long2LongHashMap timeoutMs = new Long2LongHashMap(NONE);

    void add(final long sessionId, final long reportedMs)
    {
        timeoutMs.put(sessionId, Math.max(reportedMs, timeoutMs.get(sessionId)));
    }

    /** All sessions are known: those that may be silent for longer from now on. */
    void applyTo(final SessionTable sessions)
    {
        for (Session session = sessions.first(); session != null; session = session.nextInTable())
        {
            session.touchTimeoutMs((int)Math.max(session.touchTimeoutMs(), timeoutMs.get(session.id())));
        }
        timeoutMs.clear();
    }
}
