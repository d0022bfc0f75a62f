/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.RejectReason;
import io.caracal.transport.TransportContext;
import io.caracal.transport.TransportEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns accepted and admitted sockets into connections, and introduces them to the engine. */
final class Newcomers implements SocketSink
{
    private static final int ADDRESS_LENGTH_MAX = 16;

    private final UnsafeBuffer addressBytes = new UnsafeBuffer(new byte[ADDRESS_LENGTH_MAX]);
    private final Selector selector;
    private final Connection.Shared shared;
    private final ConnectionTable table;
    private final Admission admission;
    private final Deadlines deadlines;
    private final TransportEvents events;
    private final boolean keepAlive;
    private boolean isClosed;

    Newcomers(final TransportContext context, final Selector selector, final Connection.Shared shared,
        final ConnectionTable table, final Admission admission, final Deadlines deadlines)
    {
        this.selector = selector;
        this.shared = shared;
        this.table = table;
        this.admission = admission;
        this.deadlines = deadlines;
        events = context.events();
        keepAlive = context.keepAlive();
    }

    @Override
    public void onSocket(final SocketChannel channel, final InetSocketAddress remote)
    {
        if (isClosed || table.isFull())
        {
            turnAway(channel, remote, RejectReason.TOTAL_LIMIT);
            return;
        }

        final Connection connection = new Connection(channel, remote, shared);

        try
        {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, keepAlive);
            connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
        }
        catch (final IOException ex)
        {
            turnAway(channel, remote, RejectReason.SETUP_FAILED);
            return;
        }

        table.add(connection);
        shared.interests().set(connection.id, SelectionKey.OP_READ);
        deadlines.awaitHandshake(connection);
        events.onAccepted();
    }

    /** Announces a connection whose first whole frame has come. From now on the engine knows it. */
    void announce(final Connection connection, final ClientHandler handler)
    {
        connection.leaveDeadlines();
        connection.state = ConnectionState.OPEN;
        connection.isAnnounced = true;
        final byte[] address = connection.remote.getAddress().getAddress();
        addressBytes.putBytes(0, address);
        handler.onConnect(connection.id, addressBytes, 0, address.length, connection.remote.getPort());
    }

    /** Turns away all further sockets. */
    void close()
    {
        isClosed = true;
    }

    private void turnAway(final SocketChannel channel, final InetSocketAddress remote, final RejectReason reason)
    {
        Sockets.closeQuietly(channel);
        admission.leave(remote.getAddress());
        events.onRejected(reason, remote.getAddress());
    }
}
