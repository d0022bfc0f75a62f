/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.ClientPort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that every {@link ClientPort} must pass, whether its clients are real or simulated. */
public abstract class ClientPortContract
{
    /** Length of the longest frame that a client may send to the port under test. */
    protected static final int FRAME_LENGTH_MAX = 300_000;

    /** Number of unsent bytes above which the port under test ends a connection. */
    protected static final int OUTBOUND_MAX = 8 << 20;

    private final RecordingClientHandler handler = new RecordingClientHandler();
    private ClientPortFixture fixture;
    private ClientPort port;
    private ClientPortDriver driver;

    /**
     * Opens the adapter under test.
     *
     * @param frameLengthMax length of the longest frame that a client may send.
     * @param outboundMax    number of unsent bytes above which a connection is ended.
     * @return the adapter, closed by the test.
     */
    protected abstract ClientPortFixture open(int frameLengthMax, int outboundMax);

    @BeforeEach
    void openPort()
    {
        fixture = open(FRAME_LENGTH_MAX, OUTBOUND_MAX);
        port = fixture.port();
        driver = new ClientPortDriver(fixture, handler);
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
        driver.send(client, Bytes.prefix(5));
        driver.send(client, "hell".getBytes(StandardCharsets.ISO_8859_1));
        driver.exchangeWithAnother();
        assertEquals(1, handler.connected().size());
        driver.send(client, new byte[]{ 'o' });
        driver.await("the frame", () -> handler.frames().size() == 2);
        assertEquals(List.of("hello"), handler.framesOf(handler.connected().get(1)));
    }

    @Test
    void shouldDeliverFramesInOrderWhereverTheyAreSplit()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final byte[] stream = Bytes.framed("first", "", "second", "x");

        for (int i = 0; i < stream.length; i++)
        {
            driver.send(client, new byte[]{ stream[i] });
            port.poll(handler);
        }

