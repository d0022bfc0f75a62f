/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.Ensemble;
import java.util.ArrayDeque;

/**
 * Sessions of other servers whose deadline has passed as far as the leader knows. News that their clients were heard
 * may still be under way from those servers. So such a session is only suspected of being over, until its server has
 * answered a heartbeat that was sent after the deadline without naming the session, or until that server can no longer
 * answer clients. There is one queue for each server, oldest suspect first. A session that is heard of after all stays
 * in its queue and is skipped when its turn comes. So is one that has moved to another server meanwhile, because only
 * the server that holds it now can tell.
 */
final class SuspectSessions
{
    private final Ensemble members;
    private final ArrayDeque<Session>[] lines;
    private final Witnesses witnesses;

    /** What is known of the servers that hold sessions and can tell whether clients were heard. */
    interface Witnesses
    {
        /**
         * Whether a server has answered a heartbeat round, so that everything is known that it had heard of its clients
         * by then. Also true for a server that cannot answer clients.
         */
        boolean isHeardOut(long server, long round);

        /** The number of the next heartbeat round, which has not been sent yet. */
        long nextRound();
    }

    SuspectSessions(final Ensemble members, final Witnesses witnesses)
    {
        this.members = members;
        this.witnesses = witnesses;
        lines = lines(members.size());
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static ArrayDeque<Session>[] lines(final int count)
    {
        final ArrayDeque<Session>[] lines = new ArrayDeque[count];
        for (int i = 0; i < count; i++)
        {
            lines[i] = new ArrayDeque<>();
        }

        return lines;
    }

    /**
     * Suspects a session that is overdue. Returns false when its server is no longer a member, so that none can tell
     * whether its client was heard.
     */
    boolean add(final Session session)
    {
        for (int i = 0; i < lines.length; i++)
        {
            if (members.serverId(i) == session.preparedOwner())
            {
                session.suspectRound(witnesses.nextRound());
                lines[i].addLast(session);
                return true;
            }
        }

        return false;
    }

    /**
     * Clears a session of suspicion, because its client was heard or it has ended otherwise. Returns whether it was
     * suspected.
     */
    static boolean acquit(final Session session)
    {
        final boolean wasSuspect = session.suspectRound() != 0;
        session.suspectRound(0);

        return wasSuspect;
    }

    /**
     * Removes and returns a session whose server has had its say without naming it, so that it can be judged now; null
     * when there is none.
     */
    Session poll()
    {
        for (int i = 0; i < lines.length; i++)
        {
            final long server = members.serverId(i);
            final ArrayDeque<Session> line = lines[i];
            while (!line.isEmpty() && !isSuspectOf(line.peekFirst(), server))
            {
                line.pollFirst();
            }
            if (!line.isEmpty() && witnesses.isHeardOut(server, line.peekFirst().suspectRound()))
            {
                final Session suspect = line.pollFirst();
                acquit(suspect);
                return suspect;
            }
        }

        return null;
    }

    private static boolean isSuspectOf(final Session session, final long server)
    {
        return session.suspectRound() != 0 && session.preparedOwner() == server;
    }
}
