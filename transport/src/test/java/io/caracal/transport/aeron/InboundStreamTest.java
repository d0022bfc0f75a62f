/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.DirectMemory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads streams in which something is wrong, from a publication of the same driver. */
class InboundStreamTest
{
    private static final String CHANNEL = "aeron:ipc";
    private static final int STREAM_ID = 7;
    private static final int LENGTH_MAX = 8;
    private static final long PEER = 2;
    private static final int FRAGMENTS = 16;
    private static final int INVOCATIONS = 16;

    private final PeerCluster cluster = new PeerCluster(context -> context, 1, PEER);
    private final DirectMemory memory = new DirectMemory(1 << 20);
    private final BufferClaim claim = new BufferClaim();
    private final Taken taken = new Taken();
    private final EmbeddedDriver driver;
    private final ExclusivePublication publication;
    private final InboundStream stream;
    private long polls;

    InboundStreamTest()
    {
        cluster.start(1);
        driver = cluster.port(1).driver();
        publication = driver.aeron().addExclusivePublication(CHANNEL, STREAM_ID);
        stream = subscribe();
    }

    @AfterEach
    void close()
    {
        stream.close();
        cluster.close();
        assertEquals(0, memory.totalBytes());
    }

    /** Takes all messages and keeps them. */
    private static final class Taken implements PeerHandler
    {
        private final List<String> messages = new ArrayList<>();

        @Override
        public void onLinkUp(final long serverId, final long generation)
        {
            throw new AssertionError("a link");
        }

        @Override
        public void onLinkDown(final long serverId, final long generation, final LinkEnd end)
        {
            throw new AssertionError("a link");
        }

        @Override
        public boolean onMessage(final long serverId, final PeerStream from, final DirectBuffer buffer,
            final int offset, final int length)
        {
            return messages.add(buffer.getStringWithoutLengthAscii(offset, length));
        }
    }

    @Test
    void shouldTakeMessagesThatFollowEachOther()
    {
        begin();
        send(PieceHeader.FIRST, 2, 5, "lo");
        send(PieceHeader.NEXT, 3, 5, "ng");
        poll();
        send(PieceHeader.NEXT, 4, 5, "s");
        send(PieceHeader.WHOLE, 5, 3, "end");
        poll();
        assertEquals(List.of("one", "longs", "end"), taken.messages);
        assertNull(stream.lossReason());
    }

    @Test
    void shouldTakeNothingOfAStreamThatItJoinedInTheMiddle()
    {
        begin();
        invoke();
        final InboundStream late = subscribe();
        assertTrue(late.lossReason().contains("joined at"), late::lossReason);
        assertFalse(late.hasImage());
        send(PieceHeader.HELLO, 0, 1, "h");
        assertFalse(late.pollHello());
        late.close();
    }

    @Test
    void shouldBeLostWhenAnotherStreamComesInItsPlace()
    {
        begin();
        driver.aeron().addExclusivePublication(CHANNEL, STREAM_ID);
        invoke();
        assertEnded("came a second time");
    }

    @Test
    void shouldBeLostWhenItsSenderEnds()
    {
        begin();
        publication.revoke();
        cluster.await("its end", () -> stream.lossReason() != null);
        assertEnded("ended");
    }

    @ParameterizedTest
    @CsvSource({ "2, 0, 1, h, has a message out of place", "3, 0, 2, h, has a message out of place",
        "4, 0, 2, h, has a piece out of place", "1, 0, 1, x, does not begin as agreed", "1, 1, 1, h, has a hole" })
    void shouldNotBeProvenByWhatIsNotTheAgreedMessage(final int kind, final int sequence, final int messageLength,
        final String text, final String loss)
    {
        send(kind, sequence, messageLength, text);
        assertFalse(stream.pollHello());
        send(PieceHeader.HELLO, sequence, 1, "h");
        assertFalse(stream.pollHello());
        assertEnded(loss);
    }

    @ParameterizedTest
    @CsvSource({ "2, 1, 3, two, has a hole", "2, 3, 3, two, has a hole", "1, 2, 1, h, does not begin as agreed",
        "5, 2, 3, two, has a message of an unknown kind", "2, 2, 4, two, has a message out of place",
        "3, 2, 3, two, has a message out of place", "3, 2, 9, two, 'has a message of 9 bytes, more than 8'",
        "4, 2, 3, two, has a piece out of place" })
    void shouldBeLostAtAMessageThatIsOutOfPlace(final int kind, final int sequence, final int messageLength,
        final String text, final String loss)
    {
        begin();
        send(kind, sequence, messageLength, text);
        send(PieceHeader.WHOLE, 2, 3, "two");
        poll();
        assertEquals(List.of("one"), taken.messages);
        assertEnded(loss);
    }

    @ParameterizedTest
    @CsvSource({ "2, 3, has a message out of place", "3, 5, has a message out of place",
        "4, 6, has a piece out of place", "4, 5, has a piece that is too long" })
    void shouldBeLostAtAPieceThatDoesNotContinueAMessage(final int kind, final int messageLength, final String loss)
    {
        begin();
        send(PieceHeader.FIRST, 2, 5, "long");
        send(kind, 3, messageLength, "two");
        poll();
        assertEquals(List.of("one"), taken.messages);
        assertEnded(loss);
    }

    /** Sends the agreed first message and one more, and reads both. */
    private void begin()
    {
        send(PieceHeader.HELLO, 0, 1, "h");
        send(PieceHeader.WHOLE, 1, 3, "one");
        assertTrue(stream.pollHello());
        assertEquals(List.of(), taken.messages);
        poll();
        assertEquals(List.of("one"), taken.messages);
    }

    /** Asserts that the stream is lost and that nothing of it is delivered any more. */
    private void assertEnded(final String loss)
    {
        assertEquals("stream LIVE " + loss, stream.lossReason());
        final int before = taken.messages.size();
        assertEquals(0, poll());
        assertEquals(before, taken.messages.size());
    }

    private InboundStream subscribe()
    {
        final InboundStream subscribed = new InboundStream(PeerStream.LIVE, PEER, LENGTH_MAX, memory,
            (buffer, offset, length) -> length == 1 && buffer.getByte(offset) == 'h');
        driver.aeron().addSubscription(CHANNEL, STREAM_ID, subscribed::onImage, subscribed::onImageGone);
        invoke();

        return subscribed;
    }

    /** Runs driver and client, which work on this thread, as often as any of their news needs. */
    private void invoke()
    {
        for (int i = 0; i < INVOCATIONS; i++)
        {
            driver.invoke();
        }
    }

    private int poll()
    {
        return stream.poll(taken, FRAGMENTS, ++polls);
    }

    private void send(final int kind, final int sequence, final int messageLength, final String text)
    {
        assertTrue(publication.tryClaim(text.length(), claim) > 0);
        claim.buffer().putStringWithoutLengthAscii(claim.offset(), text);
        claim.reservedValue(PieceHeader.pack(kind, sequence, messageLength)).commit();
    }
}
