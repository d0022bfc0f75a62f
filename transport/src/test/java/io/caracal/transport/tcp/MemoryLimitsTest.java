/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.ClientPort;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import io.caracal.transport.Threading;
import io.caracal.transport.WordHandler;
import io.caracal.transport.WordPort;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests how much memory a client may cost, by what it sends and by what is sent to it. */
class MemoryLimitsTest extends LimitsFixture
{
    private static final int REPLY_LENGTH = 1 << 20;
    private static final long USED_UP = 44L << 20;

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

    /** With its prefix the frame is a little longer than the block that its length alone would need. */
    @Test
    void shouldTakeAFrameOfWholePages()
    {
        final int frameLength = 2 << 20;
        open(context().frameLengthMax(frameLength));
        final SocketClient client = fixture.connect();
        final byte[] whole = ByteBuffer.allocate(Integer.BYTES + frameLength).putInt(frameLength).array();
        int sent = 0;

        while (sent < whole.length)
        {
            sent += client.send(Arrays.copyOfRange(whole, sent, Math.min(whole.length, sent + 100_000)));
            final int arrived = sent;
            await("the bytes", () -> arrived == events.received());
        }

        assertEquals(1, handler.frameCount());
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

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldTellHowLongAFrameMayBe(final Threading threading)
    {
        open(context().threading(threading).outboundMax(3 << 20));
        serve(fixture.connect());
        assertEquals(3 << 20, fixture.port().claimLengthMax());
    }

    @Test
    void shouldEndWhoHoldsMostWhenMemoryIsUsedUp()
    {
        open(context().outboundMax(64 << 20).bufferBytesMax(48L << 20));
        final SocketClient modest = serve(fixture.connect());
        final long modestId = handler.lastConnectionId();
        final SocketClient greedy = serve(fixture.connect());
        useUpMemory(handler.lastConnectionId());

        final long[] received = { 0 };
        final int replies = 8;
        for (int i = 0; i < replies; i++)
        {
            assertTrue(fixture.port().claim(modestId, REPLY_LENGTH) != ClientPort.CLOSED, "reply " + i);
            fixture.port().commit();
        }
        await("what the modest one is sent", () ->
        {
            received[0] += modest.receive().length;
            return received[0] == (long)replies * REPLY_LENGTH;
        });
        await("the end of the greedy one", () -> events.closed(CloseReason.NO_MEMORY) == 1);
        assertEquals(1, fixture.port().connectionCount());
        serve(modest);
        greedy.disconnect();
    }

    @Test
    void shouldEndWhoHoldsMostWhenAnAnswerToAWordFindsNoMemory()
    {
        final long[] asking = { 0 };
        open(context().outboundMax(64 << 20).bufferBytesMax(48L << 20).wordHandler(new WordHandler()
        {
            @Override
            public void onWord(final long connectionId, final int word, final long argument,
                final InetSocketAddress remote)
            {
                asking[0] = connectionId;
            }

            @Override
            public void onWordGone(final long connectionId)
            {
                // The answer that does not arrive tells.
            }
        }));
        final SocketClient greedy = serve(fixture.connect());
        useUpMemory(handler.lastConnectionId());
        final SocketClient operator = fixture.connect();
        operator.send("cons".getBytes(StandardCharsets.US_ASCII));
        await("the word", () -> asking[0] != 0);

        final byte[] answer = new byte[8 * REPLY_LENGTH];
        assertEquals(WordPort.ACCEPTED, fixture.port().answer(asking[0], new UnsafeBuffer(answer), 0, answer.length));
        fixture.port().finish(asking[0]);
        final long[] received = { 0 };
        await("the end of the answer", () ->
        {
            received[0] += operator.receive().length;
            return operator.isEnded();
        });
        received[0] += operator.receive().length;
        assertEquals(answer.length, received[0]);
        assertEquals(1, events.closed(CloseReason.NO_MEMORY));
        greedy.disconnect();
    }

    /** The client reads nothing. What its socket does not take stays, until there is room for few more replies. */
    private void useUpMemory(final long greedyId)
    {
        final int[] claims = { 0 };
        await("memory that is used up", () ->
        {
            if (fixture.port().memory().bytes(BufferPurpose.OUTBOUND) < USED_UP && fixture.port().claim(greedyId,
                REPLY_LENGTH) != ClientPort.CLOSED)
            {
                fixture.port().commit();
                claims[0]++;
            }
            return fixture.port().memory().bytes(BufferPurpose.OUTBOUND) >= USED_UP;
        });
        assertEquals(0, events.closed(CloseReason.NO_MEMORY));
        assertTrue(claims[0] > 40, "the greedy one has not much");
    }
}
