/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.IdleMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilentLinkTest
{
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int AT_ONCE = 0;
    private static final int AFTER_ALL_IS_SENT = -1;

    private final Lingering nobody = new Lingering();

    /** A machine that was started anew answers the probes of its predecessor's links with resets. */
    @ParameterizedTest
    @ValueSource(ints = { AFTER_ALL_IS_SENT, AT_ONCE })
    void shouldTellTheEndOfTheOtherSideAndItsReset(final int linger) throws IOException
    {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(ANY_PORT);
            SocketChannel other = SocketChannel.open(listener.getLocalAddress());
            SocketChannel own = listener.accept())
        {
            own.configureBlocking(false);
            final SilentLink link = new SilentLink(own, new SelectorRegistration(null, IdleMode.SPIN, true),
                SelectionKey.OP_READ, new LinkCodec());
            assertEquals(SilentLink.Reading.OPEN, link.readNow(nobody, 0));
            assertEquals(Long.BYTES, other.socket().getInputStream().readNBytes(Long.BYTES).length);
            other.setOption(StandardSocketOptions.SO_LINGER, linger);
            CloseHelper.close(other);

            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            SilentLink.Reading reading = link.readNow(nobody, 0);
            while (reading == SilentLink.Reading.OPEN)
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, "the end is not noticed");
                reading = link.readNow(nobody, 0);
            }

            assertEquals(SilentLink.Reading.GONE, reading);
        }
    }
}
