/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests how many children a znode has for later requests while the end of a session is under way. If it had too few for
 * them, it would be deleted together with the children that it has.
 */
class SessionPreparerTest extends PreparerFixture
{
    private Session other;

    @BeforeEach
    void create()
    {
        other = sessions.add(SESSION + 1, 4000, 1, 0);
        tree.create("/p", "");
        tree.create("/p/e", "", SESSION);
        tree.create("/p/stays", "");
    }

    private void end()
    {
        begin(session);
        preparer.prepareClose(session, false);
        propose();
    }

    private void assertOneChildIsLeft()
    {
        assertEquals(ErrorCode.NOT_EMPTY, delete(other, "/p"));
        assertEquals(ErrorCode.OK, delete(other, "/p/stays"));
        propose();
        assertEquals(ErrorCode.OK, delete(other, "/p"));
    }

    @Test
    void shouldTakeEphemeralsAway()
    {
        end();
        assertEquals(ErrorCode.NO_NODE, delete(other, "/p/e"));
        assertOneChildIsLeft();
    }

    @Test
    void shouldTakeAnEphemeralAwayOnceThatIsBeingChanged()
    {
        assertEquals(ErrorCode.OK, set(other, "/p/e", ANY_VERSION));
        propose();
        end();
        assertOneChildIsLeft();
    }

    @Test
    void shouldNotTakeAnEphemeralAwayThatIsBeingDeleted()
    {
        assertEquals(ErrorCode.OK, delete(other, "/p/e"));
        propose();
        end();
        assertOneChildIsLeft();
    }

    @Test
    void shouldTakeEphemeralsAwayOnceThoughTheEndIsPreparedTwice()
    {
        end();
        end();
        assertOneChildIsLeft();
    }

    @Test
    void shouldLeaveEphemeralsWhenTheEndCannotBeProposed()
    {
        begin(session);
        preparer.prepareClose(session, true);
        changes.rollback();
        session.notClosing();

        assertEquals(ErrorCode.OK, set(other, "/p/e", ANY_VERSION));
        propose();
        end();
        assertOneChildIsLeft();
    }
}
