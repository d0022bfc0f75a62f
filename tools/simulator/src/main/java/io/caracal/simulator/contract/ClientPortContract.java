/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.caracal.engine.port.ClientPort;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ClientPort} does, whether its clients are real or simulated. */
public abstract class ClientPortContract
{
    /** Longest frame that a client may send to the port under test. */
    protected static final int FRAME_LENGTH_MAX = 300_000;

    /** Unsent bytes after which the port under test ends a connection. */
    protected static final int OUTBOUND_MAX = 8 << 20;

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final RecordingClientHandler handler = new RecordingClientHandler();
    private final Map<ClientPortFixture.Client, ByteArrayOutputStream> receivedBy = new HashMap<>();
    private ClientPortFixture fixture;
    private ClientPort port;
    private ClientPortFixture.Client slowSender;
    private byte[] slowBytes = {};
    private int slowSent;

    /**
     * Opens the adapter under test.
     *
     * @param frameLengthMax longest frame that a client may send.
     * @param outboundMax    unsent bytes after which a connection is ended.
     * @return the adapter, closed by the test.
     */
    protected abstract ClientPortFixture open(int frameLengthMax, int outboundMax);

    @BeforeEach
    void openPort()
    {
        fixture = open(FRAME_LENGTH_MAX, OUTBOUND_MAX);
        port = fixture.port();
    }

    @AfterEach
    void closePort()
    {
        fixture.close();
        assertEquals(List.of(), handler.complaints());
    }

    @Test
    void shouldAnnounceAConnectionWithItsFirstWholeFrame()
    {
        final ClientPortFixture.Client client = fixture.connect();
        send(client, Bytes.prefix(5));
        send(client, "hell".getBytes(StandardCharsets.ISO_8859_1));
        exchangeWithAnother();
        assertEquals(1, handler.connected().size());
        send(client, new byte[]{ 'o' });
        await("the frame", () -> handler.frames().size() == 2);
        assertEquals(List.of("hello"), handler.framesOf(handler.connected().get(1)));
    }

    @Test
    void shouldDeliverFramesInOrderWhereverTheyAreSplit()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final byte[] stream = Bytes.framed("first", "", "second", "x");

        for (int i = 0; i < stream.length; i++)
        {
            send(client, new byte[]{ stream[i] });
            port.poll(handler);
        }

