/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.ClientPort;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests how the time is measured for which replies wait for their socket. */
class FlushStampTest
{
    private static final long MS = 1_000_000;
    private static final byte[] REQUEST = { 0, 0, 0, 1, 9 };

    private final CountingEvents events = new CountingEvents();
    private final AtomicLong nowNs = new AtomicLong(17 * MS);
    private TcpFixture fixture;
    private EchoHandler handler;

    private SocketClient open(final TransportContext context, final int replyLength)
    {
        fixture = new TcpFixture(context.events(events));
        handler = new EchoHandler(fixture.port(), replyLength);
        final SocketClient client = fixture.connect();
        client.send(REQUEST);
        fixture.await(handler, "the first reply", () -> events.flushedFrames() == 1);

        return client;
    }

    @AfterEach
    void close()
    {
        fixture.close();
    }

    private void reply(final int length)
    {
        assertTrue(fixture.port().claim(handler.lastConnectionId(), length) != ClientPort.CLOSED);
        fixture.port().commit();
    }

    @Test
    void shouldStampABatchOnceFromItsFirstReplyToTheSocket()
    {
        open(new TransportContext().nanoClock(nowNs::get), 1);
        assertEquals(0, events.longestFlushNs());

        reply(8);
        nowNs.addAndGet(5 * MS);
        reply(8);
        reply(8);
        nowNs.addAndGet(2 * MS);
        fixture.port().flush();
        fixture.port().flush();

        assertEquals(1 + 3, events.flushedFrames());
        assertEquals(2, events.flushes());
        assertEquals(7 * MS, events.longestFlushNs());
    }

    @Test
    void shouldCountWhatASlowReaderIsOwedWhenItsSocketHasTakenIt()
    {
        final int length = 4 << 20;
        final SocketClient client = open(new TransportContext().nanoClock(nowNs::get), 1);
        reply(length);
        reply(length);
        fixture.port().flush();
        assertEquals(1, events.flushedFrames(), "the socket takes less than this");

        nowNs.addAndGet(30 * MS);
        final long[] received = { 0 };
        fixture.await(handler, "everything", () ->
        {
            received[0] += client.receive().length;
            return received[0] == 2L * length + Integer.BYTES + 1;
        });

        fixture.await(handler, "the stamp", () -> events.flushedFrames() == 3);
        assertEquals(30 * MS, events.longestFlushNs());
    }

    @Test
    void shouldStampAcrossRingsWhateverTheWayOfAReply()
    {
        // The clock advances a little with each reading, so a stamp that was never written would be far off.
        final int ringLength = 64 << 10;
        final SocketClient client = open(new TransportContext().nanoClock(() -> nowNs.addAndGet(100))
            .threading(Threading.DEDICATED).gateways(1).ringLength(ringLength), 1);
        final int[] lengths = { 8, ringLength / 2, 100, 3 * ringLength, 8 };
        long bytes = Integer.BYTES + 1;
        for (final int length : lengths)
        {
            reply(length);
            bytes += length;
        }
        fixture.port().flush();

        final long all = bytes;
        final long[] received = { 0 };
        fixture.await(handler, "everything", () ->
        {
            received[0] += client.receive().length;
            return received[0] == all && 1 + lengths.length == events.flushedFrames();
        });
        assertTrue(events.longestFlushNs() >= 100 && events.longestFlushNs() < MS * 1000, "took " +
            events.longestFlushNs());
    }
}
