/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.zab.Ensemble;
import org.junit.jupiter.api.Test;

class SuspectSessionsTest implements SuspectSessions.Witnesses
{
    private static final int HERE = 1;
    private static final int THERE = 2;

    private final SessionTable table = new SessionTable();
    private final SuspectSessions suspects = new SuspectSessions(new Ensemble(new long[]{ HERE, THERE }, new long[0]),
        this);
    private final long[] answeredRounds = new long[THERE + 1];
    private long round = 1;

    @Override
    public boolean isHeardOut(final long server, final long ofRound)
    {
        return answeredRounds[(int)server] >= ofRound;
    }

    @Override
    public long nextRound()
    {
        return round;
    }

    private Session suspect(final long id)
    {
        final Session session = table.add(id, 4000, HERE, 0);
        assertTrue(suspects.add(session));

        return session;
    }

    @Test
    void shouldWaitForAnAnswerToALaterHeartbeat()
    {
        round = 5;
        final Session session = suspect(1);
        answeredRounds[HERE] = 4;
        assertNull(suspects.poll());
        answeredRounds[HERE] = 5;
        assertSame(session, suspects.poll());
        assertEquals(0, session.suspectRound());
        assertNull(suspects.poll());
    }

    @Test
    void shouldPassOverASessionThatWasHeardAfterAll()
    {
        final Session heard = suspect(1);
        final Session silent = suspect(2);
        SuspectSessions.acquit(heard);
        answeredRounds[HERE] = 1;
        assertSame(silent, suspects.poll());
        assertNull(suspects.poll());
    }

    /** A session that has moved still stands in the line of the server that it left, behind one that waits there. */
    @Test
    void shouldAskTheServerThatASessionHasMovedTo()
    {
        final Session first = suspect(1);
        final Session moved = suspect(2);
        SuspectSessions.acquit(moved);
        moved.prepared(THERE, 1);
        table.move(moved, THERE, 1);
        round = 7;
        assertTrue(suspects.add(moved));

        answeredRounds[HERE] = 7;
        assertSame(first, suspects.poll());
        assertNull(suspects.poll(), "the server that holds it has not answered");
        answeredRounds[THERE] = 7;
        assertSame(moved, suspects.poll());
        assertNull(suspects.poll());
    }
}
