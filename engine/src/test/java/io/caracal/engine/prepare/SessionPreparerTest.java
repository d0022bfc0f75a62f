/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.protocol.CreateMode;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.RequestSamples;
import io.caracal.engine.session.Session;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
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

    /** They are created, deleted, created again by the other session and refused again, all under way. */
    @Test
    void shouldTakeAwayThoseUnderWayThatWillBelongToTheSession()
    {
        for (int i = 0; i < 6; i++)
        {
            createEphemeral(i % 2 == 0 ? session : other, "/p/" + i);
            propose();
        }
        assertEquals(ErrorCode.OK, delete(other, "/p/2"));
        propose();
        createEphemeral(other, "/p/2");
        propose();
        assertEquals(ErrorCode.OK, delete(other, "/p/3"));
        propose();
        createEphemeral(session, "/p/3");
        assertEquals(ErrorCode.OK, delete(other, "/p/0"));
        changes.rollback();

        assertEquals(7, children());
        end();
        assertEquals(7 - 3, children(), "/p/e, /p/0 and /p/4 go");
        begin(other);
        preparer.prepareClose(other, false);
        propose();
        assertEquals(1, children());
    }

    private void createEphemeral(final Session of, final String path)
    {
        assertEquals(ErrorCode.OK, prepare(of, OpCode.CREATE, writer -> RequestSamples.openAcl(RequestSamples.text(
            RequestSamples.text(writer, path), "")).writeInt(CreateMode.EPHEMERAL)));
    }

    private int children()
    {
        final ZnodeState state = new ZnodeState();
        changes.lookup(new UnsafeBuffer("/p".getBytes(StandardCharsets.US_ASCII)), 0, 2, state);

        return state.childCount;
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
