/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.ClientPort;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests clients that read their replies late or not at all. */
class SlowReaderTest extends LimitsFixture
{
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
}
