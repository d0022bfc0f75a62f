/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import io.caracal.compatibility.Loopback;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.SocketThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A proxy in front of a server, or of the members of an ensemble in turn, that a test breaks and mends. */
final class BreakableLine implements AutoCloseable
{
    private final ServerUnderTest server;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new ArrayList<>();
    private boolean broken;

    BreakableLine(final ServerUnderTest server) throws IOException
    {
        this.server = server;
        SocketThreads.start("line-accept", this::accept);
    }

    String connectString()
    {
        return Loopback.text((InetSocketAddress)listener.getLocalSocketAddress());
    }

    /** Closes what is connected and refuses new connections from now on. */
    synchronized void breakDown() throws IOException
    {
        broken = true;
        for (final Socket socket : sockets)
        {
            socket.close();
        }

        sockets.clear();
    }

    synchronized void mend()
    {
        broken = false;
    }

    private void accept() throws IOException
    {
        while (true)
        {
            final Socket client = listener.accept();
            if (!connect(client))
            {
                client.close();
            }
        }
    }

    private synchronized boolean connect(final Socket client) throws IOException
    {
        if (broken)
        {
            return false;
        }

        final Socket target = new Socket();
        sockets.add(client);
        sockets.add(target);
        client.setTcpNoDelay(true);
        target.setTcpNoDelay(true);
        target.connect(server.address());
        SocketThreads.start("line-up", () -> pump(client, target));
        SocketThreads.start("line-down", () -> pump(target, client));
        return true;
    }

    private static void pump(final Socket source, final Socket sink) throws IOException
    {
        try (source; sink; InputStream in = source.getInputStream())
        {
            in.transferTo(sink.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
        breakDown();
    }
}
