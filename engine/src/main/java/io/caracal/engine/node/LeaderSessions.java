/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.Ensemble;
import java.util.function.LongSupplier;

/**
 * Decides which sessions are over, on a leader. A session of the leader's own clients is over when its deadline has
 * passed. A session that another server holds is over only if, in addition, that server cannot have heard the client in
 * time.
 */
final class LeaderSessions
{
    private final long serverId;
    private final LongSupplier watchNs;
    private final SessionClock clock;
    private final SessionHolders holders;
    private final SuspectSessions suspects;

    /**
     * Begins with the deadlines of all sessions.
     *
     * @param serverId of the leader.
     * @param watchNs  the {@link StallClock}.
     * @param clock    in which all sessions are scheduled.
     * @param members  of the ensemble.
     * @param holders  what is known of the servers that hold sessions.
     */
    LeaderSessions(final long serverId, final LongSupplier watchNs, final SessionClock clock, final Ensemble members,
        final SessionHolders holders)
    {
        this.serverId = serverId;
        this.watchNs = watchNs;
        this.clock = clock;
        this.holders = holders;
        suspects = new SuspectSessions(members, holders);
    }

    /** A duty cycle begins. */
    void advance()
    {
        clock.advance(watchNs.getAsLong());
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
        return session.preparedOwner() == serverId || holders.isOver(session);
    }

    private Session pollConvicted()
    {
        Session session = suspects.poll();
        while (session != null && !session.isMoving() && holders.endNs(session) > watchNs.getAsLong())
        {
            clock.addUntil(session, holders.endNs(session));
            session = suspects.poll();
        }

        return session;
    }

    /**
     * Whether nobody can tell if the client of a session lives. The session is moving between servers: its client may
     * have gone back to the server that it left, which does not know of the move yet, and which is no longer asked
     * about the session. Or the server that it moved to, or where it began, has not applied that yet.
     */
    boolean isOnItsWay(final Session session)
    {
        return session.isMoving() || !holders.isKnownToServer(session);
    }

    /** Gives a session its whole time-out again, because it is on its way to a server. */
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

    /** A session has begun. */
    void onCreated(final Session session, final long zxid)
    {
        session.givenZxid(zxid);
        holders.onHeard(session);
        clock.add(session);
    }

    /** A session has moved to another server. */
    void onMoved(final Session session, final long zxid)
    {
        session.givenZxid(zxid);
        touch(session);
    }

    /** The client of a session was heard, here or by the server that holds the session. */
    void touch(final Session session)
    {
        holders.onHeard(session);
        restart(session);
    }

    /** The client of a session was heard by another server than the one that holds the session. */
    void touchElsewhere(final Session session)
    {
        session.endNs(Session.NO_END);
        restart(session);
    }

    private void restart(final Session session)
    {
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
