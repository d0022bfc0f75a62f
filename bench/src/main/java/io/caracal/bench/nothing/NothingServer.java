/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import io.caracal.transport.PatientJoin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.agrona.CloseHelper;

/**
 * A server of the client protocol that does only what every server has to do: sockets, frames, replies of the right
 * size, and one force of a file for all writes that waited. It has one thread, and another one that forces.
 */
public final class NothingServer implements AutoCloseable
{
    private static final int BACKLOG = 1024;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final GroupForce group;
    private final Forcing forcing;
    private final int payloadLength;
    private final NothingInbox inbox;
    private final Thread thread;
    private final List<NothingConnection> connections = new ArrayList<>();
    private final Consumer<SelectionKey> onKey = this::onKey;
    private volatile boolean closed;
    private volatile Throwable failure;

    /**
     * Starts the server.
     *
     * @param address       to listen on; port 0 for any.
     * @param file          to force; created, or overwritten if it exists.
     * @param fileLength    length of the file in bytes, at least 32 MiB.
     * @param forcing       when writes are forced.
     * @param payloadLength payload of every znode in bytes.
     * @throws IOException when the port or the file cannot be opened.
     */
    public NothingServer(
        final InetSocketAddress address, final Path file, final long fileLength, final Forcing forcing,
        final int payloadLength) throws IOException
    {
        this(address, file, fileLength, forcing, payloadLength, new CannedReplies(payloadLength,
            System.currentTimeMillis()));
    }

    NothingServer(
        final InetSocketAddress address, final Path file, final long fileLength, final Forcing forcing,
        final int payloadLength, final CannedReplies replies) throws IOException
    {
        this.forcing = forcing;
        this.payloadLength = payloadLength;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        try
        {
            listen(address);
            group = new GroupForce(file, fileLength, selector::wakeup);
        }
        catch (final IOException | RuntimeException ex)
        {
            CloseHelper.quietCloseAll(listener, selector);
            throw ex;
        }
        inbox = new NothingInbox(replies, forcing == Forcing.NONE ? null : group);
        thread = new Thread(this::run, "nothing");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen(final InetSocketAddress address) throws IOException
    {
        try
        {
            listener.bind(address, BACKLOG);
        }
        catch (final SocketException ex)
        {
            throw new IOException("no client can be served on " + address + ": " + ex.getMessage() +
                "; name another port", ex);
        }
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Returns the address that the server listens on.
     *
     * @return the address with the actual port.
     */
    public InetSocketAddress address()
    {
        return (InetSocketAddress)listener.socket().getLocalSocketAddress();
    }

    /**
     * Counts the answered reads, including pings and the like.
     *
     * @return a count; may be called by any thread.
     */
    public long reads()
    {
        return inbox.reads();
    }

    /**
     * Counts the answered writes, including new sessions.
     *
     * @return a count; may be called by any thread.
     */
    public long writes()
    {
        return inbox.writes();
    }

    /**
     * Counts the forces of the file.
     *
     * @return a count; may be called by any thread.
     */
    public long forces()
    {
        return inbox.forces();
    }

    /**
     * Waits until the server ends.
     *
     * @throws IllegalStateException when it ended because of a failure, which is the cause.
     */
    public void join()
    {
        if (PatientJoin.join(thread, Long.MAX_VALUE))
        {
            Thread.currentThread().interrupt();
        }
        if (failure != null)
        {
            throw new IllegalStateException("the do-nothing server failed: " + failure, failure);
        }
    }

    @Override
    public void close()
    {
        closed = true;
        selector.wakeup();
        join();
    }

    private void run()
    {
        try
        {
            while (!closed)
            {
                selector.select(onKey);
                onForced();
                resumeStalled();
                forceGroups();
            }
        }
        catch (final Throwable ex)
        {
            failure = ex;
        }
        finally
        {
            connections.forEach(NothingConnection::close);
            CloseHelper.quietCloseAll(listener, group, selector);
        }
    }

    private void onKey(final SelectionKey key)
    {
        if (key.isValid() && key.isAcceptable())
        {
            accept();
            return;
        }

        final NothingConnection connection = (NothingConnection)key.attachment();
        try
        {
            if (key.isWritable())
            {
                connection.flush();
            }
            if (connection.isOpen() && key.isReadable())
            {
                if (connection.read())
                {
                    answer(connection);
                }
                else
                {
                    drop(connection);
                }
            }
        }
        catch (final IOException ex)
        {
            drop(connection);
        }
    }

    private void accept()
    {
        try
        {
            final SocketChannel channel = listener.accept();
            if (channel != null)
            {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                final SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                final NothingConnection connection = new NothingConnection(channel, key, payloadLength);
                key.attach(connection);
                connections.add(connection);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void drop(final NothingConnection connection)
    {
        connection.close();
        connections.remove(connection);
    }

    /** Sends the replies whose writes have become durable since the last round. */
    private void onForced() throws IOException
    {
        if (group.poll())
        {
            releaseForced();
        }
    }

    private void releaseForced()
    {
        for (int i = connections.size() - 1; i >= 0; i--)
        {
            final NothingConnection connection = connections.get(i);
            if (connection.onGroupForced())
            {
                flush(connection);
            }
        }
    }

    /** Tries frames again that found no room in a buffer or group. */
    private void resumeStalled()
    {
        for (int i = connections.size() - 1; i >= 0; i--)
        {
            final NothingConnection connection = connections.get(i);
            if (connection.isStalled())
            {
                answer(connection);
            }
        }
    }

    /**
     * Forces the collected group. After an inline force, there may be room for stalled frames, which form the next
     * group.
     */
    private void forceGroups() throws IOException
    {
        while (!group.isEmpty() && !group.isUnderWay())
        {
            inbox.onForce();
            if ((closeGroup() <= 1 && forcing == Forcing.AUTO) || forcing == Forcing.INLINE)
            {
                group.forceInline();
                releaseForced();
                resumeStalled();
            }
            else
            {
                group.begin();
            }
        }
    }

    /**
     * Closes the group: writes from now on belong to the next one. Returns how many connections wait for this group.
     */
    private int closeGroup()
    {
        int waiting = 0;
        for (int i = 0; i < connections.size(); i++)
        {
            waiting += connections.get(i).onGroupBegun() ? 1 : 0;
        }

        return waiting;
    }

    /**
     * Answers the frames of a connection and sends the replies. What the socket takes at once makes room for further
     * frames, so this is repeated; otherwise nothing would trigger another look at those frames.
     */
    private void answer(final NothingConnection connection)
    {
        int unread;
        int unsent;
        do
        {
            unread = connection.inLimit();
            unsent = connection.unsent();
            inbox.answer(connection);
            flush(connection);
        }
        while (connection.isOpen() && connection.isStalled() &&
            (connection.inLimit() < unread || connection.unsent() < unsent));
    }

    private void flush(final NothingConnection connection)
    {
        try
        {
            if (connection.isOpen())
            {
                connection.flush();
            }
        }
        catch (final IOException ex)
        {
            connection.close();
        }
        if (!connection.isOpen())
        {
            connections.remove(connection);
        }
    }
}
