/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/** Forwards connections to a port. It can cut them, and refuses new ones while they are cut. */
final class TcpProxy extends SelectorThread
{
    private static final int BUFFER_LENGTH = 16 << 10;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final List<SocketChannel> channels = new ArrayList<>();
    private final InetSocketAddress target;
    private final ServerSocketChannel front;
    private volatile boolean isCut;

    TcpProxy(final int targetPort)
    {
        super("tcp-proxy");
        target = new InetSocketAddress(PeerEnsemble.LOOPBACK, targetPort);

        try
        {
            front = ServerSocketChannel.open().bind(new InetSocketAddress(PeerEnsemble.LOOPBACK, 0));
            front.configureBlocking(false);
            front.register(selector, SelectionKey.OP_ACCEPT);
            start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    int port()
    {
        return front.socket().getLocalPort();
    }

    void cut(final boolean value)
    {
        isCut = value;
        selector.wakeup();
    }

    @Override
    void onVisited()
    {
        if (isCut)
        {
            closeAll();
        }
    }

    @Override
    void closeChannels() throws IOException
    {
        front.close();
        closeAll();
    }

    private void closeAll()
    {
        channels.forEach(CloseHelper::quietClose);
        channels.clear();
    }

    @Override
    void onReady(final SelectionKey key)
    {
        try
        {
            if (key.channel() == front)
            {
                accept();
            }
            else
            {
                pass((SocketChannel)key.channel(), (SocketChannel)key.attachment());
            }
        }
        catch (final IOException ended)
        {
            CloseHelper.quietClose(key.channel());
        }
    }

    private void accept() throws IOException
    {
        final SocketChannel near = front.accept();

        if (near == null)
        {
            return;
        }

        channels.add(near);
        final SocketChannel far = SocketChannel.open();
        channels.add(far);
        far.connect(target);
        register(near, far);
        register(far, near);
    }

    private void register(final SocketChannel from, final SocketChannel to) throws IOException
    {
        from.configureBlocking(false);
        from.register(selector, SelectionKey.OP_READ, to);
    }

    private void pass(final SocketChannel from, final SocketChannel to) throws IOException
    {
        buffer.clear();

        if (from.read(buffer) < 0)
        {
            from.close();
            to.close();
            return;
        }

        buffer.flip();

        while (buffer.hasRemaining())
        {
            to.write(buffer);
        }
    }
}
