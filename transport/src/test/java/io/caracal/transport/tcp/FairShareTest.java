/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody gets so much at once that others have to wait for it. */
class FairShareTest extends LimitsFixture
{
    /** Length of a frame with its prefix. */
    private static final int WHOLE_LENGTH = 64;

    @Test
    void shouldServeEachOfManyBusyConnectionsInEveryRound()
    {
        assertTrue(framesOfOnePoll(8) <= 8L * FrameReader.RECEIVE_LENGTH / WHOLE_LENGTH, "a bite is not bounded");
    }

    @Test
    void shouldBoundWhatARoundTakesOfAllConnectionsTogether()
    {
        final int connections = 2 * TcpGateway.POLL_BYTES_MAX / FrameReader.BITE_LENGTH;

        assertTrue(framesOfOnePoll(connections) <= (TcpGateway.POLL_BYTES_MAX + FrameReader.RECEIVE_LENGTH) /
            WHOLE_LENGTH, "a round is not bounded");
    }

    /** Returns how many frames one poll takes of connections that have sent more than a bite each. */
    private long framesOfOnePoll(final int connections)
    {
        open(context());
        final List<SocketClient> clients = new ArrayList<>();
        final byte[] bulk = new byte[1 << 20];

        for (int i = 0; i < bulk.length; i += WHOLE_LENGTH)
        {
            ByteBuffer.wrap(bulk).putInt(i, WHOLE_LENGTH - Integer.BYTES);
        }

        for (int i = 0; i < connections; i++)
        {
            clients.add(serve(fixture.connect()));
        }

        final long before = handler.frameCount();
        final long all = before + clients.stream().mapToLong(client -> client.send(bulk) / WHOLE_LENGTH).sum();
        await("the first poll that finds something", () -> handler.frameCount() > before);
        final long frames = handler.frameCount() - before;
        await("all frames", () ->
        {
            clients.forEach(SocketClient::receive);
            return handler.frameCount() >= all;
        });

        return frames;
    }

    /** Otherwise others would wait as long as the client keeps up with the server. */
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
        await("the first turn", () -> handler.frameCount() > 0);

        assertTrue(handler.frameCount() <= highWater / replyLength + 1, handler.frameCount() + " frames in one turn");
        final long[] received = { 0 };
        await("all replies", () ->
        {
            received[0] += client.receive().length;
            return received[0] == count * (4L + replyLength);
        });
    }
}
