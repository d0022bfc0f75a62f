/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.Ensemble;
import java.util.ArrayDeque;

/**
 * Sessions of other servers whose time is over. What those servers have heard of a client may be under way, so none is
 * judged before its server answered a heartbeat that was sent after the deadline without naming it, or cannot answer
 * clients at all. One line for each server, oldest first; a session that is heard of after all is passed over when its
 * turn comes.
 */
final class SuspectSessions
{
    private final Ensemble members;
    private final ArrayDeque<Session>[] lines;
    private final Witnesses witnesses;

    /** Servers that hold sessions. */
    interface Witnesses
    {
        /** Whether all is known that a server, if it can answer clients, had to say of them in a heartbeat round. */
        boolean isHeardOut(long server, long round);

        /** The next heartbeat round. */
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

    /** A session is overdue; false when its server is no member any more, so that nobody can speak for it. */
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

    /** The client of a suspect was heard, or the session ended otherwise. Returns whether it was one. */
    static boolean acquit(final Session session)
    {
        final boolean wasSuspect = session.suspectRound() != 0;
        session.suspectRound(0);

        return wasSuspect;
    }

    /** A session whose server was heard out, no suspect any more and to be judged; null when there is none. */
    Session poll()
    {
        for (int i = 0; i < lines.length; i++)
        {
            final ArrayDeque<Session> line = lines[i];
            while (!line.isEmpty() && line.peekFirst().suspectRound() == 0)
            {
                line.pollFirst();
            }
            if (!line.isEmpty() && witnesses.isHeardOut(members.serverId(i), line.peekFirst().suspectRound()))
            {
                final Session suspect = line.pollFirst();
                acquit(suspect);
                return suspect;
            }
        }

        return null;
    }
}
