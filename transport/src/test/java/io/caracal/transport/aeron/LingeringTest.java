/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.IdleMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;

class LingeringTest
{
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Lingering lingering = new Lingering();

    @Test
    void shouldWaitASecondForAServerThatDoesNotEndItsSide() throws IOException
    {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(ANY_PORT);
            SocketChannel other = SocketChannel.open(listener.getLocalAddress());
            SocketChannel own = listener.accept())
        {
            final SelectorRegistration nowhere = new SelectorRegistration(null, IdleMode.SPIN, true);
            own.configureBlocking(false);
            lingering.add(new SilentLink(own, nowhere, SelectionKey.OP_READ, new LinkCodec()), 0);

            lingering.poll(SECOND_NS - 1);
            assertTrue(own.isOpen(), "it does not wait");
            assertEquals(SECOND_NS, lingering.nextDeadlineNs());
            lingering.poll(SECOND_NS);
            assertFalse(own.isOpen(), "it waits for ever");
            assertEquals(Long.MAX_VALUE, lingering.nextDeadlineNs());
            assertTrue(other.isOpen(), "the other side ended");
        }
    }

    /** Strangers can have themselves refused as often as they like. */
    @Test
    void shouldCloseTheOldestWhenThereAreTooMany() throws IOException
    {
        final List<SocketChannel> channels = new ArrayList<>();

        try (lingering)
        {
            for (int i = 0; i <= Lingering.LINKS_MAX; i++)
            {
                assertTrue(channels.stream().allMatch(SocketChannel::isOpen), "closed although there was room");
                channels.add(SocketChannel.open());
                lingering.add(new SilentLink(channels.get(i), new SelectorRegistration(null, IdleMode.SPIN, true),
                    SelectionKey.OP_READ, new LinkCodec()), 0);
            }

            assertFalse(channels.get(0).isOpen());
            assertTrue(channels.stream().skip(1).allMatch(SocketChannel::isOpen));
        }
        finally
        {
            CloseHelper.closeAll(channels);
        }
    }
}
