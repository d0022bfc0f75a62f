/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTableTest
{
    private final SessionTable table = new SessionTable();

    private void add(final long... ids)
    {
        for (final long id : ids)
        {
            table.add(id, 5000, 1, 0);
        }
    }

    /** Returns the ids in the order of the table. */
    private List<Long> ids()
    {
        final List<Long> ids = new ArrayList<>();
        for (Session session = table.first(); session != null; session = session.nextInTable())
        {
            ids.add(session.id());
        }
        return ids;
    }

    @Test
    void shouldKeepTheOrderOfTheirComingWhicheverGo()
    {
        add(9, 2, 7, 4, 5);
        table.remove(7);
        table.remove(9);
        table.remove(5);
        table.remove(99);
        add(1);

        assertEquals(List.of(2L, 4L, 1L), ids());
        assertEquals(3, table.size());
        assertNull(table.find(7));
        table.remove(4);
        table.remove(2);
        table.remove(1);
        assertEquals(List.of(), ids());
        add(3);
        assertEquals(List.of(3L), ids());
    }

    /** What this process knows of a client belongs to the session for as long as that has not moved. */
    @Test
    void shouldStillKnowItsClientsWhenAnotherStateIsLoaded()
    {
        add(1, 2, 3);
        for (final long id : new long[]{ 1, 2 })
        {
            table.find(id).held(true);
            table.find(id).touchTimeoutMs(9000);
            table.find(id).heardNs(70);
        }
        table.beginLoading();
        assertEquals(List.of(), ids());
        table.load(1, 5000, 1, 0);
        table.beginLoading();
        table.load(1, 5000, 1, 0);
        table.load(2, 5000, 1, 1);
        table.onLoaded();

        assertTrue(table.find(1).isHeld());
        assertEquals(9000, table.find(1).touchTimeoutMs());
        assertEquals(5000, table.find(1).timeoutMs());
        assertEquals(30, table.find(1).silentNs(100));
        assertFalse(table.find(2).isHeld());
        assertEquals(5000, table.find(2).touchTimeoutMs());
    }

    @Test
    void shouldKnowNothingOfClientsWhoseSessionsAreOver()
    {
        add(1, 2);
        table.find(1).held(true);
        table.find(2).held(true);
        table.clear();
        assertFalse(table.load(1, 5000, 1, 0).isHeld());
        table.beginLoading();
        table.onLoaded();
        assertFalse(table.load(2, 5000, 1, 0).isHeld());
    }

    @Test
    void shouldListIdsInOneOrderOnEveryServer()
    {
        add(0x0300_0001_0000_0002L, 0x0100_0002_0000_0009L, 0x0200_0001_0000_0001L, 5, 0x0100_0002_0000_0001L);

        assertArrayEquals(new long[]{ 5, 0x0100_0002_0000_0001L, 0x0100_0002_0000_0009L, 0x0200_0001_0000_0001L,
            0x0300_0001_0000_0002L }, table.sortedIds());
    }

    @Test
    void shouldTellOfEachChangeBeforeItIsMade()
    {
        add(1, 2);
        final List<String> changes = new ArrayList<>();
        table.changes(new SessionChangeHandler()
        {
            @Override
            public void onAdded(final Session session)
            {
                changes.add("added " + session.id());
            }

            @Override
            public void onChanging(final Session session)
            {
                changes.add("changing " + session.id() + " of server " + session.ownerServer());
            }

            @Override
            public void onRemoving(final Session session)
            {
                changes.add("removing " + session.id() + " of " + ids());
            }
        });
        add(3);
        table.move(table.find(1), 2, 1);
        table.remove(2);

        assertEquals(List.of("added 3", "changing 1 of server 1", "removing 2 of [1, 2, 3]"), changes);
        assertEquals(2, table.find(1).ownerServer());
        assertEquals(1, table.find(1).attachNumber());
    }

    @Test
    void shouldForgetWhatIsPreparedAndNotApplied()
    {
        add(1, 2);
        table.find(1).closing();
        table.find(2).prepared(3, 1);
        table.forgetPrepared();

        assertFalse(table.find(1).isClosing());
        assertFalse(table.find(2).isMoving());
        assertEquals(1, table.find(2).preparedOwner());
    }

    /** A leader that comes back must neither end a session at once nor spare it by what an earlier lead has left. */
    @Test
    void shouldForgetWhatALeaderKnewOfTheClient()
    {
        add(1, 2);
        final Session session = table.find(1);
        final SessionExpiry expiry = new SessionExpiry(1000, 0);
        expiry.add(session, 0);
        expiry.add(table.find(2), 0);
        session.heardIn(4);
        session.givenZxid(5);
        session.suspectRound(6);
        session.endNs(7);
        table.forgetPrepared();

        assertEquals(0, session.heardIn());
        assertEquals(0, session.givenZxid());
        assertEquals(0, session.suspectRound());
        assertEquals(Session.NO_END, session.endNs());
        for (final long id : ids())
        {
            assertEquals(SessionExpiry.NOT_SCHEDULED, table.find(id).expiryTick);
            assertNull(table.find(id).next);
            assertNull(table.find(id).previous);
        }
    }

    @Test
    void shouldForgetAllForAnotherState()
    {
        add(1, 2);
        table.clear();

        assertEquals(0, table.size());
        assertEquals(List.of(), ids());
        add(2);
        assertEquals(List.of(2L), ids());
    }
}
