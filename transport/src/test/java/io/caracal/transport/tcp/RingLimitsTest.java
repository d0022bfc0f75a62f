/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.ClientPort;
import io.caracal.simulator.contract.RecordingClientHandler;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import io.caracal.transport.DirectMemory;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the limits that exist only with rings. */
class RingLimitsTest
{
    private static final int FRAME_LENGTH = 60_000;
    private static final int REPLIES = 10;
    private static final int REPLY_LENGTH = 4_000;

    private final CountingEvents events = new CountingEvents();
    private final RecordingClientHandler handler = new RecordingClientHandler();
    private TcpFixture fixture;

    @AfterEach
    void close()
    {
        fixture.close();
        assertEquals(List.of(), handler.complaints());
    }

    @Test
    void shouldCloseTheConnectionWhoseFrameDoesNotFitIntoTheOverflow()
    {
        open(context().overflowMax(100_000));
        final long first = announce(fixture.connect());
        final SocketClient other = fixture.connect();
        final long second = announce(other);
        assertTrue(reply(first, FRAME_LENGTH));
        assertEquals(ClientPort.CLOSED, fixture.port().claim(first, FRAME_LENGTH));
        assertEquals(ClientPort.CLOSED, fixture.port().claim(first, 8));
        await("onDisconnect", () -> List.of(first).equals(handler.disconnected()));
        assertEquals(1, events.closed(CloseReason.NO_MEMORY));
        assertTrue(reply(second, FRAME_LENGTH));
        final long[] received = { 0 };
        await("the reply of the other", () -> (received[0] += other.receive().length) == FRAME_LENGTH);
        assertEquals(0, fixture.port().memory().bytes(BufferPurpose.OVERFLOW));
    }

    @Test
    void shouldReadNothingMoreOfAGatewayWhileTooMuchIsParked()
    {
        open(context().parkedMax(1));
        final SocketClient refused = fixture.connect();
        final long id = announce(refused);
        final SocketClient other = fixture.connect();
        final long otherId = announce(other);
        handler.isRefusing(id, true);
        refused.send(new byte[]{ 0, 0, 0, 1, 'r' });
        await("the refusal", () -> handler.refusalCount() == 1);
        other.send(new byte[]{ 0, 0, 0, 1, 'o' });
        await("the bytes at the gateway", () -> events.received() == 20);

        for (int i = 0; i < 100; i++)
        {
            fixture.port().poll(handler);
        }

        assertEquals(1, handler.framesOf(otherId).size());
        handler.isRefusing(id, false);
        handler.onResume(id);
        fixture.port().resume(id);
        await("both frames", () -> handler.framesOf(id).size() == 2 && handler.framesOf(otherId).size() == 2);
        assertEquals(0, fixture.port().memory().bytes(BufferPurpose.PARKED));
    }

    @Test
    void shouldTakeALongFrameInPiecesWhateverMayBeParked()
    {
        open(context().parkedMax(1));
        final SocketClient client = fixture.connect();
        final long id = announce(client);
        client.send(new byte[]{ 0, 0, (byte)(FRAME_LENGTH >> 8), (byte)FRAME_LENGTH });
        client.send(new byte[FRAME_LENGTH]);
        await("the long frame", () -> handler.framesOf(id).size() == 2);
        assertEquals(FRAME_LENGTH, handler.framesOf(id).get(1).length());
        assertEquals(0, fixture.port().memory().bytes(BufferPurpose.PARKED));
    }

    @Test
    void shouldSendAllThatTheRingHoldsWhenItIsClosed()
    {
        open(context());
        final SocketClient client = fixture.connect();
        final long id = announce(client);
        final long[] received = { 0 };
        replyWithMoreThanHalfARing(id);
        await("the replies", () -> REPLIES * REPLY_LENGTH == (received[0] += client.receive().length));
        // The ring wraps around in the middle of these replies.
        replyWithMoreThanHalfARing(id);
        fixture.port().close();

        fixture.awaitUnpolled("the end", client::isEnded);
        received[0] += client.receive().length;
        assertEquals(2 * REPLIES * REPLY_LENGTH, received[0]);
    }

