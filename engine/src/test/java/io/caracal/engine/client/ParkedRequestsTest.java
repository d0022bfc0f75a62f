/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests requests in flight when the leader fails. In each test, something could be lost, duplicated or mixed up. */
class ParkedRequestsTest extends DeskTest
{
    private static String write(final long sequence, final int identities)
    {
        return "write " + sequence + " /a identities " + identities + " attach 0 bytes " + Frames.WRITE_LENGTH;
    }

    @Test
    void shouldSendAgainWhatTheHistoryDoesNotHold()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.setData(2, "/a"));
        assertEquals(List.of(write(2, 1), write(3, 1)), server.role.asked());

        server.loseLeader();
        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));
        server.establish();
        assertEquals(List.of(write(3, 1)), server.role.asked());
        server.applyOwn(3, client, TestDesk.set("/a", "x", 2));

        assertEquals(List.of("reply 1 zxid 3 error 0", "reply 2 zxid 4 error 0"), client.replies());
    }

    @Test
    void shouldTellRequestsApartThoughTheClientUsesAnXidTwice()
    {
        final TestDesk.Client first = server.client();
        first.send(Frames.setData(5, "/a"));
        server.applyOwn(2, first, TestDesk.set("/a", "x", 1));
        final TestDesk.Client second = server.resuming(first.sessionId);
        second.send(Frames.setData(5, "/a"));
        second.frames();
        server.role.asked();

        server.loseLeader();
        assertEquals(List.of(), second.replies());
        server.establish();
        assertEquals(List.of(write(3, 1)), server.role.asked());
    }

    @Test
    void shouldDecideAnewUnderEachLeader()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        server.loseLeader();
        server.establish();
        assertEquals(List.of(write(2, 1)), server.role.asked());

        server.loseLeader();
        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));
        server.establish();

        assertEquals(List.of(), server.role.asked());
        assertEquals(List.of("reply 1 zxid 3 error 0"), client.replies());
    }

    @Test
    void shouldSendAgainInAnotherConversationWithTheSameLeader()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        server.role.asked();
        server.desk.role(server.role);
        client.send(Frames.setData(2, "/a"));
        assertEquals(List.of(), server.role.asked(), "a new request overtakes a parked one");

        server.establish();
        assertEquals(List.of(write(2, 1), write(3, 1)), server.role.asked());
    }

    @Test
    void shouldSendAgainWithTheIdentitiesThatThereWereAtArrival()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.digest("some:one"));
        client.send(Frames.setData(2, "/a"));
        server.role.asked();

        server.loseLeader();
        server.establish();
        assertEquals(List.of(write(2, 1), write(3, 2)), server.role.asked());
    }

    @Test
    void shouldKeepOrderWhenTheRoleRefusesInTheMiddle()
    {
        final TestDesk.Client one = server.client();
        final TestDesk.Client two = server.client();
        one.send(Frames.setData(1, "/a"));
        two.send(Frames.setData(1, "/a"));
        one.send(Frames.setData(2, "/a"));
        server.loseLeader();
        server.role.isServing = true;
        server.role.room = 2;

        assertTrue(server.desk.resend(server.role) > 0);
        two.send(Frames.setData(2, "/a"));
        assertEquals(List.of(write(3, 1), write(4, 1)), server.role.asked());
        server.role.room = Integer.MAX_VALUE;
        server.establish();
        assertEquals(List.of(write(5, 1), write(6, 1)), server.role.asked());
    }

    /** Retrying without a pause would keep a core busy that the leader may need for its own work. */
    @Test
    void shouldRestUntilTheRoleMayTakeMore()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.setData(2, "/a"));
        client.send(Frames.sync(3, "/a"));
        server.loseLeader();
        assertFalse(server.desk.awaitsRole(), "nobody is there who could take them");
        server.role.room = 1;

        assertEquals(1, server.desk.resend(server.role));
        assertEquals(0, server.desk.resend(server.role), "nothing was sent");
        assertTrue(server.desk.awaitsRole());
        server.role.room = 1;
        assertEquals(1, server.desk.resend(server.role));
        assertTrue(server.desk.awaitsRole());
        server.desk.role(server.role);
        assertFalse(server.desk.awaitsRole(), "it begins anew");
        server.role.room = 3;
        assertEquals(3, server.desk.resend(server.role));
        assertFalse(server.desk.awaitsRole());
    }

    @Test
    void shouldNeverSendAgainWhatCameByAConnectionThatIsGone()
    {
        final TestDesk.Client gone = server.client();
        final TestDesk.Client here = server.client();
        gone.send(Frames.setData(1, "/a"));
        here.send(Frames.setData(1, "/a"));
        server.role.asked();
        server.loseLeader();
        gone.vanish();
        server.establish();

        assertEquals(List.of(write(4, 1)), server.role.asked());
        server.applyOwn(4, here, TestDesk.set("/a", "x", 1));
        assertEquals(List.of("reply 1 zxid 4 error 0"), here.replies());
    }

    @Test
    void shouldCompleteInTheHistoryWhatCameByAConnectionThatIsGone()
    {
        final TestDesk.Client gone = server.client();
        gone.send(Frames.setData(1, "/a"));
        server.role.asked();
        gone.vanish();
        server.loseLeader();
        server.applyOwn(2, gone, TestDesk.set("/a", "x", 1));
        server.establish();

        assertEquals(List.of(), server.role.asked());
        assertEquals(0, server.desk.report().outstanding());
    }

    @Test
    void shouldDropRequestsOfAnOlderConnectionToTheSameServer()
    {
        final TestDesk.Client old = server.client();
        old.send(Frames.setData(1, "/a"));
        server.role.asked();
        final TestDesk.Client again = server.resuming(old.sessionId);
        assertTrue(old.isClosed());
        assertEquals(List.of(), server.role.asked(), "the session did not leave this server");
        again.send(Frames.setData(1, "/a"));
        server.role.asked();

        server.loseLeader();
        server.establish();
        assertEquals(List.of(write(3, 1)), server.role.asked());
    }

    @Test
    void shouldSendHandshakesAgain()
    {
        final long elsewhere = server.sessionElsewhere();
        final TestDesk.Client moving = server.resuming(elsewhere);
        final TestDesk.Client fresh = server.resuming(0);
        server.role.asked();

        server.loseLeader();
        server.establish();
        assertEquals(List.of("move 1 session " + elsewhere, "create 2 timeout 6000"), server.role.asked());
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 1, elsewhere, txn -> txn.moveSession(1));
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 2, 777, txn -> txn.createSession(6000));

        assertEquals(elsewhere, Frames.sessionId(moving.frames().get(0)));
        assertEquals(777, Frames.sessionId(fresh.frames().get(0)));
    }

    @Test
    void shouldRefuseAHandshakeWhoseSessionEndedMeanwhile()
    {
        final long elsewhere = server.sessionElsewhere();
        final TestDesk.Client moving = server.resuming(elsewhere);
        server.role.asked();
        server.loseLeader();
        server.apply(TestDesk.OTHER_SERVER, 1, server.nextElsewhere(), elsewhere, txn -> txn.closeSession(true));
        server.establish();

        assertEquals(List.of(), server.role.asked());
        assertEquals(0, Frames.sessionId(moving.frames().get(0)));
        assertTrue(moving.isClosed());
    }

    @Test
    void shouldAnswerAParkedEndOfASessionThatExpired()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.bare(1, OpCode.CLOSE_SESSION));
        server.loseLeader();
        server.apply(TestDesk.OTHER_SERVER, 1, 0, client.sessionId, txn -> txn.closeSession(true));
        server.establish();

        assertEquals(List.of("reply 1 zxid 3 error 0"), client.replies());
        assertTrue(client.isClosed());
        assertEquals(List.of(), server.role.asked());
    }

    @Test
    void shouldCloseWithoutAnAnswerWhenASessionEndsUnderItsWrites()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.bare(2, OpCode.CLOSE_SESSION));
        server.loseLeader();
        server.apply(TestDesk.OTHER_SERVER, 1, 0, client.sessionId, txn -> txn.closeSession(true));
        server.establish();

        assertEquals(List.of(), client.replies());
        assertTrue(client.isClosed());
        assertEquals(List.of(), server.role.asked());
    }

    @Test
    void shouldSendNothingAgainOnceTheTreeIsReplaced()
    {
        final TestDesk.Client client = server.client();
        final TestDesk.Client fresh = server.resuming(0);
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.sync(2, "/a"));
        server.role.asked();
        server.loseLeader();
        server.desk.disconnectAll();
        assertTrue(client.isClosed());
        assertTrue(fresh.isClosed());

        server.applyOwn(3, client, TestDesk.set("/a", "x", 1));
        server.establish();
        assertEquals(List.of(), server.role.asked());
        assertEquals(0, server.desk.report().outstanding());
        assertEquals(0, server.desk.report().connectionCount());
    }

    @Test
    void shouldCloseWhoseFailureWasLostWithTheLeader()
    {
        final TestDesk.Client failed = server.client();
        final TestDesk.Client lucky = server.client();
        failed.send(Frames.setData(1, "/a"));
        lucky.send(Frames.setData(1, "/a"));
        server.role.asked();
        server.loseLeader();
        server.applyOwn(4, lucky, TestDesk.set("/a", "x", 1));
        server.establish();

        assertEquals(List.of(), server.role.asked(), "sequences of an origin only rise, so the older one is lost");
        assertEquals(List.of(), failed.replies());
        assertTrue(failed.isClosed());
        assertEquals(List.of("reply 1 zxid 4 error 0"), lucky.replies());
    }

    @Test
    void shouldStopWhenARequestIsPassedOverWithinARole()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.setData(2, "/a"));

        assertThrows(BrokenInvariantException.class, () -> server.applyOwn(3, client, TestDesk.set("/a", "x", 1)));
    }

    @Test
    void shouldTakeNoTransactionOfAnotherServerForItsOwn()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        server.apply(TestDesk.OTHER_SERVER, TestDesk.INCARNATION, 2, client.sessionId, TestDesk.set("/a", "x", 1));
        assertEquals(List.of(), client.replies());

        server.applyOwn(2, client, TestDesk.set("/a", "y", 2));
        assertEquals(1, client.replies().size());
    }

    @Test
    void shouldTakeNoTransactionForItsOwnBeforeItHasAnIncarnation()
    {
        server.close();
        server = new TestDesk(memory.ledger());
        server.desk.incarnation(0);
        server.apply(TestDesk.SERVER, 4, 17, 9, txn -> txn.createSession(4000));
        server.desk.incarnation(TestDesk.INCARNATION);
        server.apply(TestDesk.SERVER, 4, 18, 10, txn -> txn.createSession(4000));

        assertEquals(2, server.zxid());
    }

    @Test
    void shouldAnswerAFailureInItsTurn()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.setData(2, "/a"));
        client.send(Frames.read(3, "/a", false));
        server.failed(3, ErrorCode.SYSTEM_ERROR);
        assertEquals(List.of(), client.replies());
        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));

        assertEquals(List.of("reply 1 zxid 3 error 0", "reply 2 zxid 3 error -1", "reply 3 zxid 3 error 0"),
            client.replies());
    }

    @Test
    void shouldCloseAHandshakeThatFailsButForAnEndedSession()
    {
        final TestDesk.Client full = server.resuming(0);
        final TestDesk.Client ended = server.resuming(server.sessionElsewhere());
        server.failed(1, ErrorCode.SYSTEM_ERROR);
        server.failed(2, ErrorCode.SESSION_EXPIRED);

        assertEquals(List.of(), full.frames(), "a client that is refused takes its session as expired");
        assertTrue(full.isClosed());
        assertEquals(0, Frames.sessionId(ended.frames().get(0)));
        assertTrue(ended.isClosed());
    }

    @Test
    void shouldTakeTheEndOfAnUnknownSessionAsDone()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.bare(1, OpCode.CLOSE_SESSION));
        server.failed(2, ErrorCode.SESSION_EXPIRED);

        assertEquals(List.of("reply 1 zxid 2 error 0"), client.replies());
        assertTrue(client.isClosed());
    }

    @Test
    void shouldKeepNoMoreThanTheLimitOnRequestsSays()
    {
        final List<TestDesk.Client> clients = new ArrayList<>();
        for (int i = 0; i < TestDesk.OUTSTANDING_MAX + 3; i++)
        {
            clients.add(server.client());
        }
        clients.forEach(client -> client.send(Frames.setData(1, "/a")));
        assertEquals(TestDesk.OUTSTANDING_MAX, server.desk.report().outstanding());
    }

    @Test
    void shouldCopyNothingForAServerThatIsAlone()
    {
        server.role = new ScriptedRole();
        server.role.keepsRequests = false;
        server.desk.role(server.role);
        final TestDesk.Client client = server.client();
        final long before = memory.ledger().totalBytes();
        client.send(Frames.setData(1, "/a"));

        assertFalse(server.role.asked().isEmpty());
        assertEquals(before, memory.ledger().totalBytes());
    }
}