        await("four frames", () -> handler.frames().size() == 4);
        assertEquals(List.of("first", "", "second", "x"), handler.framesOf(onlyConnection()));
    }

    @Test
    void shouldDeliverFramesOfEveryCutIntoTwo()
    {
        final byte[] stream = Bytes.framed("alpha", "beta", "");

        for (int cut = 0; cut <= stream.length; cut++)
        {
            final int before = handler.frames().size();
            final ClientPortFixture.Client client = fixture.connect();
            send(client, Arrays.copyOf(stream, cut));
            port.poll(handler);
            send(client, Arrays.copyOfRange(stream, cut, stream.length));
            await("three frames", () -> before + 3 == handler.frames().size());
            final long id = handler.connected().get(handler.connected().size() - 1);
            assertEquals(List.of("alpha", "beta", ""), handler.framesOf(id));
        }
    }

    @Test
    void shouldDeliverManyFramesOfOneSegmentInOrder()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final String[] frames = new String[20_000];

        for (int i = 0; i < frames.length; i++)
        {
            frames[i] = "frame " + i;
        }

        send(client, Bytes.framed(frames));
        await("all frames", () -> frames.length == handler.frames().size());
        assertEquals(List.of(frames), handler.framesOf(onlyConnection()));
    }

    @Test
    void shouldDeliverAFrameOfExactlyTheLimitBetweenOthers()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final String longest = Bytes.letters(FRAME_LENGTH_MAX, 1);
        send(client, Bytes.framed("before", longest, "after", longest));
        await("four frames", () -> handler.frames().size() == 4);
        assertEquals(List.of("before", longest, "after", longest), handler.framesOf(onlyConnection()));
    }

    @Test
    void shouldEndAConnectionThatClaimsATooLongFrame()
    {
        shouldEndAfterPrefix(FRAME_LENGTH_MAX + 1);
    }

    @Test
    void shouldEndAConnectionThatClaimsANegativeLength()
    {
        shouldEndAfterPrefix(-1);
    }

    @Test
    void shouldEndAConnectionThatBeginsBadlyWithoutAWord()
    {
        final ClientPortFixture.Client client = fixture.connect();
        send(client, Bytes.prefix(Integer.MIN_VALUE));
        await("the end", client::isEnded);
        assertEquals(List.of(), handler.connected());
    }

    @Test
    void shouldKeepARefusedFrameUntilResumed()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        handler.isRefusing(id, true);
        send(client, Bytes.framed("refused", "next", "last"));
        await("the refusal", () -> handler.refusalCount() == 1);
        exchangeWithAnother();
        exchangeWithAnother();
        assertEquals(List.of("announce"), handler.framesOf(id));

        resume(id);
        await("the second refusal", () -> handler.refusalCount() == 2);
        handler.isRefusing(id, false);
        resume(id);
        await("the frames", () -> handler.framesOf(id).size() == 4);
        assertEquals(List.of("announce", "refused", "next", "last"), handler.framesOf(id));
    }

    @Test
    void shouldTellWhatItWaitsForAtAConnection()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        assertEquals(ClientPort.TO_READ, port.interestOps(id));

        handler.isRefusing(id, true);
        send(client, Bytes.framed("refused"));
        await("nothing to be waited for", () -> port.interestOps(id) == 0);

        handler.isRefusing(id, false);
        resume(id);
        await("requests to be waited for again", () -> port.interestOps(id) == ClientPort.TO_READ);
    }

    @Test
    void shouldKeepWhatFollowsARefusedFrameInOrder()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        final List<String> expected = new ArrayList<>(List.of("announce"));
        handler.isRefusing(id, true);

        for (int i = 0; i < 200; i++)
        {
            final String frame = Bytes.letters(1 + i * 13, i);
            expected.add(frame);
            send(client, Bytes.framed(frame));
            port.poll(handler);
        }

        final String large = Bytes.letters(FRAME_LENGTH_MAX, 3);
        expected.add(large);
        trySend(client, Bytes.framed(large));
        await("the refusal", () -> handler.refusalCount() == 1);
        handler.isRefusing(id, false);
        resume(id);
        await("all frames", () -> expected.size() == handler.framesOf(id).size());
        assertEquals(expected, handler.framesOf(id));
    }

    @Test
    void shouldAnnounceOnceThoughTheFirstFrameIsRefused()
    {
        final ClientPortFixture.Client client = fixture.connect();
        handler.isRefusingNew(true);
        send(client, Bytes.framed("once"));
        await("the refusal", () -> handler.refusalCount() == 1);
        handler.isRefusingNew(false);
        final long id = onlyConnection();
        handler.isRefusing(id, false);
        resume(id);
        await("the frame", () -> handler.framesOf(id).size() == 1);
        assertEquals(List.of(id), handler.connected());
    }

    @Test
    void shouldIgnoreResumeAndCloseOfWhoIsNotConcerned()
    {
        final long id = announce(fixture.connect());
        port.resume(id);
        port.resume(id + 1_000_000_007L);
        port.resume(Long.MAX_VALUE);
        port.close(id + 1_000_000_007L);
        port.close(Long.MAX_VALUE);
        exchangeWithAnother();
        assertEquals(List.of(), handler.disconnected());
        assertEquals(ClientPort.CLOSED, port.claim(Long.MAX_VALUE, 8));
    }

    @Test
    void shouldSendExactlyWhatWasCommitted()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        final List<String> sent = new ArrayList<>();

        for (final int length : new int[]{ 0, 1, 7, 4000, 4092, 4096, 65_531, 65_532, 65_536, 100, 1_000_000, 3 })
        {
            final String frame = Bytes.letters(length, length);
            sent.add(frame);
            reply(id, frame);
        }

        await("all replies", () -> sent.size() == receivedFrames(client).size());
        assertEquals(sent, receivedFrames(client));
    }

    @Test
    void shouldSendTheRepliesOfManyConnectionsToTheirOwn()
    {
        final List<ClientPortFixture.Client> clients = new ArrayList<>();
        final List<Long> ids = new ArrayList<>();

        for (int i = 0; i < 20; i++)
        {
            clients.add(fixture.connect());
            ids.add(announce(clients.get(i)));
        }

        for (int round = 0; round < 100; round++)
        {
            for (int i = 0; i < ids.size(); i++)
            {
                reply(ids.get(i), Bytes.letters(10 + round, i));
            }
        }

        for (int i = 0; i < ids.size(); i++)
        {
            final ClientPortFixture.Client client = clients.get(i);
            await("all replies", () -> receivedFrames(client).size() == 100);

            for (int round = 0; round < 100; round++)
            {
                assertEquals(Bytes.letters(10 + round, i), receivedFrames(client).get(round));
            }
        }
    }

    @Test
    void shouldCloseAfterEverythingWasSent()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        final String large = Bytes.letters(1_000_000, 5);
        reply(id, "last words");
        reply(id, large);
        port.close(id);
        assertEquals(List.of(), handler.disconnected());
        assertEquals(ClientPort.CLOSED, port.claim(id, 8));
        await("the end", () -> receivedFrames(client).size() == 2 && client.isEnded());
        assertEquals(List.of("last words", large), receivedFrames(client));
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        port.close(id);
        exchangeWithAnother();
        assertEquals(List.of(id), handler.disconnected());
    }

    @Test
    void shouldDeliverNothingAfterClose()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        handler.isRefusing(id, true);
        send(client, Bytes.framed("refused", "never"));
        await("the refusal", () -> handler.refusalCount() == 1);
        handler.isRefusing(id, false);
        port.close(id);
        handler.onResume(id);
        port.resume(id);
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        exchangeWithAnother();
        assertEquals(List.of("announce"), handler.framesOf(id));
    }

    @Test
    void shouldTellOnceThatAClientLeft()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        client.disconnect();
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(ClientPort.CLOSED, port.claim(id, 8));
        exchangeWithAnother();
        assertEquals(List.of(id), handler.disconnected());
    }

    @Test
    void shouldDeliverWhatCameBeforeTheEnd()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        handler.isRefusing(id, true);
        send(client, Bytes.framed("one", "two"));
        client.disconnect();
        await("the refusal", () -> handler.refusalCount() == 1);
        exchangeWithAnother();
        assertEquals(List.of(), handler.disconnected());
        handler.isRefusing(id, false);
        resume(id);
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(List.of("announce", "one", "two"), handler.framesOf(id));
    }

    @Test
    void shouldForgetAClientThatLeavesWithoutAWord()
    {
        final ClientPortFixture.Client client = fixture.connect();
        send(client, new byte[]{ 0, 0 });
        client.disconnect();
        exchangeWithAnother();
        exchangeWithAnother();
        assertEquals(2, handler.connected().size());
        assertEquals(List.of(), handler.disconnected());
    }

    @Test
    void shouldNeverUseAnIdTwice()
    {
        for (int i = 0; i < 50; i++)
        {
            final ClientPortFixture.Client client = fixture.connect();
            announce(client);
            client.disconnect();
            final int ended = i + 1;
            await("onDisconnect", () -> ended == handler.disconnected().size());
        }

        assertEquals(50, new HashSet<>(handler.connected()).size());
    }

    @Test
    void shouldEndAClientThatNeverReadsAndServeTheOthers()
    {
        final ClientPortFixture.Client deaf = fixture.connect();
        final long id = announce(deaf);
        final String event = Bytes.letters(60_000, 9);
        int eventCount = 0;

        while (tryReply(id, event))
        {
            eventCount++;
            port.poll(handler);
            assertTrue(eventCount < 10_000, "the port keeps everything for a client that never reads");
        }

        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(ClientPort.CLOSED, port.claim(id, 8));
        exchangeWithAnother();
    }

    private void shouldEndAfterPrefix(final int length)
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = announce(client);
        send(client, Bytes.framed("good"));
        send(client, Bytes.prefix(length));
        await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(List.of("announce", "good"), handler.framesOf(id));
        await("the end at the client", client::isEnded);
        exchangeWithAnother();
    }

    /** A whole request and reply of some other client: whatever was under way before has had its chance. */
    private void exchangeWithAnother()
    {
        final ClientPortFixture.Client other = fixture.connect();
        final long id = announce(other);
        reply(id, "reply");
        await("the reply of another", () -> List.of("reply").equals(receivedFrames(other)));
    }

    private long announce(final ClientPortFixture.Client client)
    {
        final int before = handler.connected().size();
        send(client, Bytes.framed("announce"));
        await("the first frame", () -> handler.connected().size() == before + 1 &&
            handler.framesOf(handler.connected().get(before)).equals(List.of("announce")));

        return handler.connected().get(before);
    }

    private long onlyConnection()
    {
        assertEquals(1, handler.connected().size());

        return handler.connected().get(0);
    }

    private void resume(final long id)
    {
        handler.onResume(id);
        port.resume(id);
    }

    private void reply(final long id, final String frame)
    {
        assertTrue(tryReply(id, frame), "the connection is closed");
    }

    private boolean tryReply(final long id, final String frame)
    {
        final byte[] bytes = Bytes.framed(frame);
        final int at = port.claim(id, bytes.length);

        if (at == ClientPort.CLOSED)
        {
            return false;
        }

        assertTrue(at >= 0, "an answer of claim: " + at);
        port.claimed().putBytes(at, bytes);
        port.commit();

        return true;
    }

    private void send(final ClientPortFixture.Client client, final byte[] bytes)
    {
        final int[] sent = { 0 };
        await("the connection to take bytes", () ->
        {
            if (sent[0] < bytes.length)
            {
                sent[0] += client.send(bytes, sent[0], bytes.length - sent[0]);
            }

            return sent[0] == bytes.length;
        });
    }

    /**
     * As send, but for a connection that may not be read from: what it does not take is sent along by later waits.
     */
    private void trySend(final ClientPortFixture.Client client, final byte[] bytes)
    {
        slowSender = client;
        slowBytes = bytes;
        slowSent = 0;
        sendAlong();
    }

    private List<String> receivedFrames(final ClientPortFixture.Client client)
    {
        final ByteArrayOutputStream received = receivedBy.computeIfAbsent(client,
            key -> new ByteArrayOutputStream());
        received.writeBytes(client.receive());

        return Bytes.frames(received.toByteArray());
    }

    private void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;

        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                fail("waited in vain for " + what);
            }

            if (port.poll(handler) == 0)
            {
                LockSupport.parkNanos(PAUSE_NS);
            }

            sendAlong();
        }
    }

    private void sendAlong()
    {
        if (slowSent < slowBytes.length)
        {
            slowSent += slowSender.send(slowBytes, slowSent, slowBytes.length - slowSent);
        }
    }
}
