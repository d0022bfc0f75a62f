/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests sessions that move between servers. What a client sent before it moved must not count afterwards. */
class MovedSessionTest extends DeskTest
{
    private void moveAway(final TestDesk.Client client, final long number)
    {
        server.apply(TestDesk.OTHER_SERVER, 1, server.nextElsewhere(), client.sessionId,
            txn -> txn.moveSession(number));
    }

    @Test
    void shouldNotOverwriteLaterWhatTheClientWroteElsewhere()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        server.role.asked();
        server.loseLeader();
        moveAway(client, 1);
        assertTrue(client.isClosed());
        server.establish();

        assertEquals(List.of(), server.role.asked());
        assertEquals(List.of(), client.replies());
    }

    @Test
    void shouldCloseAConnectionWhoseSessionLeaves()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        moveAway(client, 1);
        assertTrue(client.isClosed());
        server.failed(2, WriteIntake.MOVED);

        assertEquals(List.of(), client.replies());
        assertEquals(0, server.desk.report().outstanding());
    }

    @Test
    void shouldCloseWithoutAnAnswerWhomTheLeaderFindsMoved()
    {
        final TestDesk.Client told = server.client();
        told.send(Frames.setData(1, "/a"));
        told.send(Frames.read(2, "/a", false));
        server.failed(2, WriteIntake.MOVED);
        assertTrue(told.isClosed());
        assertEquals(List.of(), told.replies());

        final TestDesk.Client asking = server.client();
        server.role.result = WriteIntake.MOVED;
        asking.send(Frames.setData(1, "/a"));
        assertTrue(asking.isClosed());
        assertEquals(List.of(), asking.replies());
    }

    @Test
    void shouldAnswerAReconnectOnlyWhenTheMoveIsApplied()
    {
        final long elsewhere = server.sessionElsewhere();
        final TestDesk.Client client = server.resuming(elsewhere);
        assertEquals(List.of("move 1 session " + elsewhere), server.role.asked());
        assertEquals(List.of(), client.frames());
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 1, elsewhere, txn -> txn.moveSession(7));

        final byte[] answer = client.frames().get(0);
        assertEquals(elsewhere, Frames.sessionId(answer));
        assertEquals(6000, Frames.timeoutMs(answer));
        assertEquals(List.of(elsewhere), server.role.touched());
        assertEquals(6000, server.replica.sessions().find(elsewhere).touchTimeoutMs());
        client.send(Frames.setData(1, "/a"));
        assertTrue(server.role.asked().get(0).contains("attach 7"));
    }

    /** The move could be applied before the sync is settled that was asked for while the session was unknown. */
    @Test
    void shouldMoveASessionThatBecomesKnownOnlyWhenItsSyncIsSettled()
    {
        final long late = 700;
        final TestDesk.Client other = server.client();
        other.send(Frames.setData(1, "/a"));
        server.role.asked();
        final TestDesk.Client client = server.resuming(late);
        assertEquals(List.of("sync 1"), server.role.asked());
        server.apply(TestDesk.OTHER_SERVER, 1, server.nextElsewhere(), late, txn -> txn.createSession(6000));
        server.applyOwn(2, other, TestDesk.set("/a", "x", 1));
        server.cycle();
        assertEquals(List.of(), server.role.asked());

        server.synced(1, server.zxid());
        server.cycle();
        assertEquals(List.of("move 3 session " + late), server.role.asked());
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 3, late, txn -> txn.moveSession(1));
        assertEquals(late, Frames.sessionId(client.frames().get(0)));
    }

    @Test
    void shouldMoveASessionOfAnotherServerEvenIfThisOneIsAlone()
    {
        server.role.keepsRequests = false;
        final long elsewhere = server.sessionElsewhere();
        final TestDesk.Client client = server.resuming(elsewhere);

        assertEquals(List.of("move 1 session " + elsewhere), server.role.asked());
        assertEquals(List.of(), client.frames());
    }

    /** The end is only proposed and may never be committed. */
    @Test
    void shouldMoveASessionThatIsEnding()
    {
        final TestDesk.Client before = server.client();
        server.role.asked();
        server.replica.sessions().find(before.sessionId).closing();
        final TestDesk.Client after = server.resuming(before.sessionId);

        assertEquals(List.of("move 2 session " + before.sessionId), server.role.asked());
        assertEquals(List.of(), after.frames());
        assertFalse(before.isClosed());
    }

    @Test
    void shouldLeaveASessionAloneForWhichAWrongPasswordIsShown()
    {
        final TestDesk.Client client = server.client();
        final TestDesk.Client stranger = server.resuming(client.sessionId, new byte[16]);

        assertEquals(0, Frames.sessionId(stranger.frames().get(0)));
        assertTrue(stranger.isClosed());
        client.send(Frames.read(1, "/a", false));
        assertEquals(1, client.replies().size());
    }

    @Test
    void shouldTakeASessionBackUnderTheNumberOfItsLastMove()
    {
        final TestDesk.Client before = server.client();
        before.send(Frames.setData(1, "/a"));
        moveAway(before, 1);
        server.failed(2, WriteIntake.MOVED);
        final TestDesk.Client after = server.resuming(before.sessionId);
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 3, before.sessionId, txn -> txn.moveSession(2));
        server.role.asked();
        after.send(Frames.setData(1, "/a"));

        assertTrue(server.role.asked().get(0).contains("attach 2"));
        assertFalse(after.isClosed());
    }

    @Test
    void shouldCloseAnOlderConnectionWhenTheNewerOneIsGoneAlready()
    {
        final long elsewhere = server.sessionElsewhere();
        final TestDesk.Client older = server.resuming(elsewhere);
        final TestDesk.Client newer = server.resuming(elsewhere);
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 1, elsewhere, txn -> txn.moveSession(1));
        assertFalse(older.isClosed());
        newer.vanish();
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 2, elsewhere, txn -> txn.moveSession(2));

        assertTrue(older.isClosed(), "its writes would be refused, as they bear an older number");
    }

    @Test
    void shouldHandTheSessionToTheNewerOfTwoConnections()
    {
        final long elsewhere = server.sessionElsewhere();
        final TestDesk.Client older = server.resuming(elsewhere);
        final TestDesk.Client newer = server.resuming(elsewhere);
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 1, elsewhere, txn -> txn.moveSession(1));
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 2, elsewhere, txn -> txn.moveSession(2));

        assertTrue(older.isClosed());
        assertFalse(newer.isClosed());
        assertEquals(elsewhere, Frames.sessionId(newer.frames().get(0)));
    }

    /** People look up a session in the log by its id. */
    @Test
    void shouldRecordAWriteUnderItsSessionThoughItsClientCameBackByAnotherConnection()
    {
        final TestDesk.Client before = server.client();
        server.wantsRecords = true;
        before.send(Frames.setData(1, "/a"));
        server.resuming(before.sessionId);
        assertTrue(before.isClosed());
        server.applyOwn(2, before, TestDesk.set("/a", "x", 1));

        assertEquals(List.of(before.sessionId), server.recordedSessions);
    }
}
