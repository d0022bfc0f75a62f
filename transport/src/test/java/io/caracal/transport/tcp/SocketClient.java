/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.simulator.contract.ClientPortFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The client's end of a real connection. No method waits. */
final class SocketClient implements ClientPortFixture.Client, AutoCloseable
{
    private static final int RECEIVE_LENGTH = 64 << 10;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteBuffer in = ByteBuffer.allocate(RECEIVE_LENGTH);
    private final SocketChannel channel;
    private boolean isEnded;

    SocketClient(final InetSocketAddress server)
    {
        this(null, server);
    }

    SocketClient(final InetSocketAddress source, final InetSocketAddress server)
    {
        try
        {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(source);
            channel.connect(server);
            channel.configureBlocking(false);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    int send(final byte[] bytes)
    {
        return send(bytes, 0, bytes.length);
    }

    @Override
    public int send(final byte[] bytes, final int offset, final int length)
    {
        try
        {
            return channel.write(ByteBuffer.wrap(bytes, offset, length));
        }
        catch (final IOException serverIsGone)
        {
            return 0;
        }
    }

    @Override
    public byte[] receive()
    {
        readAll();
        final byte[] bytes = received.toByteArray();
        received.reset();

        return bytes;
    }

    @Override
    public boolean isEnded()
    {
        readAll();

        return isEnded;
    }

    @Override
    public void disconnect()
    {
        close();
    }

    /** Ends only the stream to the server. */
    void shutdownOutput()
    {
        try
        {
            channel.shutdownOutput();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Ends the connection by a reset. */
    void reset()
    {
        try
        {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        close();
    }

    int localPort()
    {
        return channel.socket().getLocalPort();
    }

    @Override
    public void close()
    {
        Sockets.closeQuietly(channel);
    }

    private void readAll()
    {
        try
        {
            int length = 0;

            while (!isEnded && (length = channel.read(in.clear())) > 0)
            {
                received.write(in.array(), 0, length);
            }

            isEnded |= length < 0;
        }
        catch (final IOException reset)
        {
            isEnded = true;
        }
    }
}
