/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A server that opens a session for each client, one after the other, and then answers nothing. */
final class SilentServer implements Closeable
{
    private static final int SESSION_TIMEOUT_MS = 30_000;
    private static final int PASSWORD_LENGTH = 16;
    private static final int REPLY_LENGTH = 4 + 4 + 8 + 4 + PASSWORD_LENGTH + 1;

    private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final Thread thread = new Thread(this::serve, "silent-server");

    /**
     * The exception that says how the last client hung up, unless it closed its connection normally, or that this
     * server was closed.
     */
    private volatile SocketException gone;

    SilentServer() throws IOException
    {
        thread.start();
    }

    InetSocketAddress address()
    {
        return (InetSocketAddress)listener.getLocalSocketAddress();
    }

    private void serve()
    {
        while (!listener.isClosed())
        {
            try (Socket socket = listener.accept())
            {
                serve(socket);
            }
            catch (final SocketException ex)
            {
                gone = ex;
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private static void serve(final Socket socket) throws IOException
    {
        final DataInputStream in = new DataInputStream(socket.getInputStream());
        in.skipNBytes(in.readInt());
        final DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(REPLY_LENGTH);
        out.writeInt(0);
        out.writeInt(SESSION_TIMEOUT_MS);
        out.writeLong(1);
        out.writeInt(PASSWORD_LENGTH);
        out.write(new byte[PASSWORD_LENGTH]);
        out.writeByte(0);
        while (in.read() >= 0)
        {
            in.skipNBytes(in.available());
        }
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
    }

    @Override
    public String toString()
    {
        return "silent server at " + address() + ", last client: " + gone;
    }
}
