/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import org.junit.jupiter.api.Test;

class SessionMovesTest
{
    private static final long HERE = 1;
    private static final long THERE = 2;

    private final SessionTable sessions = new SessionTable();
    private final Session session = sessions.add(7, 4000, HERE, 0);
    private final SessionMoves moves = new SessionMoves(sessions);

    @Test
    void shouldTakeWhatComesFromWhereTheSessionIs()
    {
        assertFalse(moves.hasLeft(session, HERE, 0));
        assertTrue(moves.hasLeft(session, THERE, 0));
    }

    @Test
    void shouldRefuseAParkedWriteOnceTheMoveIsPrepared()
    {
        assertEquals(1, moves.prepare(session, THERE));

        assertTrue(moves.hasLeft(session, HERE, 0));
        assertFalse(moves.hasLeft(session, THERE, 1));
        sessions.move(session, THERE, 1);
        assertTrue(moves.hasLeft(session, HERE, 0));
        assertFalse(moves.hasLeft(session, THERE, 1));
    }

    @Test
    void shouldRefuseAWriteFromBeforeASessionWentAndCameBack()
    {
        moves.prepare(session, THERE);
        moves.prepare(session, HERE);

        assertTrue(moves.hasLeft(session, HERE, 0));
        assertTrue(moves.hasLeft(session, THERE, 1));
        assertFalse(moves.hasLeft(session, HERE, 2));
    }

    @Test
    void shouldNumberMovesThatAreOnTheirWayTogether()
    {
        assertEquals(1, moves.prepare(session, THERE));
        assertEquals(2, moves.prepare(session, 3));
        sessions.move(session, THERE, 1);
        assertEquals(3, moves.prepare(session, HERE));
    }

    @Test
    void shouldGoOnAsBeforeWhenAMoveCannotBeProposed()
    {
        moves.prepare(session, THERE);
        moves.prepare(session, 3);
        moves.rollback(session);

        assertFalse(moves.hasLeft(session, THERE, 1));
        assertEquals(2, moves.prepare(session, HERE));
    }

    @Test
    void shouldBeginALeadershipWithWhatIsApplied()
    {
        moves.prepare(session, THERE);
        session.closing();
        final SessionMoves next = new SessionMoves(sessions);

        assertFalse(next.hasLeft(session, HERE, 0));
        assertFalse(session.isClosing(), "an end that was never proposed would keep its client away for ever");
        assertEquals(1, next.prepare(session, THERE));
    }
}
