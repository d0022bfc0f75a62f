/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cuts streams and silent links independently of each other, with proxies in front of both servers. */
class LinkFaultsTest
{
    private static final long PEER_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(300);
    /**
     * A peer timeout with which a stream outlasts some pauses of the machine, because only one that lives on can be
     * seen to stand still.
     */
    private static final long LASTING_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LINK_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(550);
    private static final long LONGER_THAN_ATTEMPTS_MS = 800;
    private static final long LONGER_THAN_A_LOOK_MS = 150;
    /** More looks than those after which a stalled stream is given up. */
    private static final int LOOKS = 16;
    /**
     * Number of attempts. Each may be disturbed if the machine stalls for longer than servers wait for each other here.
     */
    private static final int TRIES = 20;
    private static final int SHORT_LENGTH = 100;
    private static final int LONG_LENGTH = 20_000;
    /** Longer than anything that is not a message of these tests. */
    private static final int LOST_LENGTH = 500;

    private long peerTimeoutNs = PEER_TIMEOUT_NS;
    private final PeerCluster cluster =
        new PeerCluster(context -> context.peerTimeoutNs(peerTimeoutNs).linkTimeoutNs(LINK_TIMEOUT_NS), 1, 2);
    private final List<AutoCloseable> proxies = new ArrayList<>();
    private UdpProxy streamsToOne;
    private UdpProxy streamsToTwo;
    private TcpProxy linksToOne;

    @BeforeEach
    void link()
    {
        final PeerEnsemble.Ports one = cluster.ensemble().ports(1);
        final PeerEnsemble.Ports two = cluster.ensemble().ports(2);
        streamsToOne = closed(new UdpProxy(one.udp()));
        streamsToTwo = closed(new UdpProxy(two.udp()));
        linksToOne = closed(new TcpProxy(one.tcp()));
        cluster.ensemble().ports(1, new PeerEnsemble.Ports(one.udp(), one.tcp(), streamsToOne.port(),
            linksToOne.port()));
        cluster.ensemble().ports(2, new PeerEnsemble.Ports(two.udp(), two.tcp(), streamsToTwo.port(), two.tcp()));
        cluster.start(1, 2);
        cluster.awaitLinks();
        exchange();
    }

    @AfterEach
    void close() throws Exception
    {
        cluster.close();

        for (final AutoCloseable proxy : proxies)
        {
            proxy.close();
        }
    }

    @Test
    void shouldEndTheGenerationWhenStreamsAreCutBothWays()
    {
        endsAsStreamLost(() -> cut(true, true));
        heals();
    }

    @Test
    void shouldEndTheGenerationWhenStreamsAreCutOneWay()
    {
        endsAsStreamLost(() -> streamsToTwo.drop(true, false));
        heals();
    }

    @Test
    void shouldEndTheGenerationWhenOnlyStatusMessagesAreCut()
    {
        endsAsStreamLost(() -> streamsToOne.drop(false, true));
        heals();
    }

    @Test
    void shouldEndTheGenerationWhenTheSilentLinkIsCut()
    {
        for (int i = 0; i < TRIES && !isEndedAs(LinkEnd.PEER_GONE); i++)
        {
            linksToOne.cut(false);
            cluster.awaitLinks();
            linksToOne.cut(true);
            cluster.awaitDown(1, 2);
        }

        assertTrue(isEndedAs(LinkEnd.PEER_GONE), () -> "" + cluster.events().all());
        final int linkCount = cluster.at(1).generations(2).size();
        cluster.runFor(LONGER_THAN_ATTEMPTS_MS);
        assertEquals(linkCount, cluster.at(1).generations(2).size());
        linksToOne.cut(false);
        cluster.awaitLinks();
        exchange();
    }

    @Test
    void shouldLoseNothingWhenDatagramsAreLost()
    {
        startPatient();
        streamsToOne.lossRate(0.05);
        streamsToTwo.lossRate(0.05);
        final List<byte[]> sent = new ArrayList<>();

        for (int i = 0; i < 500; i++)
        {
            sent.add(PeerCluster.message(1 + i * 37 % 9000, i));
            cluster.send(1, 2, PeerStream.LIVE, sent.get(i));
        }

        cluster.await("all messages", () -> sent.size() == cluster.at(2).taken(1, PeerStream.LIVE).size());

        for (int i = 0; i < sent.size(); i++)
        {
            assertArrayEquals(sent.get(i), cluster.at(2).taken(1, PeerStream.LIVE).get(i));
        }

        assertEquals(List.of(), cluster.at(1).ends(2));
    }

