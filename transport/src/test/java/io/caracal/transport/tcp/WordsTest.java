/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import io.caracal.transport.WordHandler;
import io.caracal.transport.WordPort;
import io.caracal.transport.Words;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest
{
    private static final int ANSWER_MAX = 256 << 10;

    private final CountingEvents events = new CountingEvents();
    private final CachedNanoClock clock = new CachedNanoClock();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Long> gone = new ConcurrentLinkedQueue<>();
    private TcpFixture fixture;
    private EchoHandler handler;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldHandOverAWordAndCloseAfterItsAnswer(final Threading threading)
    {
        open(threading);
        final SocketClient client = fixture.connect();
        client.send(ascii("ruok"));
        final Asked question = awaitWord();
        assertEquals(Words.RUOK, question.word());
        assertEquals(client.localPort(), question.remote().getPort());
        answer(question.connectionId(), "im");
        answer(question.connectionId(), "ok");
        fixture.port().finish(question.connectionId());
        await("the end", client::isEnded);
        assertEquals("imok", text(client.receive()));
        assertEquals(WordPort.GONE, tryAnswer(question.connectionId(), "late"));
        assertEquals(0, handler.connectCount());
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldHandOverAWordThatComesInPieces(final Threading threading)
    {
        open(threading);
        final SocketClient client = fixture.connect();

        for (final byte letter : ascii("srvr"))
        {
            assertEquals(0, asked.size());
            client.send(new byte[]{ letter });
            pollSome();
        }

        assertEquals(Words.SRVR, awaitWord().word());
    }

    @Test
    void shouldWaitForTheArgumentOfStmk()
    {
        open(Threading.SHARED);
        final SocketClient client = fixture.connect();
        final byte[] bytes = ByteBuffer.allocate(12).put(ascii("stmk")).putLong(0x0102030405060708L).array();
        client.send(bytes, 0, 11);
        pollSome();
        assertEquals(0, asked.size());
        client.send(bytes, 11, 1);
        final Asked question = awaitWord();
        assertEquals(Words.STMK, question.word());
        assertEquals(0x0102030405060708L, question.argument());
    }

    @Test
    void shouldCloseQuietlyOnTelnetInterrupt()
    {
        open(Threading.SHARED);
        final SocketClient client = fixture.connect();
        client.send(new byte[]{ (byte)0xff, (byte)0xf4, (byte)0xff, (byte)0xfd });
        await("the end", client::isEnded);
        assertEquals("", text(client.receive()));
        assertEquals(1, events.closed(CloseReason.TELNET_INTERRUPT));
    }

    @Test
    void shouldTakeAnUnknownWordForALength()
    {
        open(Threading.SHARED);
        final SocketClient client = fixture.connect();
        client.send(ascii("quit"));
        await("the end", client::isEnded);
        assertEquals(0, asked.size());
        assertEquals(1, events.closed(CloseReason.FRAME_LENGTH));
        assertEquals(0x71756974, events.frameLength());
        assertTrue(events.frameLengthClient().getAddress().isLoopbackAddress(), () -> "" + events.frameLengthClient());
    }

    @Test
    void shouldTakeAWordAfterTheFirstFrameForALength()
    {
        open(Threading.SHARED);
        final SocketClient client = fixture.connect();
        client.send(new byte[]{ 0, 0, 0, 1, 42 });
        client.send(ascii("ruok"));
        await("the end", client::isEnded);
        assertEquals(0, asked.size());
        assertEquals(1, handler.frameCount());
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldAnswerThoughTheClientEndedItsSideAndSentMore(final Threading threading)
    {
        open(threading);
        final SocketClient client = fixture.connect();
        client.send(ascii("mntr\nand more that nobody reads\n"));
        client.shutdownOutput();
        final Asked question = awaitWord();
        answer(question.connectionId(), "zk_version");
        fixture.port().finish(question.connectionId());
        await("the end", client::isEnded);
        assertEquals("zk_version", text(client.receive()));
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldSendALongAnswerFromAnotherThreadAndBoundWhatIsUnsent(final Threading threading) throws Exception
    {
        open(threading);
        final SocketClient client = fixture.connect();
        client.send(ascii("wchp"));
        final long id = awaitWord().connectionId();
        final int pieces = 2000;
        final boolean[] wasBehind = { false };
        final Thread answering = new Thread(() ->
        {
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);

            for (int i = 0; i < pieces; i++)
            {
                final String piece = String.format(Locale.ROOT, "%06d", i) + "x".repeat(9993) + "\n";
                int outcome;

                while ((outcome = tryAnswer(id, piece)) == WordPort.BEHIND && System.nanoTime() - deadlineNs < 0)
                {
                    wasBehind[0] = true;
                    LockSupport.parkNanos(10_000);
                }

                assertEquals(WordPort.ACCEPTED, outcome);
            }

            fixture.port().finish(id);
        });
        answering.start();
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        await("someone to be behind", () -> wasBehind[0]);
        await("the whole answer", () ->
        {
            received.writeBytes(client.receive());
            return client.isEnded();
        });
        received.writeBytes(client.receive());
        answering.join(TimeUnit.SECONDS.toMillis(30));
        final byte[] whole = received.toByteArray();
        assertEquals(pieces * 10_000, whole.length);

        for (int i = 0; i < pieces; i++)
        {
            assertEquals(String.format(Locale.ROOT, "%06d", i), text(whole, i * 10_000, 6));
        }
    }

    @Test
    void shouldTellThatNobodyWaitsForAnAnswerAnyMore()
    {
        open(Threading.SHARED);
        final SocketClient client = fixture.connect();
        client.send(ascii("dump"));
        final long id = awaitWord().connectionId();
        client.reset();
        await("the news", () ->
        {
            tryAnswer(id, "x".repeat(1000));
            return gone.contains(id);
        });
        assertEquals(WordPort.GONE, tryAnswer(id, "y"));
    }

    @Test
    void shouldCloseAWordWithoutProgress()
    {
        open(Threading.SHARED);
        final SocketClient client = fixture.connect();
        client.send(ascii("cons"));
        final long id = awaitWord().connectionId();
        clock.advance(TimeUnit.SECONDS.toNanos(59));
        pollSome();
        assertEquals(0, events.closed(CloseReason.WORD_TIMEOUT));
        clock.advance(TimeUnit.SECONDS.toNanos(1));
        await("the end", client::isEnded);
        assertEquals(1, events.closed(CloseReason.WORD_TIMEOUT));
        assertTrue(gone.contains(id));
    }

    @Test
    void shouldBePatientWithAWordWhoseAnswerIsReadSlowly()
    {
        open(Threading.SHARED);
        final SocketClient client = fixture.connect();
        client.send(ascii("cons"));
        answer(awaitWord().connectionId(), "x".repeat(32 << 20));
        await("what the socket does not take", () -> unsentBytes() > 0);

        for (int i = 0; i < 3; i++)
        {
            clock.advance(TimeUnit.SECONDS.toNanos(59));
            final long before = unsentBytes();
            await("progress", () ->
            {
                client.receive();
                return unsentBytes() < before;
            });
        }

        assertEquals(0, events.closed(CloseReason.WORD_TIMEOUT));
    }

    @Test
    void shouldCloseWordsThatNobodyHandles()
    {
        fixture = new TcpFixture(new TransportContext().events(events));
        handler = new EchoHandler(fixture.port(), 8);
        final SocketClient client = fixture.connect();
        client.send(ascii("ruok"));
        await("the end", client::isEnded);
        assertEquals("", text(client.receive()));
    }

    private void open(final Threading threading)
    {
        fixture = new TcpFixture(new TransportContext().events(events).threading(threading).gateways(2)
            .wordAnswerMax(ANSWER_MAX).nanoClock(clock).wordHandler(new Asking()));
        handler = new EchoHandler(fixture.port(), 8);
    }

    private long unsentBytes()
    {
        return fixture.port().memory().bytes(BufferPurpose.OUTBOUND);
    }

    private Asked awaitWord()
    {
        await("the word", () -> !asked.isEmpty());

        return asked.remove();
    }

    private void await(final String what, final BooleanSupplier condition)
    {
        fixture.await(handler, what, condition);
    }

    /** Completes an exchange with another client, after which everything sent before has been looked at. */
    private void pollSome()
    {
        final SocketClient other = fixture.connect();
        other.send(new byte[]{ 0, 0, 0, 1, 7 });
        await("the reply of another", () -> other.receive().length > 0);
        other.disconnect();
    }

    private void answer(final long id, final String text)
    {
        assertEquals(WordPort.ACCEPTED, tryAnswer(id, text));
    }

    private int tryAnswer(final long id, final String text)
    {
        final byte[] bytes = ascii(text);

        return fixture.port().answer(id, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(final byte[] bytes)
    {
        return text(bytes, 0, bytes.length);
    }

    private static String text(final byte[] bytes, final int offset, final int length)
    {
        return new String(bytes, offset, length, StandardCharsets.US_ASCII);
    }

    private record Asked(long connectionId, int word, long argument, InetSocketAddress remote)
    {
    }

    private final class Asking implements WordHandler
    {
        @Override
        public void onWord(final long connectionId, final int word, final long argument,
            final InetSocketAddress remote)
        {
            asked.add(new Asked(connectionId, word, argument, remote));
        }

        @Override
        public void onWordGone(final long connectionId)
        {
            gone.add(connectionId);
        }
    }
}
