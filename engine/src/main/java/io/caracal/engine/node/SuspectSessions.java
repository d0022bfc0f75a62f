/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.Ensemble;
import java.util.ArrayDeque;

/**
 * Sessions of other servers whose time is over. What those servers have heard of a client may be under way, so a
 * session ends only when a heartbeat that was sent after its deadline was answered without naming it, and when for a
 * full time-out its server could not answer a client without telling. One line for each server, oldest first; who is
 * heard of after all is passed over when his turn comes.
 */
final class SuspectSessions
{
    private static final long NS_PER_MS = 1_000_000L;

    private final Ensemble members;
    private final ArrayDeque<Session>[] lines;
    private final LearnerWatch learners;

    /** What a leader knows of the servers that hold sessions. */
    interface LearnerWatch
    {
        /** Whether a server, if it is there, has answered a heartbeat round, and has hidden no answer for so long. */
        boolean isSettled(long server, long round, long silentNs);

        /** The next heartbeat round. */
        long nextRound();
    }

    SuspectSessions(final Ensemble members, final LearnerWatch learners)
    {
        this.members = members;
        this.learners = learners;
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
                session.suspectRound(learners.nextRound());
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

    /** A session that has surely ended, no suspect any more; null when there is none. */
    Session pollEnded()
    {
        for (int i = 0; i < lines.length; i++)
        {
            final ArrayDeque<Session> line = lines[i];
            while (!line.isEmpty() && line.peekFirst().suspectRound() == 0)
            {
                line.pollFirst();
            }
            if (!line.isEmpty() && isSettled(members.serverId(i), line.peekFirst()))
            {
                final Session ended = line.pollFirst();
                acquit(ended);
                return ended;
            }
        }

        return null;
    }

    private boolean isSettled(final long server, final Session session)
    {
        return learners.isSettled(server, session.suspectRound(), session.touchTimeoutMs() * NS_PER_MS);
    }
}
