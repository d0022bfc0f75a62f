/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.SocketThreads;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy that changes one error code into another: a planted difference, which a duel must find. */
final class DuelProxy implements AutoCloseable
{
    private final InetSocketAddress server;
    private final int from;
    private final int to;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    DuelProxy(final InetSocketAddress server, final int from, final int to) throws IOException
    {
        this.server = server;
        this.from = from;
        this.to = to;
        SocketThreads.start("proxy-accept", this::accept);
    }

    InetSocketAddress address()
    {
        return (InetSocketAddress)listener.getLocalSocketAddress();
    }

    private void accept() throws IOException
    {
        while (true)
        {
            final Socket client = listener.accept();
            final Socket target = new Socket();
            sockets.add(client);
            sockets.add(target);
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            target.connect(server);
            SocketThreads.start("proxy-up", () -> pump(client, target, false));
            SocketThreads.start("proxy-down", () -> pump(target, client, true));
        }
    }

    private void pump(final Socket source, final Socket sink, final boolean replies) throws IOException
    {
        try (source; sink)
        {
            final DataInputStream in = new DataInputStream(source.getInputStream());
            final OutputStream out = sink.getOutputStream();
            final byte[] bytes = new byte[65536];

            while (true)
            {
                if (replies)
                {
                    final byte[] frame = new byte[in.readInt()];
                    in.readFully(frame);
                    out.write(ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(bent(frame)).array());
                }
                else
                {
                    final int length = in.read(bytes);

                    if (length < 0)
                    {
                        return;
                    }

                    out.write(bytes, 0, length);
                }
            }
        }
    }

    private byte[] bent(final byte[] frame)
    {
        final ByteBuffer buffer = ByteBuffer.wrap(frame);

        if (frame.length == 16 && buffer.getInt(12) == from)
        {
            buffer.putInt(12, to);
        }

        return frame;
    }

    @Override
    public void close() throws IOException
    {
        listener.close();

        for (final Socket socket : sockets)
        {
            socket.close();
        }
    }
}
