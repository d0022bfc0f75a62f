/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One listening socket. */
class Listener implements ReadyHandler
{
    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private SelectionKey key;
    private boolean isReady;
    private boolean isResting;
    private long restUntilNs;

    Listener(final InetSocketAddress wanted, final int backlog)
    {
        ServerSocketChannel opened = null;

        try
        {
            opened = ServerSocketChannel.open();
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.bind(wanted, backlog);
            opened.configureBlocking(false);
            address = (InetSocketAddress)opened.getLocalAddress();
        }
        catch (final RuntimeException ex)
        {
            // For example for an address of IPv6 where sockets are for IPv4 only.
            Sockets.closeQuietly(opened);
            throw ex;
        }
        catch (final IOException ex)
        {
            Sockets.closeQuietly(opened);
            throw new UncheckedIOException("cannot listen on " + wanted.getHostString() + ":" + wanted.getPort() +
                ": " + ex.getMessage(), ex);
        }

        channel = opened;
    }

    @Override
    public void onReady(final int readyOps)
    {
        isReady = true;
    }

    void register(final Selector selector)
    {
        try
        {
            key = channel.register(selector, SelectionKey.OP_ACCEPT, this);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    InetSocketAddress address()
    {
        return address;
    }

    boolean isReady()
    {
        return isReady;
    }

    /** Returns the next socket, or null if there is none at present. */
    SocketChannel accept() throws IOException
    {
        final SocketChannel accepted = channel.accept();

        if (accepted == null)
        {
            isReady = false;
        }

        return accepted;
    }

    /**
     * Stops watching the socket for a while. A connection that cannot be accepted would be reported again at once,
     * forever.
     */
    void rest(final long untilNs)
    {
        isReady = false;
        isResting = true;
        restUntilNs = untilNs;
        key.interestOps(0);
    }

    void wakeIfDue(final long nowNs)
    {
        if (isResting && nowNs - restUntilNs >= 0)
        {
            isResting = false;
            isReady = true;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    long nextDeadlineNs()
    {
        if (isReady)
        {
            return Long.MIN_VALUE;
        }

        return isResting ? restUntilNs : Long.MAX_VALUE;
    }

    void close()
    {
        isReady = false;
        isResting = false;
        Sockets.closeQuietly(channel);
    }
}
