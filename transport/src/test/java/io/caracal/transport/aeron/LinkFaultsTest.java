/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams and silent links that are cut apart from each other, by proxies in front of both servers. */
class LinkFaultsTest
{
    private static final long PEER_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LINK_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(550);
    private static final long LONGER_THAN_ATTEMPTS_MS = 800;
    private static final long LONGER_THAN_A_LOOK_MS = 150;
    /** More of them than a stream may stand still. */
    private static final int LOOKS = 16;
    private static final int TRIES = 5;

    private final PeerCluster cluster = new PeerCluster(context -> context.peerTimeoutNs(PEER_TIMEOUT_NS).linkTimeoutNs(
        LINK_TIMEOUT_NS), 1, 2);
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
        cluster.ensemble().ports(1, new PeerEnsemble.Ports(one.udp(), one.tcp(), streamsToOne.port(), linksToOne
            .port()));
        cluster.ensemble().ports(2, new PeerEnsemble.Ports(two.udp(), two.tcp(), streamsToTwo.port(), two.tcp()));
        cluster.start(1, 2);
        cluster.awaitLinks();
        cluster.exchange(1, 2);
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
        cut(true, true);
        endsAsStreamLost();
        heals();
    }

    @Test
    void shouldEndTheGenerationWhenStreamsAreCutOneWay()
    {
        streamsToTwo.drop(true, false);
        endsAsStreamLost();
        heals();
    }

    @Test
    void shouldEndTheGenerationWhenOnlyStatusMessagesAreCut()
    {
        streamsToOne.drop(false, true);
        endsAsStreamLost();
        heals();
    }

    @Test
    void shouldEndTheGenerationWhenTheSilentLinkIsCut()
    {
        linksToOne.cut(true);
        cluster.awaitDown(1, 2);
        assertEquals(LinkEnd.PEER_GONE, cluster.lastEnd(1, 2));
        assertEquals(LinkEnd.PEER_GONE, cluster.lastEnd(2, 1));
        cluster.runFor(LONGER_THAN_ATTEMPTS_MS);
        assertEquals(1, cluster.at(1).generations(2).size());
        linksToOne.cut(false);
        cluster.awaitLinks();
        cluster.exchange(1, 2);
    }

    @Test
    void shouldLoseNothingWhenDatagramsAreLost()
    {
        streamsToOne.lossRate(0.05);
        streamsToTwo.lossRate(0.05);
        final List<byte[]> sent = new ArrayList<>();

        for (int i = 0; i < 500; i++)
        {
            sent.add(PeerCluster.message(1 + i * 37 % 9000, i));
            cluster.send(1, 2, PeerStream.LIVE, sent.get(i));
        }

        cluster.await("all messages", () -> sent.size() == cluster.at(2).taken(1, PeerStream.LIVE).size() - 1);

        for (int i = 0; i < sent.size(); i++)
        {
            assertArrayEquals(sent.get(i), cluster.at(2).taken(1, PeerStream.LIVE).get(i + 1));
        }

        assertEquals(List.of(), cluster.at(1).ends(2));
    }

    @Test
    void shouldLinkWithShorterPacketsWhereLongOnesVanish()
    {
        final String told = "UDP packets of 8192 bytes of that server do not arrive here, shorter ones do";
        narrow(1472, 1472);
        exchangeLong();
        assertTrue(cluster.events().has(told), () -> "" + cluster.events().all());

        // One way is enough.
        narrow(1300, 1472);
        exchangeLong();
    }

    /** Heartbeats of all streams and short messages go on, so that nobody but the stream itself can tell. */
    @ParameterizedTest
    @EnumSource(names = { "REQUESTS", "BULK" })
    void shouldEndTheGenerationWhenLongPacketsOfOneStreamVanish(final PeerStream stream)
    {
        final String told = "stream " + stream + " stands still";
        streamsToTwo.lengthMax(1300);

        for (int i = 0; i < TRIES && !cluster.events().has(told); i++)
        {
            loseByALongMessage(stream);
        }

        assertTrue(cluster.events().has(told), () -> "" + cluster.events().all());
        cluster.awaitLinks();
        exchangeLong(stream);
    }

    /** It may end for another reason first: on a machine that was busy elsewhere some stream had no receiver. */
    private void loseByALongMessage(final PeerStream stream)
    {
        cluster.awaitLinks();
        cluster.send(1, 2, stream, PeerCluster.message(20_000, 3));
        cluster.exchangeLive(1, 2);
        cluster.awaitDown(1, 2);
        assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(2, 1));
        assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(1, 2));
    }

    @Test
    void shouldNotTakeAStreamThatIsLeftUnreadForOneThatStandsStill()
    {
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

        assertEquals(List.of(), cluster.at(2).ends(1));
        cluster.at(2).isRefusing(1, PeerStream.BULK, false);
        final int all = sent;
        cluster.await("all messages", () -> cluster.at(2).taken(1, PeerStream.BULK).size() > all);
        assertEquals(List.of(), cluster.at(2).ends(1));
    }

    /** A link that is made anew where the network carries so little. */
    private void narrow(final int toOne, final int toTwo)
    {
        streamsToOne.lengthMax(toOne);
        streamsToTwo.lengthMax(toTwo);
        cluster.port(1).close(2);
        cluster.awaitDown(1, 2);
        cluster.awaitLinks();
    }

    private void exchangeLong()
    {
        exchangeLong(PeerStream.LIVE);
    }

    private void exchangeLong(final PeerStream stream)
    {
        for (final long from : new long[]{ 1, 2 })
        {
            final long to = 3 - from;
            final int before = cluster.at(to).taken(from, stream).size();
            final byte[] message = PeerCluster.message(20_000, 3);
            cluster.send(from, to, stream, message);
            cluster.await("a long message", () -> cluster.at(to).taken(from, stream).size() > before);
            assertArrayEquals(message, cluster.at(to).taken(from, stream).get(before));
        }
    }

    @Test
    void shouldSayWhichWayStreamsAreCut()
    {
        cut(true, true);
        endsAsStreamLost();
        assertTrue(cluster.events().has("no UDP packets of that server arrive here"), () -> "" + cluster.events()
            .all());
        heals();
    }

    @Test
    void shouldLinkWithAServerThatComesBackAtOtherPorts()
    {
        cluster.kill(2);
        cluster.ensemble().ports(2, PeerEnsemble.ports());
        cluster.start(2);
        cluster.awaitLinks();
        cluster.exchange(1, 2);
    }

    private void endsAsStreamLost()
    {
        cluster.awaitDown(1, 2);
        assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(1, 2));
        assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(2, 1));
        cluster.runFor(LONGER_THAN_ATTEMPTS_MS);
        assertEquals(1, cluster.at(1).generations(2).size(), "a link without streams");
        assertEquals(1, cluster.at(2).generations(1).size(), "a link without streams");
        assertTrue(cluster.events().has("failed"));
    }

    private void heals()
    {
        cut(false, false);
        cluster.awaitLinks();
        cluster.exchange(1, 2);
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
