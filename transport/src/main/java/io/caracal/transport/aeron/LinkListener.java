/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerRefusal;
import io.caracal.transport.tcp.ReadyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * Accepts silent links and keeps them until the other side has said who it is. Their number, their bytes and their time
 * are bounded. When there are too many, the oldest is closed, so that strangers cannot keep members out.
 */
class LinkListener implements ReadyHandler, AutoCloseable
{
    /** Maximum of connections whose other side has not yet said who it is. */
    static final int INCOMING_MAX = 64;

    private static final int ACCEPT_MAX = 8;
    private static final int BACKLOG = 256;
    private static final long ACCEPT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long ACCEPT_INTERVAL_TOLD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long ACCEPT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ArrayDeque<IncomingLink> incoming = new ArrayDeque<>();
    private final LinkWorld world;
    private final ServerSocketChannel channel;
    private final SelectionKey key;
    private boolean isReady = true;
    private long nextAcceptNs;

    /** Receives hellos. */
    interface HelloHandler
    {
        /** A hello arrived. The connection belongs to the handler from now on. */
        void onHello(SilentLink link, LinkHello hello, long nowNs);
    }

    LinkListener(final LinkWorld world)
    {
        this.world = world;
        final PeerContext context = world.context();
        nextAcceptNs = context.nanoClock().nanoTime();
        ServerSocketChannel opened = null;

        try
        {
            opened = ServerSocketChannel.open();
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.bind(context.tcpAddress(), BACKLOG);
            channel = opened;
            key = world.registration().register(channel, SelectionKey.OP_ACCEPT, this);
        }
        catch (final RuntimeException ex)
        {
            CloseHelper.quietClose(opened);
            throw ex;
        }
        catch (final IOException ex)
        {
            CloseHelper.quietClose(opened);
            throw new UncheckedIOException("peers cannot be listened for at " + context.tcpAddress() + ": " + ex, ex);
        }
    }

    @Override
    public void onReady(final int readyOps)
    {
        isReady = true;
    }

    int poll(final HelloHandler handler, final long nowNs)
    {
        return accept(nowNs) + listen(handler, nowNs);
    }

    long nextDeadlineNs()
    {
        final long nextNs = incoming.isEmpty() ? Long.MAX_VALUE : incoming.getFirst().deadlineNs();

        return key != null && key.interestOps() == 0 ? Math.min(nextNs, nextAcceptNs) : nextNs;
    }

    @Override
    public void close()
    {
        incoming.forEach(link -> link.link().close());
        incoming.clear();
        CloseHelper.quietClose(channel);
    }

    private int accept(final long nowNs)
    {
        if (nowNs - nextAcceptNs < 0 && !isReady)
        {
            return 0;
        }

        isReady = false;
        nextAcceptNs = nowNs + (key != null ? ACCEPT_INTERVAL_TOLD_NS : ACCEPT_INTERVAL_NS);
        int count = 0;

        try
        {
            interest(SelectionKey.OP_ACCEPT);

            for (SocketChannel accepted; count < ACCEPT_MAX && (accepted = accept()) != null; count++)
            {
                add(accepted, nowNs);
            }
        }
        catch (final IOException noDescriptors)
        {
            // The listener would stay ready forever, so it rests for a moment.
            tell(noDescriptors);
            interest(0);
            nextAcceptNs = nowNs + ACCEPT_PAUSE_NS;
        }

        return count;
    }

    /** Returns the next connection, or null if there is none at present. */
    SocketChannel accept() throws IOException
    {
        return channel.accept();
    }

    private void add(final SocketChannel accepted, final long nowNs)
    {
        try
        {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Probing.enable(accepted);
        }
        catch (final IOException gone)
        {
            CloseHelper.quietClose(accepted);
            return;
        }

        if (incoming.size() == INCOMING_MAX)
        {
            incoming.removeFirst().link().close();
        }

        incoming.addLast(new IncomingLink(new SilentLink(accepted, world.registration(), SelectionKey.OP_READ,
            world.codec()), nowNs + world.context().linkTimeoutNs()));
    }

    private int listen(final HelloHandler handler, final long nowNs)
    {
        int count = 0;

        if (incoming.isEmpty())
        {
            return count;
        }

        for (final Iterator<IncomingLink> links = incoming.iterator(); links.hasNext();)
        {
            final IncomingLink link = links.next();

            if (!link.poll(nowNs))
            {
                links.remove();
                refuse(link);
                count++;
            }
            else if (link.hello() != null)
            {
                links.remove();
                handler.onHello(link.link(), link.hello(), nowNs);
                count++;
            }
        }

        return count;
    }

    private void refuse(final IncomingLink link)
    {
        final String from = "from " + link.link().remoteHost();

        if (world.strangers().isNew(from))
        {
            world.context().events().onRefused(-1, PeerRefusal.NO_HELLO, from);
        }

        link.link().close();
    }

    private void tell(final IOException failure)
    {
        if (world.strangers().isNew(failure.toString()))
        {
            world.context().events().onError(failure);
        }
    }

    private void interest(final int ops)
    {
        if (key != null && key.interestOps() != ops)
        {
            key.interestOps(ops);
        }
    }
}