        driver.await("four frames", () -> handler.frames().size() == 4);
        assertEquals(List.of("first", "", "second", "x"), handler.framesOf(driver.onlyConnection()));
    }

    @Test
    void shouldDeliverFramesOfEveryCutIntoTwo()
    {
        final byte[] stream = Bytes.framed("alpha", "beta", "");

        for (int cut = 0; cut <= stream.length; cut++)
        {
            final int before = handler.frames().size();
            final ClientPortFixture.Client client = fixture.connect();
            driver.send(client, Arrays.copyOf(stream, cut));
            port.poll(handler);
            driver.send(client, Arrays.copyOfRange(stream, cut, stream.length));
            driver.await("three frames", () -> before + 3 == handler.frames().size());
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

        driver.send(client, Bytes.framed(frames));
        driver.await("all frames", () -> frames.length == handler.frames().size());
        assertEquals(List.of(frames), handler.framesOf(driver.onlyConnection()));
    }

    @Test
    void shouldDeliverAFrameOfExactlyTheLimitBetweenOthers()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final String longest = Bytes.letters(FRAME_LENGTH_MAX, 1);
        driver.send(client, Bytes.framed("before", longest, "after", longest));
        driver.await("four frames", () -> handler.frames().size() == 4);
        assertEquals(List.of("before", longest, "after", longest), handler.framesOf(driver.onlyConnection()));
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
        driver.send(client, Bytes.prefix(Integer.MIN_VALUE));
        driver.await("the end", client::isEnded);
        assertEquals(List.of(), handler.connected());
    }

    @Test
    void shouldKeepARefusedFrameUntilResumed()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        handler.isRefusing(id, true);
        driver.send(client, Bytes.framed("refused", "next", "last"));
        driver.await("the refusal", () -> handler.refusalCount() == 1);
        driver.exchangeWithAnother();
        driver.exchangeWithAnother();
        assertEquals(List.of("announce"), handler.framesOf(id));

        driver.resume(id);
        driver.await("the second refusal", () -> handler.refusalCount() == 2);
        handler.isRefusing(id, false);
        driver.resume(id);
        driver.await("the frames", () -> handler.framesOf(id).size() == 4);
        assertEquals(List.of("announce", "refused", "next", "last"), handler.framesOf(id));
    }

    @Test
    void shouldGoOnWithTheNextConnectionWhereAPollEnds()
    {
        final List<ClientPortFixture.Client> clients = Stream.generate(fixture::connect).limit(10).toList();
        final List<Long> ids = clients.stream().map(driver::announce).toList();

        for (int round = 0; round < 3; round++)
        {
            final int before = handler.frames().size();
            handler.turn(0);
            clients.forEach(client -> driver.send(client, Bytes.framed("a frame")));
            port.poll(handler);
            assertEquals(before, handler.frames().size(), "nothing is taken");

            for (int taken = 1; taken <= clients.size(); taken++)
            {
                handler.turn(1);
                final int expected = before + taken;
                driver.await("one frame of a connection", () -> handler.frames().size() >= expected);
                port.poll(handler);
                assertEquals(expected, handler.frames().size(), "no more than was asked for");
            }

            assertEquals(new HashSet<>(ids), new HashSet<>(handler.frames().subList(before, before + clients.size())
                .stream().map(RecordingClientHandler.Frame::connectionId).toList()));
        }
    }

    @Test
    void shouldGoOnWithWhatWasRefusedWhereAPollEnds()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        handler.isRefusing(id, true);
        driver.send(client, Bytes.framed("refused", "next", "last"));
        driver.await("the refusal", () -> handler.refusalCount() == 1);
        driver.exchangeWithAnother();
        handler.isRefusing(id, false);
        handler.turn(1);
        driver.resume(id);
        driver.await("a frame", () -> handler.framesOf(id).size() > 1);
        handler.turn(Integer.MAX_VALUE);
        driver.await("the others", () -> handler.framesOf(id).size() == 4);
        assertEquals(List.of("announce", "refused", "next", "last"), handler.framesOf(id));
    }

    @Test
    void shouldTellWhatItWaitsForAtAConnection()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        assertEquals(ClientPort.TO_READ, port.interestOps(id));

        handler.isRefusing(id, true);
        driver.send(client, Bytes.framed("refused"));
        driver.await("nothing to be waited for", () -> port.interestOps(id) == 0);

        handler.isRefusing(id, false);
        driver.resume(id);
        driver.await("requests to be waited for again", () -> port.interestOps(id) == ClientPort.TO_READ);
    }

    @Test
    void shouldKeepWhatFollowsARefusedFrameInOrder()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        final List<String> expected = new ArrayList<>(List.of("announce"));
        handler.isRefusing(id, true);

        for (int i = 0; i < 200; i++)
        {
            final String frame = Bytes.letters(1 + i * 13, i);
            expected.add(frame);
            driver.send(client, Bytes.framed(frame));
            port.poll(handler);
        }

        final String large = Bytes.letters(FRAME_LENGTH_MAX, 3);
        expected.add(large);
        driver.trySend(client, Bytes.framed(large));
        driver.await("the refusal", () -> handler.refusalCount() == 1);
        handler.isRefusing(id, false);
        driver.resume(id);
        driver.await("all frames", () -> expected.size() == handler.framesOf(id).size());
        assertEquals(expected, handler.framesOf(id));
    }

    @Test
    void shouldAnnounceOnceThoughTheFirstFrameIsRefused()
    {
        final ClientPortFixture.Client client = fixture.connect();
        handler.isRefusingNew(true);
        driver.send(client, Bytes.framed("once"));
        driver.await("the refusal", () -> handler.refusalCount() == 1);
        handler.isRefusingNew(false);
        final long id = driver.onlyConnection();
        handler.isRefusing(id, false);
        driver.resume(id);
        driver.await("the frame", () -> handler.framesOf(id).size() == 1);
        assertEquals(List.of(id), handler.connected());
    }

    @Test
    void shouldIgnoreResumeAndCloseOfWhoIsNotConcerned()
    {
        final long id = driver.announce(fixture.connect());
        port.resume(id);
        port.resume(id + 1_000_000_007L);
        port.resume(Long.MAX_VALUE);
        port.close(id + 1_000_000_007L);
        port.close(Long.MAX_VALUE);
        driver.exchangeWithAnother();
        assertEquals(List.of(), handler.disconnected());
        assertEquals(ClientPort.CLOSED, port.claim(Long.MAX_VALUE, 8));
    }

    @Test
    void shouldSendExactlyWhatWasCommitted()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        final List<String> sent = new ArrayList<>();

        for (final int length : new int[]{ 0, 1, 7, 4000, 4092, 4096, 65_531, 65_532, 65_536, 100, 1_000_000, 3 })
        {
            final String frame = Bytes.letters(length, length);
            sent.add(frame);
            driver.reply(id, frame);
        }

        driver.await("all replies", () -> sent.size() == driver.receivedFrames(client).size());
        assertEquals(sent, driver.receivedFrames(client));
    }

    @Test
    void shouldSendTheRepliesOfManyConnectionsToTheirOwn()
    {
        final List<ClientPortFixture.Client> clients = Stream.generate(fixture::connect).limit(20).toList();
        final List<Long> ids = clients.stream().map(driver::announce).toList();

        for (int round = 0; round < 100; round++)
        {
            for (int i = 0; i < ids.size(); i++)
            {
                driver.reply(ids.get(i), Bytes.letters(10 + round, i));
            }
        }

        for (int i = 0; i < ids.size(); i++)
        {
            final ClientPortFixture.Client client = clients.get(i);
            driver.await("all replies", () -> driver.receivedFrames(client).size() == 100);

            for (int round = 0; round < 100; round++)
            {
                assertEquals(Bytes.letters(10 + round, i), driver.receivedFrames(client).get(round));
            }
        }
    }

    @Test
    void shouldCloseAfterEverythingWasSent()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        final String large = Bytes.letters(1_000_000, 5);
        driver.reply(id, "last words");
        driver.reply(id, large);
        port.close(id);
        assertEquals(List.of(), handler.disconnected());
        assertEquals(ClientPort.CLOSED, port.claim(id, 8));
        driver.await("the end", () -> driver.receivedFrames(client).size() == 2 && client.isEnded());
        assertEquals(List.of("last words", large), driver.receivedFrames(client));
        driver.await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        port.close(id);
        driver.exchangeWithAnother();
        assertEquals(List.of(id), handler.disconnected());
    }

    @Test
    void shouldDeliverNothingAfterClose()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        handler.isRefusing(id, true);
        driver.send(client, Bytes.framed("refused", "never"));
        driver.await("the refusal", () -> handler.refusalCount() == 1);
        handler.isRefusing(id, false);
        port.close(id);
        handler.onResume(id);
        port.resume(id);
        driver.await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        driver.exchangeWithAnother();
        assertEquals(List.of("announce"), handler.framesOf(id));
    }

    @Test
    void shouldTellOnceThatAClientLeft()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        client.disconnect();
        driver.await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(ClientPort.CLOSED, port.claim(id, 8));
        driver.exchangeWithAnother();
        assertEquals(List.of(id), handler.disconnected());
    }

    @Test
    void shouldDeliverWhatCameBeforeTheEnd()
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        handler.isRefusing(id, true);
        driver.send(client, Bytes.framed("one", "two"));
        client.disconnect();
        driver.await("the refusal", () -> handler.refusalCount() == 1);
        driver.exchangeWithAnother();
        assertEquals(List.of(), handler.disconnected());
        handler.isRefusing(id, false);
        driver.resume(id);
        driver.await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(List.of("announce", "one", "two"), handler.framesOf(id));
    }

    @Test
    void shouldForgetAClientThatLeavesWithoutAWord()
    {
        final ClientPortFixture.Client client = fixture.connect();
        driver.send(client, new byte[]{ 0, 0 });
        client.disconnect();
        driver.exchangeWithAnother();
        driver.exchangeWithAnother();
        assertEquals(2, handler.connected().size());
        assertEquals(List.of(), handler.disconnected());
    }

    @Test
    void shouldNeverUseAnIdTwice()
    {
        for (int i = 0; i < 50; i++)
        {
            final ClientPortFixture.Client client = fixture.connect();
            driver.announce(client);
            client.disconnect();
            final int ended = i + 1;
            driver.await("onDisconnect", () -> ended == handler.disconnected().size());
        }

        assertEquals(50, new HashSet<>(handler.connected()).size());
    }

    @Test
    void shouldEndAClientThatNeverReadsAndServeTheOthers()
    {
        final ClientPortFixture.Client deaf = fixture.connect();
        final long id = driver.announce(deaf);
        final String event = Bytes.letters(60_000, 9);
        int eventCount = 0;

        while (driver.tryReply(id, event))
        {
            eventCount++;
            port.poll(handler);
            assertTrue(eventCount < 10_000, "the port keeps everything for a client that never reads");
        }

        driver.await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(ClientPort.CLOSED, port.claim(id, 8));
        driver.exchangeWithAnother();
    }

    private void shouldEndAfterPrefix(final int length)
    {
        final ClientPortFixture.Client client = fixture.connect();
        final long id = driver.announce(client);
        driver.send(client, Bytes.framed("good"));
        driver.send(client, Bytes.prefix(length));
        driver.await("onDisconnect", () -> List.of(id).equals(handler.disconnected()));
        assertEquals(List.of("announce", "good"), handler.framesOf(id));
        driver.await("the end at the client", client::isEnded);
        driver.exchangeWithAnother();
    }
}
