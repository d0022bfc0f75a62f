/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.RejectReason;
import io.caracal.transport.TransportContext;
import io.caracal.transport.TransportEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Accepts sockets on all listeners, a bounded number at a time, admits them by address and number, and hands them over.
 * If the operating system refuses to accept, for example because no descriptors are left, the listener rests for a
 * bounded time.
 */
final class Acceptor
{
    /** Maximum of sockets that one listener accepts in one cycle. */
    static final int ACCEPT_MAX = 64;

    /**
     * As many as Linux allows by default. When more connections wait than that, Linux may reset some that the clients
     * consider established.
     */
    private static final int BACKLOG_DEFAULT = 4096;

    private final List<Listener> listeners = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final Admission admission;
    private final TransportEvents events;
    private final SocketSink sink;
    private final long backoffNs;

    Acceptor(final TransportContext context, final Admission admission, final SocketSink sink)
    {
        this(context, admission, sink, List.of());
        final int backlog = context.backlog() > 0 ? context.backlog() : BACKLOG_DEFAULT;

        try
        {
            for (final InetSocketAddress address : context.addresses())
            {
                final Listener listener = new Listener(address, backlog);
                listeners.add(listener);
                addresses.add(listener.address());
            }
        }
        catch (final RuntimeException ex)
        {
            close();
            throw ex;
        }
    }

    /** For listeners that were created elsewhere. */
    Acceptor(final TransportContext context, final Admission admission, final SocketSink sink,
        final List<Listener> listeners)
    {
        this.admission = admission;
        this.sink = sink;
        events = context.events();
        backoffNs = context.acceptBackoffNs();
        this.listeners.addAll(listeners);
    }

    void register(final Selector selector)
    {
        for (int i = 0; i < listeners.size(); i++)
        {
            listeners.get(i).register(selector);
        }
    }

    List<InetSocketAddress> addresses()
    {
        return List.copyOf(addresses);
    }

    int doWork(final long nowNs)
    {
        int workCount = 0;

        for (int i = 0; i < listeners.size(); i++)
        {
            final Listener listener = listeners.get(i);
            listener.wakeIfDue(nowNs);

            if (listener.isReady())
            {
                workCount += acceptFrom(listener, nowNs);
            }
        }

        return workCount;
    }

    long nextDeadlineNs()
    {
        long next = Long.MAX_VALUE;

        for (int i = 0; i < listeners.size(); i++)
        {
            next = Math.min(next, listeners.get(i).nextDeadlineNs());
        }

        return next;
    }

    void close()
    {
        listeners.forEach(Listener::close);
        listeners.clear();
    }

    private int acceptFrom(final Listener listener, final long nowNs)
    {
        int accepted = 0;

        try
        {
            while (accepted < ACCEPT_MAX)
            {
                final SocketChannel channel = listener.accept();

                if (channel == null)
                {
                    break;
                }

                accepted++;
                judge(channel);
            }
        }
        catch (final IOException ex)
        {
            events.onRejected(RejectReason.ACCEPT_FAILED, null);
            listener.rest(nowNs + backoffNs);
        }

        return accepted;
    }

    private void judge(final SocketChannel channel)
    {
        final InetSocketAddress remote = remoteOf(channel);
        final RejectReason reason = remote == null ?
            RejectReason.SETUP_FAILED : admission.enter(remote.getAddress());

        if (reason == null)
        {
            sink.onSocket(channel, remote);
        }
        else
        {
            events.onRejected(reason, remote == null ? null : remote.getAddress());
            Sockets.closeQuietly(channel);
        }
    }

    private static InetSocketAddress remoteOf(final SocketChannel channel)
    {
        try
        {
            return (InetSocketAddress)channel.getRemoteAddress();
        }
        catch (final IOException alreadyGone)
        {
            return null;
        }
    }
}
