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
import java.util.concurrent.TimeUnit;
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
}
