/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;

/**
 * Decides which sessions are over, on a leader. A session of the leader's own clients is over when its deadline has
 * passed. A session that another server holds is over only if, in addition, that server cannot have heard the client in
 * time.
 */
final class LeaderSessions
{
    private final Node node;
    private final SessionClock clock;
    private final SessionHolders holders;
    private final SuspectSessions suspects;

    LeaderSessions(final Node node, final SessionHolders holders)
    {
        this.node = node;
        this.holders = holders;
        clock = new SessionClock(node.context().tickTimeMs(), node.replica().sessions(), node.watchNs());
        suspects = new SuspectSessions(node.members(), holders);
    }

    /** A duty cycle begins. */
    void advance()
    {
        clock.advance(node.watchNs());
    }

    /** Removes and returns a session that is certainly over, or null when there is none. */
    Session pollOver()
    {
        Session session = clock.pollOverdue();
        while (session != null && !isOver(session) && suspects.add(session))
        {
            session = clock.pollOverdue();
        }

        return session == null ? pollConvicted() : session;
    }

    private boolean isOver(final Session session)
    {
        return session.preparedOwner() == node.serverId() || holders.isOver(session);
    }

    private Session pollConvicted()
    {
        Session session = suspects.poll();
        while (session != null && !session.isMoving() && holders.endNs(session) > node.watchNs())
        {
            clock.addUntil(session, holders.endNs(session));
            session = suspects.poll();
        }

        return session;
    }

    /**
     * Gives a session its whole time-out again, because it is moving between servers and neither can tell whether its
     * client lives.
     */
    void again(final Session session)
    {
        session.endNs(Session.NO_END);
        clock.add(session);
    }

    /** Makes a session overdue again at the next tick, because its end could not be proposed. */
    void overdueAgain(final Session session)
    {
        clock.overdueAgain(session);
    }

    void onCreated(final Session session)
    {
        holders.onHeard(session);
        clock.add(session);
    }

    /** The client of a session was heard, here or by the server that holds the session. */
    void touch(final Session session)
    {
        holders.onHeard(session);
        if (SuspectSessions.acquit(session))
        {
            clock.add(session);
        }
        else
        {
            clock.touch(session);
        }
    }

    void onClosed(final Session session)
    {
        SuspectSessions.acquit(session);
        clock.remove(session);
    }

    long untilNextTickMs()
    {
        return clock.untilNextTickMs();
    }

    /** How long a session still has, in milliseconds, for operators. */
    long expiresInMs(final Session session)
    {
        return clock.expiresInMs(session);
    }
}