    /**
     * A message that nothing follows: that it was lost could only be seen from heartbeats of its stream, and those are
     * lost as well here. The stream ends when no heartbeat comes, so the message has a while to arrive.
     */
    @ParameterizedTest
    @EnumSource
    void shouldNoticeThatTheLastMessageWasLostWithoutAHeartbeat(final PeerStream stream)
    {
        start(LASTING_NS);
        boolean isRepaired = false;

        for (int i = 0; i < TRIES && !isRepaired; i++)
        {
            isRepaired = isRepaired(stream);
        }

        assertTrue(isRepaired, () -> "" + cluster.events().all());
    }

    private boolean isRepaired(final PeerStream stream)
    {
        streamsToTwo.losesHeartbeats(false);
        exchange(stream, SHORT_LENGTH);
        streamsToTwo.losesHeartbeats(true);
        streamsToTwo.loseOne(LOST_LENGTH);
        final int ends = endCount();
        final int before = cluster.at(2).taken(1, stream).size();
        cluster.send(1, 2, stream, PeerCluster.message(2 * LOST_LENGTH, 3));
        cluster.await("the message, or the end of its link", () -> cluster.at(2).taken(1, stream)
            .size() > before || endCount() > ends);
        assertTrue(streamsToTwo.hasLostOne());

        return cluster.at(2).taken(1, stream).size() > before;
    }

    @Test
    void shouldLinkWithShorterPacketsWhereLongOnesVanish()
    {
        startPatient();
        final String told = "UDP packets of 8192 bytes of that server do not arrive here, shorter ones do";
        narrow(1472, 1472);
        exchangeLong(PeerStream.LIVE);
        assertTrue(cluster.events().has(told), () -> "" + cluster.events().all());

        // One direction is enough.
        narrow(1300, 1472);
        exchangeLong(PeerStream.LIVE);
    }

    /** Heartbeats of all streams and short messages still arrive, so only the stream itself can tell. */
    @ParameterizedTest
    @EnumSource(names = { "REQUESTS", "BULK" })
    void shouldEndTheGenerationWhenLongPacketsOfOneStreamVanish(final PeerStream stream)
    {
        final String told = "stream " + stream + " stands still";
        start(LASTING_NS);
        streamsToTwo.lengthMax(1300);

        for (int i = 0; i < TRIES && !cluster.events().has(told); i++)
        {
            loseByALongMessage(stream);
        }

        assertTrue(cluster.events().has(told), () -> "" + cluster.events().all());
        cluster.awaitLinks();
        exchangeLong(stream);
    }

