/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A sync is answered when the leader has said which zxid is settled, that zxid is applied, and it is the sync's turn.
 */
class SyncRequestsTest
{
    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private TestDesk server;
    private TestDesk.Client client;

    @BeforeEach
    void setUp()
    {
        server = new TestDesk(memory.ledger());
        server.applyOther(TestDesk.create("/a"));
        client = server.client();
    }

    @AfterEach
    void tearDown()
    {
        server.close();
    }

    @Test
    void shouldNotReadBehindASyncBeforeWhatWasSettledIsApplied()
    {
        client.send(Frames.sync(1, "/a"));
        client.send(Frames.read(2, "/a", false));
        assertEquals(List.of("sync 1"), server.role.asked());
        server.synced(1, 4);
        server.applyOther(TestDesk.set("/a", "old", 1));
        assertEquals(List.of(), client.replies());
        server.applyOther(TestDesk.set("/a", "new", 2));

        final List<byte[]> frames = client.frames();
        assertEquals(List.of("reply 1 zxid 4 error 0", "reply 2 zxid 4 error 0"),
            frames.stream().map(Frames::describe).toList());
        assertEquals("/a", Frames.data(frames.get(0)));
        assertEquals("new", Frames.data(frames.get(1)));
    }

    @Test
    void shouldWaitForItsTurnBehindAWrite()
    {
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.sync(2, "/a"));
        server.synced(1, 2);
        assertEquals(List.of(), client.replies());
        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));

        assertEquals(List.of("reply 1 zxid 3 error 0", "reply 2 zxid 3 error 0"), client.replies());
    }

    @Test
    void shouldNotLetAWriteBeDoneBeforeTheSyncInFrontOfIt()
    {
        client.send(Frames.sync(1, "/a"));
        client.send(Frames.setData(2, "/a"));
        assertEquals(List.of("sync 1"), server.role.asked());
        server.synced(1, 2);
        server.cycle();

        assertEquals(1, server.role.asked().size());
        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));
        assertEquals(List.of("reply 1 zxid 2 error 0", "reply 2 zxid 3 error 0"), client.replies());
    }

    @Test
    void shouldAskAgainWhatAFormerLeaderAnsweredInVain()
    {
        client.send(Frames.sync(1, "/a"));
        server.synced(1, 100);
        server.role.asked();
        server.loseLeader();
        server.establish();
        assertEquals(List.of("sync 1"), server.role.asked());
        server.synced(1, 2);

        assertEquals(List.of("reply 1 zxid 2 error 0"), client.replies());
    }

    @Test
    void shouldAskAgainAfterTheWritesAndInOrder()
    {
        final TestDesk.Client other = server.client();
        client.send(Frames.sync(1, "/a"));
        other.send(Frames.setData(1, "/a"));
        other.send(Frames.sync(2, "/a"));
        server.role.asked();
        server.loseLeader();
        server.role.room = 2;
        server.role.isServing = true;
        assertTrue(server.desk.resend(server.role) > 0);
        server.role.room = 1;
        server.establish();

        final List<String> asked = server.role.asked();
        assertEquals("write", asked.get(0).substring(0, 5));
        assertEquals(List.of("sync 1", "sync 2"), asked.subList(1, 3));
    }

    @Test
    void shouldForgetTheSyncOfAConnectionThatIsGone()
    {
        final TestDesk.Client gone = server.client();
        gone.send(Frames.sync(1, "/a"));
        client.send(Frames.sync(1, "/a"));
        gone.vanish();
        server.synced(1, 3);
        server.synced(2, 3);
        assertEquals(List.of("reply 1 zxid 3 error 0"), client.replies());

        client.send(Frames.sync(2, "/a"));
        client.vanish();
        server.role.asked();
        server.loseLeader();
        server.establish();
        server.synced(3, 3);
        assertEquals(List.of(), server.role.asked());
        assertEquals(0, server.desk.report().outstanding());
    }

    /** A sync is kept until it is settled, whoever asked for it, and there is room for a limited number. */
    @Test
    void shouldTakeAFrameThatWaitedForTheSyncsOfAConnectionThatIsGone()
    {
        final TestDesk.Client gone = server.client();
        for (int i = 1; i <= TestDesk.OUTSTANDING_MAX; i++)
        {
            gone.send(Frames.sync(i, "/a"));
        }
        gone.vanish();
        client.send(Frames.sync(1, "/a"));
        assertEquals(0, server.port.interestOps(client.id), "there is no room");

        server.synced(1, 2);
        server.desk.resumeRefused(false);
        server.desk.poll();
        assertEquals(TestDesk.OUTSTANDING_MAX + 1, server.role.asked().size());
    }

    @Test
    void shouldAnswerAtOnceWhenTheRoleDoes()
    {
        server.role.atSync = syncId -> server.desk.onSynced(syncId, server.zxid());
        client.send(Frames.sync(1, "/a"));
        client.send(Frames.sync(2, "/a"));
        assertEquals(List.of("reply 1 zxid 2 error 0", "reply 2 zxid 2 error 0"), client.replies());

        client.send(Frames.setData(3, "/a"));
        client.send(Frames.sync(4, "/a"));
        client.send(Frames.setData(5, "/a"));
        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));
        assertEquals(List.of("reply 3 zxid 3 error 0", "reply 4 zxid 3 error 0"), client.replies());
    }

    @Test
    void shouldWaitForWhatARoleNamesAtOnce()
    {
        server.role.atSync = syncId -> server.desk.onSynced(syncId, server.zxid() + 1);
        client.send(Frames.sync(1, "/a"));
        assertEquals(List.of(), client.replies());
        server.applyOther(TestDesk.set("/a", "x", 1));

        assertEquals(List.of("reply 1 zxid 3 error 0"), client.replies());
    }

    @Test
    void shouldAnswerWhatTheRoleDeclines()
    {
        server.role.result = ErrorCode.SYSTEM_ERROR;
        client.send(Frames.sync(1, "/a"));
        assertEquals(List.of("reply 1 zxid 2 error -1"), client.replies());

        server.role.result = WriteIntake.PROPOSED;
        client.send(Frames.sync(2, "/a"));
        server.loseLeader();
        server.role.result = ErrorCode.SYSTEM_ERROR;
        server.establish();
        assertEquals(List.of("reply 2 zxid 2 error -1"), client.replies());
    }
}
