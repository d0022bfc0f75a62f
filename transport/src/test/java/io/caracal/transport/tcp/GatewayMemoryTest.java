/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.caracal.engine.port.ClientPort;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import io.caracal.transport.Threading;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Tests that clients of one gateway thread do not pay for those of another. */
class GatewayMemoryTest extends LimitsFixture
{
    private static final int REPLY_LENGTH = 1 << 20;
    private static final int REQUEST_LENGTH = 1_000_000;
    private static final int GREEDY_CLIENTS = 6;
    private static final int MODEST_REPLIES = 4;
    /** Several times what the memory and the buffers of the system take. */
    private static final int GREEDY_REPLIES_MAX = 1_000;

    private final long[] greedyIds = new long[GREEDY_CLIENTS];
    private SocketClient modest;
    private long modestId;

    @Test
    void shouldSendLongRepliesThoughClientsOfAnotherGatewayUseUpTheMemory()
    {
        useUpTheMemoryAtAnotherGateway();
        final long ended = events.closed(CloseReason.NO_MEMORY);

        for (int i = 0; i < MODEST_REPLIES; i++)
        {
            assertNotEquals(ClientPort.CLOSED, reply(modestId), "reply " + i);
        }

        final long[] received = { 0 };
        await("the replies",
            () -> (received[0] += modest.receive().length) == (long)MODEST_REPLIES * REPLY_LENGTH);
        assertEquals(ended, events.closed(CloseReason.NO_MEMORY), "somebody paid for it");
    }

    @Test
    void shouldTakeALongRequestThoughClientsOfAnotherGatewayUseUpTheMemory()
    {
        useUpTheMemoryAtAnotherGateway();
        final long ended = events.closed(CloseReason.NO_MEMORY);
        final byte[] request = ByteBuffer.allocate(Integer.BYTES + REQUEST_LENGTH).putInt(REQUEST_LENGTH).array();
        final int[] sent = { 0 };
        final long before = handler.frameCount();

        await("the request", () ->
        {
            sent[0] += modest.send(request, sent[0], request.length - sent[0]);
            assertEquals(ended, events.closed(CloseReason.NO_MEMORY), "somebody paid for it");
            return handler.frameCount() > before;
        });
    }

    /** The greedy ones read nothing. What their sockets do not take stays, until the one that has most is ended. */
    private void useUpTheMemoryAtAnotherGateway()
    {
        open(context().threading(Threading.DEDICATED).gateways(2).ringLength(64 << 10).bufferBytesMax(48L << 20));
        connectInTurn();

        for (int i = 0; i < GREEDY_REPLIES_MAX && events.closed(CloseReason.NO_MEMORY) == 0; i++)
        {
            reply(greedyIds[i % GREEDY_CLIENTS]);
            await("the way to the gateway", () -> fixture.port().memory().bytes(BufferPurpose.OVERFLOW) == 0);
        }
        assertNotEquals(0, events.closed(CloseReason.NO_MEMORY), "the memory is not used up");
    }

    /** Sockets are handed out in turn, so that every second one comes to the same gateway. */
    private void connectInTurn()
    {
        for (int i = 0; i < GREEDY_CLIENTS; i++)
        {
            serve(fixture.connect());
            greedyIds[i] = handler.lastConnectionId();
            modest = serve(fixture.connect());
            modestId = handler.lastConnectionId();
            assertEquals(ConnectionTable.gatewayOf(greedyIds[0]), ConnectionTable.gatewayOf(greedyIds[i]));
            assertNotEquals(ConnectionTable.gatewayOf(greedyIds[0]), ConnectionTable.gatewayOf(modestId));
        }
    }

    private int reply(final long id)
    {
        final int at = fixture.port().claim(id, REPLY_LENGTH);

        if (at != ClientPort.CLOSED)
        {
            fixture.port().commit();
        }

        return at;
    }
}
