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
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests how many connections there may be, and how long their handshakes may take. */
class ConnectionLimitsTest extends LimitsFixture
{
    private static final int UNFINISHED_WANTED = 10_000;
    private static final int DESCRIPTORS_SPARE = 500;

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
        // A gateway of its own tells this last, after it has made room.
        await("room", () -> events.closed(CloseReason.BY_CLIENT) == 1);
        assertEquals(3, fixture.port().connectionCount());
        serve(fixture.connectFrom("127.0.0.1"));
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldTurnAwayTooManyInAll(final Threading threading)
    {
        open(context().threading(threading).gateways(2).connectionsMax(2));
        final SocketClient first = serve(fixture.connectFrom("127.0.0.2"));
        serve(fixture.connectFrom("127.0.0.3"));
        turnAway("127.0.0.4");
        assertEquals(1, events.rejected(RejectReason.TOTAL_LIMIT));
        first.disconnect();
        await("room", () -> events.closed(CloseReason.BY_CLIENT) == 1);
        serve(fixture.connectFrom("127.0.0.4"));
        turnAway("127.0.0.5");
        assertEquals(2, events.rejected(RejectReason.TOTAL_LIMIT));
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldApplyNewLimitsToNewConnectionsOnly(final Threading threading)
    {
        open(context().threading(threading).gateways(2).connectionsPerAddressMax(2));
        final List<SocketClient> clients = List.of(serve(fixture.connectFrom("127.0.0.2")), serve(fixture.connectFrom(
            "127.0.0.2")));
        fixture.port().connectionLimits(1, 3);
        turnAway("127.0.0.2");
        assertEquals(1, events.rejected(RejectReason.ADDRESS_LIMIT));
        serve(fixture.connectFrom("127.0.0.3"));
        turnAway("127.0.0.4");
        assertEquals(1, events.rejected(RejectReason.TOTAL_LIMIT));
        clients.forEach(this::serve);
        fixture.port().connectionLimits(0, 0);
        serve(fixture.connectFrom("127.0.0.2"));
    }

    private void turnAway(final String source)
    {
        final SocketClient client = fixture.connectFrom(source);
        await("its end", client::isEnded);
    }

    @Test
    void shouldAllowAnyNumberWhenLimitsAreOff()
    {
        open(context().connectionsPerAddressMax(0));
        serve(fixture.connect());
        final long first = handler.lastConnectionId();

        for (int i = 1; i < 100; i++)
        {
            serve(fixture.connect());
        }

        assertEquals(100, fixture.port().connectionCount());
        assertEquals(ClientPort.TO_READ, fixture.port().interestOps(first));
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
        // Both ends live in this process, so each connection takes two descriptors.
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

    private static int descriptorLimit()
    {
        final UnixOperatingSystemMXBean system =
            (UnixOperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();

        return (int)Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount());
    }
}
