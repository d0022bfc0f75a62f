/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.OpCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While no leader is established, clients hear nothing new, but everything that is committed, in order. */
class SilenceTest extends DeskTest
{
    @Test
    void shouldNotLetAClientHoldALockThatExpiredElsewhere()
    {
        final TestDesk.Client client = server.client();
        server.loseLeader();
        client.send(Frames.bare(-2, OpCode.PING));
        client.send(Frames.read(1, "/a", false));
        assertEquals(List.of(), client.replies());
        assertEquals(List.of(), server.role.touched());
        assertFalse(client.isClosed());

        server.establish();
        assertEquals(List.of("reply -2 zxid 2 error 0", "reply 1 zxid 2 error 0"), client.replies());
        assertEquals(List.of(client.sessionId, client.sessionId), server.role.touched());
    }

    @Test
    void shouldNotSpinOverFramesThatNobodyTakes()
    {
        final TestDesk.Client client = server.client();
        server.loseLeader();
        client.send(Frames.bare(-2, OpCode.PING));

        assertEquals(0, server.desk.resumeRefused(true));
        assertEquals(0, server.desk.poll());
    }

    @Test
    void shouldSendNewClientsElsewhere()
    {
        server.loseLeader();
        final TestDesk.Client client = server.resuming(0);

        assertTrue(client.isClosed());
        assertEquals(List.of(), client.frames());
    }

    @Test
    void shouldLetNewClientsWaitWhileRequestsAreSentAgain()
    {
        server.client().send(Frames.setData(1, "/a"));
        server.loseLeader();
        server.role.isServing = true;
        final TestDesk.Client client = server.resuming(0);
        assertFalse(client.isClosed());
        assertEquals(List.of(), server.role.asked());

        server.establish();
        assertEquals(2, server.role.asked().size());
    }

    @Test
    void shouldParkBehindAHandshakeThatWaits()
    {
        final TestDesk.Client client = server.resuming(0);
        server.loseLeader();
        client.send(Frames.read(1, "/a", false));
        server.apply(TestDesk.SERVER, TestDesk.INCARNATION, 1, 9, txn -> txn.createSession(6000));
        assertEquals(9, Frames.sessionId(client.frames().get(0)));
        assertEquals(List.of(), client.replies());

        server.establish();
        assertEquals(List.of("reply 1 zxid 2 error 0"), client.replies());
    }

    @Test
    void shouldTellEventsOfTheHistoryBeforeTheReplyThatShowsThem()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.read(1, "/a", true));
        client.send(Frames.setData(2, "/a"));
        client.frames();
        server.loseLeader();
        server.applyOther(TestDesk.set("/a", "other", 1));
        server.applyOwn(2, client, TestDesk.set("/a", "own", 2));

        assertEquals(List.of("event zxid 3 error 0", "reply 2 zxid 4 error 0"), client.replies());
    }

    @Test
    void shouldShowReadsBetweenTwoWritesOfTheHistoryWhatLiesBetween()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.read(2, "/a", false));
        client.send(Frames.setData(3, "/a"));
        server.loseLeader();
        server.applyOwn(2, client, TestDesk.set("/a", "one", 1));
        server.applyOwn(3, client, TestDesk.set("/a", "two", 2));

        final List<byte[]> frames = client.frames();
        assertEquals(List.of("reply 1 zxid 3 error 0", "reply 2 zxid 3 error 0", "reply 3 zxid 4 error 0"),
            frames.stream().map(Frames::describe).toList());
        assertEquals("one", Frames.data(frames.get(1)));
    }

    @Test
    void shouldTurnAwayAClientThatHasSeenMoreThanIsAppliedHere()
    {
        final TestDesk.Client known = server.client();
        known.vanish();
        final TestDesk.Client client = server.resuming(0);
        server.role.asked();
        client.vanish();
        final long id = server.port.connect();
        server.port.send(id, Frames.handshake(server.zxid() + 1, 6000, known.sessionId, server.replica.passwords()
            .password(known.sessionId)));
        server.cycle();

        assertTrue(server.port.isClosed(id));
        assertEquals(List.of(), server.port.received(id));
        assertEquals(List.of(), server.role.asked());
    }
}