    @Test
    void shouldEndItsThreadsThoughTheOneThatClosesIsInterrupted()
    {
        open(context());
        announce(fixture.connect());
        Thread.currentThread().interrupt();

        try
        {
            fixture.port().close();
        }
        finally
        {
            assertTrue(Thread.interrupted(), "whoever interrupted is not forgotten");
        }

        assertEquals(0, fixture.port().memory().totalBytes());
    }

    @Test
    void shouldCloseASocketThatIsHandedToAGatewayThatEnded() throws IOException
    {
        final TransportContext context = context().listen(TcpFixture.LOOPBACK).conclude();
        final DirectMemory memory = new DirectMemory(context.bufferBytesMax());
        final Admission admission = new Admission(context);
        open(context());

        try (SelectIdle idle = new SelectIdle(context);
            GatewayLink link = new GatewayLink(memory, context.ringLength());
            SocketChannel socket = SocketChannel.open(fixture.address()))
        {
            final GatewayAgent agent = new GatewayAgent(context, new TcpGateway(context, idle, 1, admission, memory,
                null, false), idle, link, admission, () ->
                {
                });
            agent.release();
            agent.onSocket(socket, fixture.address());
            assertFalse(socket.isOpen());
        }
    }

    @Test
    void shouldForgetWhatIsParkedWhenTheEngineClosesTheConnection()
    {
        open(context());
        final SocketClient client = fixture.connect();
        final long id = announce(client);
        handler.isRefusing(id, true);
        client.send(new byte[]{ 0, 0, 0, 1, 'r', 0, 0, 0, 1, 's' });
        await("the refusal", () -> handler.refusalCount() == 1);
        fixture.port().close(id);
        assertEquals(0, fixture.port().memory().bytes(BufferPurpose.PARKED));
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
    }

    private static TransportContext context()
    {
        return new TransportContext().threading(Threading.DEDICATED).gateways(1).ringLength(64 << 10);
    }

    private void open(final TransportContext context)
    {
        fixture = new TcpFixture(context.events(events));
    }

    private long announce(final SocketClient client)
    {
        final int before = handler.connected().size();
        client.send(new byte[]{ 0, 0, 0, 1, 'a' });
        await("the first frame", () -> handler.frames().size() == before + 1);

        return handler.connected().get(before);
    }

    private void replyWithMoreThanHalfARing(final long id)
    {
        for (int i = 0; i < REPLIES; i++)
        {
            assertTrue(reply(id, REPLY_LENGTH));
        }
    }

    private boolean reply(final long id, final int length)
    {
        final int at = fixture.port().claim(id, length);

        if (at != ClientPort.CLOSED)
        {
            fixture.port().commit();
        }

        return at != ClientPort.CLOSED;
    }

    private void await(final String what, final BooleanSupplier condition)
    {
        fixture.await(handler, what, condition);
    }

    @Test
    void shouldTakeNoFurtherRequestsWhileRepliesFindNoRoom()
    {
        final int replyLength = 100_000;
        final int count = 200;
        open(context().overflowMax(4 << 20));
        final EchoHandler echo = new EchoHandler(fixture.port(), replyLength);
        final SocketClient client = fixture.connect();
        final byte[] requests = new byte[count * 5];
        for (int i = 0; i < count; i++)
        {
            requests[i * 5 + 3] = 1;
        }
        assertEquals(requests.length, client.send(requests));
        fixture.awaitUnpolled("the requests at the gateway", () -> events.received() >= requests.length);
        final long[] received = { 0 };
        fixture.await(echo, "all replies", () ->
        {
            received[0] += client.receive().length;
            return received[0] == count * (4L + replyLength);
        });
        assertEquals(0, events.closed(CloseReason.NO_MEMORY));
    }
}
