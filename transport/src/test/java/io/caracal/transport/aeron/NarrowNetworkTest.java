/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.PeerStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sends more than a network between servers carries at a time. */
class NarrowNetworkTest
{
    private static final int MTU_LENGTH = 1408;
    /** A sixth of the longest window. */
    private static final int ROUND_MAX = 120;
    private static final int MESSAGE_LENGTH = 100_000;
    private static final int MESSAGES = 80;
    private static final long PATIENT_NS = TimeUnit.SECONDS.toNanos(20);

    private final PeerCluster cluster = new PeerCluster(context -> context.peerTimeoutNs(PATIENT_NS).linkTimeoutNs(
        PATIENT_NS).mtuLength(MTU_LENGTH), 1, 2);
    private UdpProxy streamsToTwo;

    @AfterEach
    void close()
    {
        cluster.close();
        streamsToTwo.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotSendMuchMoreThanTheNetworkCarries(final PeerStream stream)
    {
        link();
        streamsToTwo.roundMax(ROUND_MAX);
        send(stream);

        assertTrue(streamsToTwo.overrunCount() > 0, "the network carries everything");
        assertTrue(streamsToTwo.overrunCount() < streamsToTwo.carriedCount() / 4, () -> streamsToTwo.overrunCount() +
            " datagrams were lost, and " + streamsToTwo.carriedCount() + " carried");
    }

    private void link()
    {
        final PeerEnsemble.Ports two = cluster.ensemble().ports(2);
        streamsToTwo = new UdpProxy(two.udp());
        cluster.ensemble().ports(2, new PeerEnsemble.Ports(two.udp(), two.tcp(), streamsToTwo.port(), two.tcp()));
        cluster.start(1, 2);
        cluster.awaitLinks();
    }

    private void send(final PeerStream stream)
    {
        final byte[] message = PeerCluster.message(MESSAGE_LENGTH, 1);
        for (int i = 0; i < MESSAGES; i++)
        {
            cluster.send(1, 2, stream, message);
        }

        cluster.await("all messages", () -> cluster.at(2).taken(1, stream).size() == MESSAGES);
    }
}