    /**
     * Loses a link through a long message. It may end for another reason first: on a busy machine, a stream may have
     * had no receiver.
     */
    private void loseByALongMessage(final PeerStream stream)
    {
        cluster.awaitLinks();
        final int endsAtOne = cluster.at(1).ends(2).size();
        final int endsAtTwo = cluster.at(2).ends(1).size();
        cluster.send(1, 2, stream, PeerCluster.message(LONG_LENGTH, 3));
        isExchanged(PeerStream.LIVE, SHORT_LENGTH);
        cluster.await("the end of a link", () -> cluster.at(1).ends(2).size() > endsAtOne && cluster.at(2).ends(1)
            .size() > endsAtTwo);
        assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(2, 1));
        assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(1, 2));
    }

    @Test
    void shouldNotTakeAStreamThatIsLeftUnreadForOneThatStandsStill()
    {
        boolean isKept = false;

        for (int i = 0; i < TRIES && !isKept; i++)
        {
            isKept = isKeptThoughUnread();
        }

        assertTrue(isKept, () -> "" + cluster.events().all());
    }

    /**
     * Whether a link survives an unread stream. It may end when the machine stalls for a while, but not because of the
     * unread stream.
     */
    private boolean isKeptThoughUnread()
    {
        cluster.awaitLinks();
        final int ends = endCount();
        final int before = cluster.at(2).taken(1, PeerStream.BULK).size();
        final byte[] message = PeerCluster.message(9000, 1);
        int sent = 0;
        cluster.at(2).isRefusing(1, PeerStream.BULK, true);

        for (int i = 0; i < LOOKS; i++)
        {
            while (cluster.trySend(1, 2, PeerStream.BULK, message))
            {
                sent++;
            }

            cluster.runFor(LONGER_THAN_A_LOOK_MS);
        }

        cluster.at(2).isRefusing(1, PeerStream.BULK, false);
        final int all = before + sent;
        cluster.await("all messages, or the end of their link", () -> cluster.at(2).taken(1, PeerStream.BULK)
            .size() >= all || endCount() > ends);
        assertFalse(cluster.events().has("stands still"), () -> "" + cluster.events().all());

        return endCount() == ends;
    }

    /** Makes a new link in a network that carries only short datagrams. */
    private void narrow(final int toOne, final int toTwo)
    {
        streamsToOne.lengthMax(toOne);
        streamsToTwo.lengthMax(toTwo);
        cluster.port(1).close(2);
        cluster.awaitDown(1, 2);
        cluster.awaitLinks();
    }

    private void exchangeLong(final PeerStream stream)
    {
        exchange(stream, LONG_LENGTH);
    }

    /** Sends a message from each server to the other and awaits both. */
    private void exchange()
    {
        for (final PeerStream stream : PeerStream.values())
        {
            exchange(stream, SHORT_LENGTH);
        }
    }

    /**
     * Exchanges messages. Those in flight are lost if the machine stalls for longer than servers wait for each other
     * here.
     */
    private void exchange(final PeerStream stream, final int length)
    {
        boolean isDone = false;

        for (int i = 0; i < TRIES && !isDone; i++)
        {
            cluster.awaitLinks();
            isDone = isExchanged(stream, length);
        }

        assertTrue(isDone, () -> "each link ended before a message arrived: " + cluster.events().all());
    }

    /** Whether the messages arrive before the link ends. */
    private boolean isExchanged(final PeerStream stream, final int length)
    {
        final int ends = endCount();
        final int beforeAtOne = cluster.at(1).taken(2, stream).size();
        final int beforeAtTwo = cluster.at(2).taken(1, stream).size();
        final byte[] message = PeerCluster.message(length, 3);
        cluster.send(1, 2, stream, message);
        cluster.send(2, 1, stream, message);
        final BooleanSupplier isThere = () -> cluster.at(1).taken(2, stream).size() > beforeAtOne && cluster.at(2)
            .taken(1, stream).size() > beforeAtTwo;
        cluster.await("messages, or the end of their link", () -> isThere.getAsBoolean() || endCount() > ends);

        if (!isThere.getAsBoolean())
        {
            return false;
        }

        assertArrayEquals(message, cluster.at(1).taken(2, stream).get(beforeAtOne));
        assertArrayEquals(message, cluster.at(2).taken(1, stream).get(beforeAtTwo));

        return true;
    }

    private int endCount()
    {
        return cluster.at(1).ends(2).size() + cluster.at(2).ends(1).size();
    }

    private boolean isEndedAs(final LinkEnd end)
    {
        return end == cluster.lastEnd(1, 2) && end == cluster.lastEnd(2, 1);
    }

    @Test
    void shouldSayWhichWayStreamsAreCut()
    {
        endsAsStreamLost(() -> cut(true, true));
        cluster.await("the reason", () -> cluster.events().has("no UDP packets of that server arrive here"));
        heals();
    }

    @Test
    void shouldLinkWithAServerThatComesBackAtOtherPorts()
    {
        cluster.kill(2);
        cluster.ensemble().ports(2, PeerEnsemble.ports());
        cluster.start(2);
        cluster.awaitLinks();
        exchange();
    }

    private void endsAsStreamLost(final Runnable cut)
    {
        cluster.awaitLinks();
        final int linksOfOne = cluster.at(1).generations(2).size();
        final int linksOfTwo = cluster.at(2).generations(1).size();
        final long failedCount = failedCount();
        cut.run();
        cluster.awaitDown(1, 2);
        assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(1, 2));
        assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(2, 1));
        cluster.await("an attempt that fails", () -> failedCount() > failedCount);
        assertEquals(linksOfOne, cluster.at(1).generations(2).size(), "a link without streams");
        assertEquals(linksOfTwo, cluster.at(2).generations(1).size(), "a link without streams");
    }

    private long failedCount()
    {
        return cluster.events().all().stream().filter(event -> event.startsWith("failed")).count();
    }

    /** Starts servers that wait for each other longer than a machine usually stalls. */
    private void startPatient()
    {
        start(PeerEnsemble.PATIENT_NS);
    }

    private void start(final long timeoutNs)
    {
        cluster.kill(1);
        cluster.kill(2);
        peerTimeoutNs = timeoutNs;
        cluster.start(1, 2);
        cluster.awaitLinks();
    }

    private void heals()
    {
        cut(false, false);
        cluster.awaitLinks();
        exchange();
    }

    private void cut(final boolean forward, final boolean back)
    {
        streamsToOne.drop(forward, back);
        streamsToTwo.drop(forward, back);
    }

    private <T extends AutoCloseable> T closed(final T proxy)
    {
        proxies.add(proxy);

        return proxy;
    }
}
