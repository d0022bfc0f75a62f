/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.ClientPort;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests that wait behind a write are bounded, whatever xids a client gives them. */
class WaitingRequestsTest extends DeskTest
{
    private static final int BODY_LENGTH = 100_000;
    private static final int HALF_A_SHARE = (int)CycleLimits.DEFAULT.replyBytes() / 2;

    private TestDesk.Client client;

    @BeforeEach
    void beginAWrite()
    {
        client = server.client();
        client.send(Frames.setData(1, "/a"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 0, -1, -2, -4, -100 })
    void shouldTakeAsManyAsTheLimitOnAll(final int xid)
    {
        for (int i = 1; i < TestDesk.OUTSTANDING_MAX; i++)
        {
            client.send(Frames.read(xid, "/a", false));
            assertEquals(ClientPort.TO_READ, server.port.interestOps(client.id), "request " + i + " is refused");
        }
        client.send(Frames.read(xid, "/a", false));
        assertEquals(0, server.port.interestOps(client.id), "one more than the limit is taken");

        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));
        server.cycle();
        assertEquals(1 + TestDesk.OUTSTANDING_MAX, client.replies().size());
    }

    /** Completes a write behind which reads wait. Each reply has half the length that a duty cycle may answer. */
    private void completeAWriteBeforeReads(final int count)
    {
        for (int i = 2; i < 2 + count; i++)
        {
            client.send(Frames.read(i, "/a", false));
        }
        server.desk.time(0, 0);
        server.applyOwn(2, client, TestDesk.set("/a", "x".repeat(HALF_A_SHARE), 1));
    }

    @Test
    void shouldAnswerInLaterTurnsWhatIsTooMuchForOne()
    {
        completeAWriteBeforeReads(5);
        assertEquals(3, client.frames().size(), "the write and two reads");
        assertFalse(server.desk.isCaughtUp());
        assertTrue(server.desk.answerDue() > 0);
        assertEquals(0, client.frames().size(), "in the same turn");

        for (final int count : new int[]{ 2, 1 })
        {
            server.desk.time(0, 0);
            assertTrue(server.desk.answerDue() > 0);
            assertEquals(count, client.frames().size());
        }
        assertTrue(server.desk.isCaughtUp());
        assertEquals(0, server.desk.answerDue());
    }

    @Test
    void shouldAnswerInOrderWhatComesWhileOthersArePutOff()
    {
        completeAWriteBeforeReads(3);
        client.send(Frames.read(5, "/b", false));
        assertEquals(List.of("1 0", "2 0", "3 0"), xidsAndErrors());
        server.desk.time(0, 0);
        server.desk.answerDue();
        server.cycle();
        assertEquals(List.of("4 0", "5 -101"), xidsAndErrors());
    }

    /** Nothing is applied before all of them are answered. */
    @Test
    void shouldNotPutOffForEverWhatAClientGoesOnToAsk()
    {
        completeAWriteBeforeReads(5);
        int turns = 0;
        for (; turns < 10 && !server.desk.isCaughtUp(); turns++)
        {
            for (int xid = 1; xid <= 3; xid++)
            {
                server.port.send(client.id, Frames.read(xid, "/a", false));
            }
            server.cycle();
            server.desk.time(0, 0);
            server.desk.answerDue();
        }
        assertEquals(2, turns);
    }

    private List<String> xidsAndErrors()
    {
        return client.frames().stream().map(ByteBuffer::wrap).map(frame -> frame.getInt(4) + " " + frame.getInt(16))
            .toList();
    }

    /** Of two clients with postponed requests, one with few does not wait for all requests of the other. */
    @Test
    void shouldTakeTurnsWithWhatIsPutOff()
    {
        completeAWriteBeforeReads(7);
        final TestDesk.Client other = server.client();
        other.send(Frames.setData(1, "/b"));
        other.send(Frames.read(2, "/b", false));
        server.desk.onRequestFailed(4, ErrorCode.NO_NODE);

        for (final int count : new int[]{ 0, 2 })
        {
            server.desk.time(0, 0);
            server.desk.answerDue();
            assertEquals(count, other.frames().size());
        }
        assertFalse(server.desk.isCaughtUp(), "the first one has more");
    }

    @Test
    void shouldForgetWhatIsPutOffWithItsClient()
    {
        completeAWriteBeforeReads(5);
        client.vanish();
        server.desk.time(0, 0);
        server.desk.answerDue();
        assertTrue(server.desk.isCaughtUp());
        assertEquals(0, server.desk.report().outstanding());
    }

    @ParameterizedTest
    @ValueSource(ints = { OpCode.PING, OpCode.CREATE_SESSION })
    void shouldKeepNoBodyOfWhatIsNotCounted(final int opCode)
    {
        for (int i = 0; i < TestDesk.OUTSTANDING_MAX; i++)
        {
            client.send(Frames.padded(-2, opCode, BODY_LENGTH));
        }
        assertEquals(ClientPort.TO_READ, server.port.interestOps(client.id));
        assertTrue(memory.ledger().bytes(MemoryTag.IN_FLIGHT) < BODY_LENGTH, "bodies are kept");
    }

    @Test
    void shouldTakeAsManyPingsAsTheLimitOnAConnection()
    {
        for (int i = 1; i < TestDesk.LIMITS.connectionRequestsMax(); i++)
        {
            client.send(Frames.bare(-2, OpCode.PING));
        }
        assertEquals(ClientPort.TO_READ, server.port.interestOps(client.id));
        client.send(Frames.bare(-2, OpCode.PING));
        assertEquals(0, server.port.interestOps(client.id), "one more than the limit is taken");

        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));
        server.cycle();
        assertEquals(1 + TestDesk.LIMITS.connectionRequestsMax(), client.replies().size());
    }
}
