/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkListenerTest
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1, 2);
    private final PeerContext context = ensemble.context(1).conclude();
    private final SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
    private final LinkWorld world = new LinkWorld(context, idle, new DriverKeeper(context, idle));
    private final FailingListener listener = new FailingListener(world);
    private final long nowNs = System.nanoTime();

    @AfterEach
    void close()
    {
        listener.close();
        world.close();
        idle.close();
        ensemble.close();
    }

    /** A connection that cannot be accepted would be reported again at once, forever. */
    @Test
    void shouldRestWhenTheSystemAcceptsNoMoreAndGoOnLater() throws IOException
    {
        listener.poll(this::refuse, nowNs);
        listener.isFailing = true;
        final int before = listener.attempts;

        try (SocketChannel first = SocketChannel.open(context.tcpAddress()))
        {
            await(before + 1, nowNs);
            assertTrue(ensemble.events().has("Too many open files"), "nobody is told");
            assertEquals(nowNs + PAUSE_NS, listener.nextDeadlineNs());
            idle.look(true);
            listener.poll(this::refuse, nowNs + PAUSE_NS - 1);
            assertEquals(before + 1, listener.attempts, "it does not rest");

            listener.isFailing = false;
            listener.poll(this::refuse, nowNs + PAUSE_NS);
            assertEquals(1, listener.accepted, first::toString);

            try (SocketChannel later = SocketChannel.open(context.tcpAddress()))
            {
                final int attempts = listener.attempts;
                await(attempts + 1, nowNs + PAUSE_NS);
                assertEquals(2, listener.accepted, later::toString);
            }
        }
    }

    /** Polls at one moment until the selector has reported a connection. */
    private void await(final int attempts, final long atNs)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (listener.attempts < attempts)
        {
            idle.look(true);
            listener.poll(this::refuse, atNs);
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain for a connection");
        }
    }

    private void refuse(final SilentLink link, final LinkHello hello, final long atNs)
    {
        CloseHelper.quietClose(link);
    }

    /** Fails like a system without free descriptors. */
    private static final class FailingListener extends LinkListener
    {
        private boolean isFailing;
        private int attempts;
        private int accepted;

        FailingListener(final LinkWorld world)
        {
            super(world);
        }

        @Override
        SocketChannel accept() throws IOException
        {
            attempts++;

            if (isFailing)
            {
                throw new IOException("Too many open files");
            }

            final SocketChannel channel = super.accept();
            accepted += channel == null ? 0 : 1;

            return channel;
        }
    }
}
