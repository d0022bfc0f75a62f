/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;
import io.caracal.engine.prepare.Preparer;
import io.caracal.engine.session.Session;

/**
 * Proposes the ends of sessions, because their clients ask for it or because {@link LeaderSessions} says that their
 * time is over. Part of an established leader.
 */
final class SessionEnds
{
    private static final long NS_PER_MS = 1_000_000L;

    private final Node node;
    private final Proposer proposer;
    private final Preparer preparer;
    private final LeaderSessions sessions;

    SessionEnds(final Node node, final Proposer proposer, final Preparer preparer, final LeaderSessions sessions)
    {
        this.node = node;
        this.proposer = proposer;
        this.preparer = preparer;
        this.sessions = sessions;
    }

    /** Proposes the ends of sessions whose time is over, not all at once if they are many. Returns how many. */
    int expireSessions()
    {
        final int expiredMax = node.context().cycleLimits().expiredSessions();
        int expired = 0;
        boolean goesOn = true;
        while (goesOn && expired < expiredMax)
        {
            final Session session = sessions.pollOver();
            goesOn = session != null && expire(session);
            expired += goesOn ? 1 : 0;
        }

        return expired;
    }

    /**
     * Ends one session that is over. Returns false when that cannot be proposed now; the session is then overdue again
     * later. A session that is on its way to a server is spared and gets its whole time-out again.
     */
    private boolean expire(final Session session)
    {
        if (sessions.isOnItsWay(session))
        {
            sessions.again(session);
            return true;
        }
        if (!session.isClosing() && !propose(session, true, node.serverId(), node.incarnation(), 0,
            EventSink.NO_ARRIVAL))
        {
            sessions.overdueAgain(session);
            return false;
        }

        return true;
    }

    /** Proposes the end that a client asked for. Returns false when that is not possible now. */
    boolean propose(final Session session, final long server, final long incarnation, final long sequence,
        final long arrivalNs)
    {
        return propose(session, false, server, incarnation, sequence, arrivalNs);
    }

    private boolean propose(final Session session, final boolean expired, final long server, final long incarnation,
        final long sequence, final long arrivalNs)
    {
        final boolean wasClosing = session.isClosing();
        proposer.begin(session.id(), server, incarnation, sequence);
        preparer.prepareClose(session, expired);
        final boolean isProposed = proposer.propose(arrivalNs);
        if (!isProposed && !wasClosing)
        {
            session.notClosing();
        }
        else if (expired && !wasClosing)
        {
            node.desk().onExpiring(session);
            node.events().onSessionFact(SessionFact.EXPIRED, session.id(), session.ownerServer());
            node.events().onSessionExpired(session.id(), session.timeoutMs());
            node.events().onCount(Count.SESSIONS_EXPIRED, 1);
        }

        return isProposed;
    }

    /** Stops watching all sessions, because the tree is about to be replaced and they end with it. */
    void onReplacing()
    {
        for (Session session = node.replica().sessions().first(); session != null; session = session.nextInTable())
        {
            sessions.onClosed(session);
        }
    }

    /** When a session can next become overdue. */
    long nextDeadlineNs(final long nowNs)
    {
        return nowNs + sessions.untilNextTickMs() * NS_PER_MS;
    }
}
