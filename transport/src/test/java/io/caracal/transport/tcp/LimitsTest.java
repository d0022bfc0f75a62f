/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.caracal.engine.port.ClientPort;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import io.caracal.transport.RejectReason;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest
{
    private static final long HANDSHAKE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int UNFINISHED_WANTED = 10_000;
    private static final int DESCRIPTORS_SPARE = 500;

    private final CountingEvents events = new CountingEvents();
    private final CachedNanoClock clock = new CachedNanoClock();
    private TcpFixture fixture;
    private EchoHandler handler;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldTurnAwayTooManyOfOneAddress(final Threading threading)
    {
        open(context().threading(threading).gateways(2).connectionsPerAddressMax(3));
        final List<SocketClient> clients = new ArrayList<>();

        for (int i = 0; i < 3; i++)
        {
            clients.add(serve(fixture.connectFrom("127.0.0.1")));
        }

        final SocketClient fourth = fixture.connectFrom("127.0.0.1");
        await("the end of the fourth", fourth::isEnded);
        assertEquals(1, events.rejected(RejectReason.ADDRESS_LIMIT));
        serve(fixture.connectFrom("127.0.0.2"));
        clients.get(0).disconnect();
        await("room", () -> fixture.port().connectionCount() == 3);
        serve(fixture.connectFrom("127.0.0.1"));
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldTurnAwayTooManyInAll(final Threading threading)
    {
        open(context().threading(threading).gateways(2).connectionsMax(2));
        serve(fixture.connectFrom("127.0.0.2"));
        serve(fixture.connectFrom("127.0.0.3"));
        final SocketClient third = fixture.connectFrom("127.0.0.4");
        await("the end of the third", third::isEnded);
        assertEquals(1, events.rejected(RejectReason.TOTAL_LIMIT));
    }

    @Test
    void shouldAllowAnyNumberWhenLimitsAreOff()
    {
        open(context().connectionsPerAddressMax(0));

        for (int i = 0; i < 100; i++)
        {
            serve(fixture.connect());
        }

        assertEquals(100, fixture.port().connectionCount());
    }

    @Test
    void shouldCloseWhoDoesNotDeliverAFirstFrameInTime()
    {
        open(context());
        final SocketClient silent = fixture.connect();
        final SocketClient half = fixture.connect();
        half.send(new byte[]{ 0, 0, 0, 9, 1, 2, 3 });
        final SocketClient served = serve(fixture.connect());
        clock.advance(HANDSHAKE_NS - 1);
        serve(fixture.connect());
        assertFalse(silent.isEnded());
        clock.advance(1);
        await("both ends", () -> silent.isEnded() && half.isEnded());
        assertEquals(2, events.closed(CloseReason.HANDSHAKE_TIMEOUT));
        serve(served);
    }

    @Test
    void shouldCarryTenThousandUnfinishedHandshakes()
    {
        open(context().connectionsPerAddressMax(0));
        // Both ends live in this process: two descriptors for each connection.
        final int count = Math.min(UNFINISHED_WANTED, (descriptorLimit() - DESCRIPTORS_SPARE) / 2);
        for (int i = 0; i < count; i++)
        {
            final SocketClient client = fixture.connectFrom("127.0.0." + (2 + i % 200));
            client.send(new byte[]{ 0, 0 });
            fixture.port().poll(handler);
        }

        await("all to be accepted and read", () -> count * 2L == events.received());
        assertEquals(count, fixture.port().connectionCount());
        assertTrue(fixture.port().memory().bytes(BufferPurpose.INBOUND) <= (long)count * BlockPool.BLOCK_LENGTH_LEAST);
        serve(fixture.connect());
        clock.advance(HANDSHAKE_NS);
        int polls = 0;

        while (fixture.port().connectionCount() > 1)
        {
            fixture.port().poll(handler);
            polls++;
            assertTrue(polls <= count / Deadlines.TIMEOUTS_MAX + 2, "the overdue are not closed in time");
        }

        assertEquals(count, events.closed(CloseReason.HANDSHAKE_TIMEOUT));
        assertEquals(0, fixture.port().memory().bytes(BufferPurpose.INBOUND));
    }

    @Test
    void shouldUseMemoryByWhatArrivedAndNotByWhatIsClaimed()
    {
        final int frameLength = 64 << 20;
        open(context().frameLengthMax(frameLength).bufferBytesMax(512L << 20));
        final SocketClient client = fixture.connect();
        client.send(ByteBuffer.allocate(1000).putInt(frameLength).array());
        await("the bytes", () -> events.received() == 1000);
        assertTrue(fixture.port().memory().bytes(BufferPurpose.INBOUND) <= 2 * 1000);

        final byte[] more = new byte[10_000];
        int sent = 1000;

        while (sent < 1_000_000)
        {
            final int taken = client.send(more);
            sent += taken;
            final int arrived = sent;
            await("the bytes", () -> arrived == events.received());
            assertTrue(fixture.port().memory().bytes(BufferPurpose.INBOUND) <= 4L * arrived);
        }
    }

    @Test
    void shouldCloseWhoNeedsMemoryThatIsNotThere()
    {
        open(context().frameLengthMax(64 << 20).bufferBytesMax(2 << 20));
        final SocketClient served = serve(fixture.connect());
        final SocketClient greedy = fixture.connect();
        greedy.send(ByteBuffer.allocate(4).putInt(64 << 20).array());
        final byte[] more = new byte[64 << 10];
        await("the end", () ->
        {
            greedy.send(more);
            return events.closed(CloseReason.NO_MEMORY) == 1;
        });
        serve(served);
    }

    @Test
    void shouldReadNoFurtherFromWhoOwesTooMuch()
    {
        final int replyLength = 100_000;
        fixture = new TcpFixture(context().outboundHighWater(1 << 20));
        handler = new EchoHandler(fixture.port(), replyLength);
        final SocketClient client = fixture.connect();
        final byte[] request = { 0, 0, 0, 1, 9 };
        final int count = 2000;
        int sent = 0;

        for (int i = 0; i < count; i++)
        {
            sent += client.send(request);
        }

        final int all = sent;
        await("a pause", () -> fixture.port().memory().bytes(BufferPurpose.OUTBOUND) > 1 << 20);
        final long slow = handler.lastConnectionId();
        serve(fixture.connect());
        assertTrue(fixture.port().memory().bytes(BufferPurpose.OUTBOUND) <= 2 << 20, "requests are still read");
        assertEquals(0, events.closed(CloseReason.SLOW_READER));
        assertEquals(ClientPort.TO_WRITE, fixture.port().interestOps(slow));
        final long[] received = { 0 };
        await("all replies", () ->
        {
            received[0] += client.receive().length;
            return received[0] == all / request.length * (4L + replyLength);
        });
        assertEquals(0, fixture.port().memory().bytes(BufferPurpose.OUTBOUND));
    }

    @Test
    void shouldCloseASlowReaderAtTheBoundAndCountIt()
    {
        open(context().outboundMax(4 << 20));
        final SocketClient client = serve(fixture.connect());
        final long id = handler.lastConnectionId();
        int claims = 0;

        while (fixture.port().claim(id, 100_000) != ClientPort.CLOSED)
        {
            fixture.port().commit();
            claims++;
            assertTrue(claims < 1000, "no bound");
        }

        await("onDisconnect", () -> handler.disconnectCount() == 1);
        assertEquals(1, events.closed(CloseReason.SLOW_READER));
        await("the end", client::isEnded);
    }

    @Test
    void shouldSendALargeReplyWithinTheBound()
    {
        open(context());
        final SocketClient client = serve(fixture.connect());
        final int length = 60 << 20;
        final int at = fixture.port().claim(handler.lastConnectionId(), length);
        assertTrue(at >= 0);
        fixture.port().commit();
        final long[] received = { 0 };
        await("the reply", () ->
        {
            received[0] += client.receive().length;
            return received[0] == length;
        });
    }

    @Test
    void shouldGiveUpOnAClosedClientThatDoesNotReadTheRest()
    {
        open(context().outboundMax(32 << 20));
        serve(fixture.connect());
        final long id = handler.lastConnectionId();

        for (int i = 0; i < 20; i++)
        {
            assertTrue(fixture.port().claim(id, 1 << 20) >= 0);
            fixture.port().commit();
        }

        fixture.port().close(id);
        serve(fixture.connect());
        assertEquals(0, handler.disconnectCount());
        clock.advance(TimeUnit.SECONDS.toNanos(5));
        await("onDisconnect", () -> handler.disconnectCount() == 1);
        assertEquals(1, events.closed(CloseReason.UNSENT_REST));
    }

    @Test
    void shouldLetAClientReadTheLastReplyThoughItSentMore()
    {
        open(context());
        final SocketClient client = serve(fixture.connect());
        final long id = handler.lastConnectionId();
        fixture.port().claim(id, 8);
        fixture.port().commit();
        client.send(new byte[100_000]);
        fixture.port().close(id);
        await("the end", client::isEnded);
        assertEquals(8, client.receive().length);
        client.disconnect();
        await("the end of the connection", () -> fixture.port().connectionCount() == 0);
        assertEquals(1, events.closed(CloseReason.BY_ENGINE));
    }

    @Test
    void shouldServeEachOfManyBusyConnectionsInEveryRound()
    {
        open(context());
        final List<SocketClient> clients = new ArrayList<>();
        final byte[] bulk = new byte[1 << 20];

        for (int i = 0; i < bulk.length; i += 64)
        {
            ByteBuffer.wrap(bulk).putInt(i, 60);
        }

        for (int i = 0; i < 8; i++)
        {
            clients.add(serve(fixture.connect()));
        }

        long sent = 0;

        for (final SocketClient client : clients)
        {
            sent += client.send(bulk);
        }

        final long before = handler.frameCount();
        fixture.port().poll(handler);
        final long frames = handler.frameCount() - before;
        assertTrue(frames > 0);
        assertTrue(frames <= 8L * FrameReader.RECEIVE_LENGTH / 64, "a bite is not bounded");
        final long all = before + sent / 64;
        await("all frames", () ->
        {
            clients.forEach(SocketClient::receive);
            return handler.frameCount() >= all;
        });
    }

    private TransportContext context()
    {
        return new TransportContext().events(events).nanoClock(clock).handshakeTimeoutNs(HANDSHAKE_NS);
    }

    private void open(final TransportContext context)
    {
        fixture = new TcpFixture(context);
        handler = new EchoHandler(fixture.port(), 8);
    }

    private SocketClient serve(final SocketClient client)
    {
        client.send(new byte[]{ 0, 0, 0, 1, 7 });
        await("a reply", () -> client.receive().length > 0);

        return client;
    }

    private void await(final String what, final BooleanSupplier condition)
    {
        fixture.await(handler, what, condition);
    }

    private static int descriptorLimit()
    {
        final UnixOperatingSystemMXBean system =
            (UnixOperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();

        return (int)Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount());
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldTellHowLongAFrameMayBe(final Threading threading)
    {
        open(context().threading(threading).outboundMax(3 << 20));
        serve(fixture.connect());
        assertEquals(3 << 20, fixture.port().claimLengthMax());
    }

    /** Others would wait for as long as the client is as fast as the server. */
    @Test
    void shouldLetOthersComeBeforeTheRestOfWhoAsksForMuchAtOnce()
    {
        final int replyLength = 100_000;
        final int count = 200;
        final int highWater = 1 << 20;
        fixture = new TcpFixture(context().outboundHighWater(highWater));
        handler = new EchoHandler(fixture.port(), replyLength);
        final SocketClient client = fixture.connect();
        final byte[] requests = new byte[count * 5];
        for (int i = 0; i < count; i++)
        {
            requests[i * 5 + 3] = 1;
        }
        assertEquals(requests.length, client.send(requests));
        while (handler.frameCount() == 0)
        {
            fixture.port().poll(handler);
        }

        assertTrue(handler.frameCount() <= highWater / replyLength + 1, handler.frameCount() + " frames in one turn");
        final long[] received = { 0 };
        await("all replies", () ->
        {
            received[0] += client.receive().length;
            return received[0] == count * (4L + replyLength);
        });
    }

    @Test
    void shouldEndWhoHoldsMostWhenMemoryIsUsedUp()
    {
        final int length = 1 << 20;
        open(context().outboundMax(64 << 20).bufferBytesMax(48L << 20));
        final SocketClient modest = serve(fixture.connect());
        final long modestId = handler.lastConnectionId();
        final SocketClient greedy = serve(fixture.connect());
        final long greedyId = handler.lastConnectionId();
        final int[] claims = { 0 };

        // It reads nothing: what its socket does not take stays, until there is room for no further one.
        await("memory that is used up", () ->
        {
            if (fixture.port().memory().bytes(BufferPurpose.OUTBOUND) < 44L << 20 && fixture.port().claim(greedyId,
                length) != ClientPort.CLOSED)
            {
                fixture.port().commit();
                claims[0]++;
            }
            return fixture.port().memory().bytes(BufferPurpose.OUTBOUND) >= 44L << 20;
        });
        assertEquals(0, events.closed(CloseReason.NO_MEMORY));

        final long[] received = { 0 };
        final int replies = 8;
        for (int i = 0; i < replies; i++)
        {
            assertTrue(fixture.port().claim(modestId, length) != ClientPort.CLOSED, "reply " + i);
            fixture.port().commit();
        }
        await("what the modest one is sent", () ->
        {
            received[0] += modest.receive().length;
            return received[0] == (long)replies * length;
        });
        await("the end of the greedy one", () -> events.closed(CloseReason.NO_MEMORY) == 1);
        assertTrue(claims[0] > 40, "the greedy one has not much");
        assertEquals(1, fixture.port().connectionCount());
        serve(modest);
        greedy.disconnect();
    }
}
