/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests a link that has little time left to be made, in a network that sometimes loses a packet. */
class LostHelloTest
{
    /** A lost packet is resent after more than half of this time, but before all of it. */
    private static final long LINK_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(210);
    private static final int LONG_LENGTH = 4096;
    private static final int LINKS = 4;
    /** Time in which shorter packets arrive, while the lost one has not been resent yet. */
    private static final long SHORT_ONES_MS = 30;
    /** More than half of the time for a step, but less than all of it. */
    private static final long STOP_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    @Test
    void shouldNotTakeAPacketThatWasLostOnceForOneThatIsTooLong()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.linkTimeoutNs(LINK_TIMEOUT_NS), 1, 2);
            UdpProxy streams = new UdpProxy(cluster.ensemble().ports(1).udp()))
        {
            startBehind(streams, cluster);

            for (int i = 0; i < LINKS; i++)
            {
                endLinkAndLoseOne(streams, cluster);
                cluster.awaitLinks();
            }

            assertFalse(cluster.events().has("shorter ones are used next"), () -> "" + cluster.events().all());
            cluster.exchange(1, 2);
        }
    }

    /** The system stops both servers for a while, just after the packet was lost. */
    @Test
    void shouldNotTakeAPacketForOneThatIsTooLongThatCouldNotBeSentAgain()
    {
        final AtomicLong stoppedNs = new AtomicLong();

        try (PeerCluster cluster = new PeerCluster(context -> context.nanoClock(() -> System.nanoTime() +
            stoppedNs.get()), 1, 2);
            UdpProxy streams = new UdpProxy(cluster.ensemble().ports(1).udp()))
        {
            startBehind(streams, cluster);

            for (int i = 0; i < LINKS; i++)
            {
                endLinkAndLoseOne(streams, cluster);
                cluster.await("a loss", streams::hasLostOne);
                cluster.runFor(SHORT_ONES_MS);
                stoppedNs.addAndGet(STOP_NS);
                cluster.awaitLinks();
                assertFalse(cluster.events().has("shorter ones are used next"), () -> "" + cluster.events().all());
            }
        }
    }

    private static void startBehind(final UdpProxy streams, final PeerCluster cluster)
    {
        final PeerEnsemble.Ports ports = cluster.ensemble().ports(1);
        cluster.ensemble().ports(1, new PeerEnsemble.Ports(ports.udp(), ports.tcp(), streams.port(), ports.tcp()));
        cluster.start(1, 2);
        cluster.awaitLinks();
    }

    /** Ends the link and lets the next one lose its first long packet. */
    private static void endLinkAndLoseOne(final UdpProxy streams, final PeerCluster cluster)
    {
        streams.loseOne(LONG_LENGTH);
        cluster.port(1).close(2);
        cluster.awaitDown(1, 2);
    }
}
