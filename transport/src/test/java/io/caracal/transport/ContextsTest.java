/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what both contexts have in common, and what each of them refuses. */
class ContextsTest
{
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path directory;

    @Test
    void shouldNotChangeOnceTheyAreConcluded()
    {
        final TransportContext clients = clients().conclude();
        assertThrows(IllegalStateException.class, () -> clients.backlog(1));
        assertThrows(IllegalStateException.class, clients::conclude);

        final PeerContext peers = peers().conclude();
        assertThrows(IllegalStateException.class, () -> peers.linkTimeoutNs(1));
        assertThrows(IllegalStateException.class, peers::conclude);
    }

    @Test
    void shouldTakeAValueAfterOneThatWasRefused()
    {
        final TransportContext clients = clients().closeLingerNs(0);
        assertThrows(IllegalArgumentException.class, clients::conclude);

        assertEquals(7, clients.closeLingerNs(7).conclude().closeLingerNs());
    }

    @Test
    void shouldNameTheSettingOfClientsThatIsOutOfItsRange()
    {
        assertRefused("address", new TransportContext());
        assertRefused("frameLengthMax", clients().frameLengthMax(0));
        assertRefused("connectionsPerAddressMax", clients().connectionsPerAddressMax(-1));
        assertRefused("connectionsMax", clients().connectionsMax(-1));
        assertRefused("handshakeTimeoutNs", clients().handshakeTimeoutNs(0));
        assertRefused("outboundHighWater", clients().outboundHighWater(0));
        assertRefused("outboundMax", clients().outboundMax(1));
        assertRefused("closeLingerNs", clients().closeLingerNs(0));
        assertRefused("wordTimeoutNs", clients().wordTimeoutNs(0));
        assertRefused("acceptBackoffNs", clients().acceptBackoffNs(0));
        assertRefused("wordAnswerMax", clients().wordAnswerMax(0));
        assertRefused("bufferBytesMax", clients().bufferBytesMax(-1));
        assertRefused("gateways", clients().gateways(257));
        assertRefused("ringLength", clients().ringLength(100_000));
        assertRefused("overflowMax", clients().overflowMax(-1));
        assertRefused("parkedMax", clients().parkedMax(0));
    }

    @Test
    void shouldNameTheSettingOfPeersThatIsOutOfItsRange()
    {
        assertRefused("dataDirectory", context -> context.dataDirectory(null));
        assertRefused("peerTimeoutNs", context -> context.peerTimeoutNs(0));
        assertRefused("linkTimeoutNs", context -> context.linkTimeoutNs(0));
        assertRefused("messageLengthMax", context -> context.messageLengthMax(0));
        assertRefused("term", context -> context.termLengths(1 << 20, 1 << 20, 100_000));
        assertRefused("mtuLength", context -> context.mtuLength(1409));
        assertRefused("windowLength", context -> context.windowLength(1));
        assertRefused("server 3", context -> context.serverId(3));
        assertRefused("two members", context -> context.member(new PeerMember(2, "127.0.0.1", 3, 4, true)));
    }

    private static TransportContext clients()
    {
        return new TransportContext().listen(ANY_PORT);
    }

    private PeerContext peers()
    {
        return new PeerContext().serverId(1).member(new PeerMember(1, "127.0.0.1", 1, 2, true))
            .member(new PeerMember(2, "127.0.0.1", 3, 4, true)).dataDirectory(directory);
    }

    private static void assertRefused(final String name, final TransportContext context)
    {
        assertNames(name, assertThrows(IllegalArgumentException.class, context::conclude));
    }

    private void assertRefused(final String name, final UnaryOperator<PeerContext> change)
    {
        final PeerContext context = change.apply(peers());
        assertNames(name, assertThrows(IllegalArgumentException.class, context::conclude));
    }

    private static void assertNames(final String name, final IllegalArgumentException refusal)
    {
        assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
    }
}
