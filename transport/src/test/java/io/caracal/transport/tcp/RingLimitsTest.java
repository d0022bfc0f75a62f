/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.ClientHandler;
import io.caracal.engine.port.ClientPort;
import io.caracal.simulator.contract.RecordingClientHandler;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import io.caracal.transport.DirectMemory;
import io.caracal.transport.IdleMode;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the limits that exist only with rings. */
class RingLimitsTest
{
    private static final int FRAME_LENGTH = 60_000;
    private static final int REPLIES = 10;
    private static final int REPLY_LENGTH = 4_000;
    /** A frame takes 24 bytes of the ring, even if it is empty. */
    private static final int FRAMES_IN_A_RING_MAX = (64 << 10) / 24 + 1;
    private static final int MANY_CYCLES = 100;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

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
    void shouldSendAFrameThatIsAsLongAsItSaysFramesMayBe()
    {
        open(context().outboundMax(1 << 20));
        final SocketClient client = fixture.connect();
        final long id = announce(client);
        final int length = fixture.port().claimLengthMax();
        assertTrue(reply(id, length), "refused");
        final long[] received = { 0 };
        await("the reply", () -> (received[0] += client.receive().length) == length);
    }

    /** What a server opens before its engine runs needs descriptors, which waiting clients would otherwise take. */
    @Test
    void shouldAcceptNobodyBeforeTheFirstPoll()
    {
        final AtomicLong cycles = new AtomicLong();
        open(context().idleMode(IdleMode.YIELD).nanoClock(() ->
        {
            cycles.incrementAndGet();
            return System.nanoTime();
        }));
        final SocketClient client = fixture.connect();
        final long before = cycles.get();
        fixture.awaitUnpolled("cycles of the gateway", () -> cycles.get() - before >= MANY_CYCLES);
        assertEquals(0, events.accepted());

        announce(client);
        assertEquals(1, events.accepted());
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
            final TcpGateway gateway = new TcpGateway(context, idle, 1, admission, memory.share(0), null, false);
            final GatewayAgent agent = new GatewayAgent(context, gateway, idle, link, admission, () ->
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

    @Test
    void shouldCloseWhoDoesNotReadFramesThatCrossInPieces()
    {
        open(context().outboundMax(4 << 20));
        final long id = announce(fixture.connect());
        await("onDisconnect", () ->
        {
            if (fixture.port().memory().bytes(BufferPurpose.OVERFLOW) == 0)
            {
                reply(id, FRAME_LENGTH);
            }
            return List.of(id).equals(handler.disconnected());
        });
        assertEquals(1, events.closed(CloseReason.SLOW_READER));
    }

    @Test
    void shouldTellAnEndThatFoundTheRingFull()
    {
        open(context());
        final SocketClient busy = fixture.connect();
        announce(busy);
        final SocketClient leaving = fixture.connect();
        final long id = announce(leaving);
        final byte[] moreThanARing = new byte[FRAMES_IN_A_RING_MAX * Integer.BYTES];
        assertEquals(moreThanARing.length, busy.send(moreThanARing));
        fixture.awaitUnpolled("the frames", () -> events.received() >= moreThanARing.length);
        leaving.disconnect();
        fixture.awaitUnpolled("the end at the gateway", () -> events.closed(CloseReason.BY_CLIENT) == 1);
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
    }

    /** Each time the ring was full, the engine's loop sleeps until the gateway has made room. */
    @Test
    void shouldWakeTheLoopThatWaitsForRoom()
    {
        open(context().overflowMax(4 << 20));
        final long id = announce(fixture.connect());
        for (int i = 0; i < 500; i++)
        {
            assertTrue(reply(id, REPLY_LENGTH));
        }

        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (fixture.port().memory().bytes(BufferPurpose.OVERFLOW) > 0)
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "the loop slept on");
            final int work = fixture.port().poll(handler);
            if (fixture.port().memory().bytes(BufferPurpose.OVERFLOW) > 0)
            {
                fixture.idle().idle(work, Math.min(fixture.port().nextDeadlineNs(), deadlineNs));
            }
        }
    }

    @Test
    void shouldTellTheEndOfAConnectionThatIsClosedAfterItsClientHasLeft()
    {
        open(context());
        final SocketClient client = fixture.connect();
        final long id = announce(client);
        handler.isRefusing(id, true);
        client.send(new byte[]{ 0, 0, 0, 1, 'r' });
        client.disconnect();
        fixture.awaitUnpolled("the end at the gateway", () -> events.closed(CloseReason.BY_CLIENT) == 1);
        announce(fixture.connect());
        assertEquals(1, handler.refusalCount());
        fixture.port().close(id);
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(0, fixture.port().memory().bytes(BufferPurpose.PARKED));
    }

    /** The engine may resume a connection while it takes a frame of another one, and before the end of the first. */
    @Test
    void shouldDeliverWhatIsParkedBeforeAnEndThatComesAfterItWasResumed()
    {
        open(context());
        final SocketClient client = fixture.connect();
        final long id = announce(client);
        final SocketClient other = fixture.connect();
        final long otherId = announce(other);
        handler.isRefusing(id, true);
        sendUnpolled(client, 15);
        sendUnpolled(other, 20);
        client.disconnect();
        fixture.awaitUnpolled("the end at the gateway", () -> events.closed(CloseReason.BY_CLIENT) == 1);
        // A gateway tells of an end when its round is over, which it surely is when it reads the second time.
        sendUnpolled(other, 25);
        sendUnpolled(other, 30);

        fixture.port().poll(new ResumingHandler(otherId, id));
        assertEquals(List.of("f"), handler.framesOf(otherId).subList(1, 2));
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(List.of("a", "f"), handler.framesOf(id));
        assertEquals(0, fixture.port().memory().bytes(BufferPurpose.PARKED));
    }

    private void sendUnpolled(final SocketClient client, final long receivedThen)
    {
        client.send(new byte[]{ 0, 0, 0, 1, 'f' });
        fixture.awaitUnpolled("the bytes at the gateway", () -> events.received() == receivedThen);
    }

    /** Resumes a connection as soon as a frame of another one comes. */
    private final class ResumingHandler implements ClientHandler
    {
        private final long otherId;
        private final long resumedId;

        ResumingHandler(final long otherId, final long resumedId)
        {
            this.otherId = otherId;
            this.resumedId = resumedId;
        }

        @Override
        public void onConnect(final long connectionId, final DirectBuffer address, final int offset, final int length,
            final int port)
        {
            handler.onConnect(connectionId, address, offset, length, port);
        }

        @Override
        public boolean onFrame(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
            final long arrivalNs)
        {
            if (connectionId == otherId)
            {
                handler.isRefusing(resumedId, false);
                handler.onResume(resumedId);
                fixture.port().resume(resumedId);
            }

            return handler.onFrame(connectionId, buffer, offset, length, arrivalNs);
        }

        @Override
        public void onDisconnect(final long connectionId)
        {
            handler.onDisconnect(connectionId);
        }
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
        // Lets clients in.
        fixture.port().poll(echo);
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
