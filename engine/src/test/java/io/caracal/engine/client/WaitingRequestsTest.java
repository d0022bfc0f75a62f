/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.ClientPort;
import io.caracal.engine.protocol.OpCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits behind a write is bounded, whatever numbers a client gives its requests. */
class WaitingRequestsTest extends DeskTest
{
    private static final int BODY_LENGTH = 100_000;

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
}
