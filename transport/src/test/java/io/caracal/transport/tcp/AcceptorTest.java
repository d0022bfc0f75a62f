/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.DirectMemory;
import io.caracal.transport.RejectReason;
import io.caracal.transport.TransportContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;

class AcceptorTest
{
    private static final long BACKOFF_NS = 1000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final CountingEvents events = new CountingEvents();
    private final List<SocketChannel> accepted = new ArrayList<>();

    @Test
    void shouldRestWhenTheSystemAcceptsNoMoreAndGoOnLater() throws IOException
    {
        final TransportContext context = new TransportContext().listen(TcpFixture.LOOPBACK).events(events)
            .acceptBackoffNs(BACKOFF_NS).conclude();

        try (Selector selector = Selector.open())
        {
            final FailingListener listener = new FailingListener();
            final Acceptor acceptor = new Acceptor(context, new Admission(context),
                (channel, remote) -> accepted.add(channel), List.of(listener));
            acceptor.register(selector);

            try (SocketClient client = new SocketClient(listener.address()))
            {
                listener.failuresLeft = 2;
                select(selector, listener);
                acceptor.doWork(0);
                assertEquals(1, events.rejected(RejectReason.ACCEPT_FAILED));
                assertEquals(BACKOFF_NS, acceptor.nextDeadlineNs());

                selector.selectNow(SelectIdle::dispatch);
                assertFalse(listener.isReady(), "the selector reports the same connection again and again");
                acceptor.doWork(BACKOFF_NS - 1);
                assertEquals(1, listener.attempts, "accepting does not rest");
                acceptor.doWork(BACKOFF_NS);
                assertEquals(2, events.rejected(RejectReason.ACCEPT_FAILED));
                acceptor.doWork(2 * BACKOFF_NS);
                assertEquals(1, accepted.size());
                assertEquals(Long.MAX_VALUE, acceptor.nextDeadlineNs());
                assertEquals(client.localPort(), accepted.get(0).socket().getPort());
                accepted.get(0).close();
            }

            try (SocketClient later = new SocketClient(listener.address()))
            {
                select(selector, listener);
                acceptor.doWork(2 * BACKOFF_NS);
                assertEquals(later.localPort(), accepted.get(1).socket().getPort());
                accepted.get(1).close();
            }

            acceptor.close();
        }
    }

    /** Those that come in crowds must not hold up those that are there. */
    @Test
    void shouldAcceptABoundedNumberAtATime() throws IOException
    {
        final TransportContext context = new TransportContext().listen(TcpFixture.LOOPBACK).events(events).conclude();
        final List<SocketClient> clients = new ArrayList<>();

        try (Selector selector = Selector.open())
        {
            final Listener listener = new CrowdListener(Acceptor.ACCEPT_MAX + 1);
            final Acceptor acceptor = new Acceptor(context, new Admission(context),
                (channel, remote) -> accepted.add(channel), List.of(listener));
            acceptor.register(selector);
            for (int i = 0; i <= Acceptor.ACCEPT_MAX; i++)
            {
                clients.add(new SocketClient(listener.address()));
            }

            select(selector, listener);
            assertEquals(Acceptor.ACCEPT_MAX, acceptor.doWork(0));
            assertEquals(Long.MIN_VALUE, acceptor.nextDeadlineNs(), "the rest waits for a selector");
            assertEquals(1, acceptor.doWork(0));
            acceptor.close();
        }
        finally
        {
            clients.forEach(SocketClient::close);
            CloseHelper.closeAll(accepted);
        }
    }

    @Test
    void shouldNotCountASocketThatCannotBeSetUp() throws IOException
    {
        final TransportContext context = new TransportContext().listen(TcpFixture.LOOPBACK).events(events)
            .connectionsPerAddressMax(1).conclude();
        final Admission admission = new Admission(context);
        final InetAddress client = TcpFixture.LOOPBACK.getAddress();

        try (SelectIdle idle = new SelectIdle(context);
            TcpGateway gateway = new TcpGateway(context, idle, 0, admission,
                new DirectMemory(context.bufferBytesMax()).share(0), null, false))
        {
            final SocketChannel gone = SocketChannel.open();
            gone.close();
            assertNull(admission.enter(client));
            gateway.adopt(gone, TcpFixture.LOOPBACK);
            assertEquals(1, events.rejected(RejectReason.SETUP_FAILED));
            assertNull(admission.enter(client), "it still counts");
        }
    }

    @Test
    void shouldSayWhichAddressCannotBeListenedOn()
    {
        final TcpFixture fixture = new TcpFixture(new TransportContext());

        try (fixture)
        {
            final InetSocketAddress taken = fixture.address();
            final UncheckedIOException ex = assertThrows(UncheckedIOException.class,
                () -> new TcpFixture(new TransportContext().listen(taken)));
            assertTrue(ex.getMessage().contains(Integer.toString(taken.getPort())));
        }
    }

    @Test
    void shouldListenOnSeveralAddresses()
    {
        try (TcpFixture fixture = new TcpFixture(new TransportContext().listen(new InetSocketAddress("127.0.0.2", 0))))
        {
            final EchoHandler handler = new EchoHandler(fixture.port(), 8);
            assertEquals(2, fixture.port().addresses().size());

            for (final InetSocketAddress address : fixture.port().addresses())
            {
                try (SocketClient client = new SocketClient(address))
                {
                    client.send(new byte[]{ 0, 0, 0, 0 });
                    fixture.await(handler, "a reply", () -> client.receive().length > 0);
                }
            }
        }
    }

    private static void select(final Selector selector, final Listener listener) throws IOException
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;

        while (!listener.isReady() && System.nanoTime() - deadlineNs < 0)
        {
            selector.selectNow(SelectIdle::dispatch);
            LockSupport.parkNanos(1000);
        }

        assertTrue(listener.isReady(), "no connection comes in");
    }

    /** Waits for each of a number of connections. Some may come in a moment after their clients went on. */
    private static final class CrowdListener extends Listener
    {
        private int left;

        CrowdListener(final int count)
        {
            super(TcpFixture.LOOPBACK, 2 * count);
            left = count;
        }

        @Override
        SocketChannel accept() throws IOException
        {
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            SocketChannel next = super.accept();
            while (next == null && left > 0)
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, left + " connections do not come in");
                LockSupport.parkNanos(1000);
                onReady(SelectionKey.OP_ACCEPT);
                next = super.accept();
            }
            left -= next == null ? 0 : 1;

            return next;
        }
    }

    /** Fails like a system without free descriptors. */
    private static final class FailingListener extends Listener
    {
        private int failuresLeft;
        private int attempts;

        FailingListener()
        {
            super(TcpFixture.LOOPBACK, 8);
        }

        @Override
        SocketChannel accept() throws IOException
        {
            attempts++;

            if (failuresLeft > 0)
            {
                failuresLeft--;
                throw new IOException("Too many open files");
            }

            return super.accept();
        }
    }
}
