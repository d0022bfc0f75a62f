/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** A blocking connection that sends any bytes and receives frames. Every wait is bounded. */
public final class WireConnection implements AutoCloseable
{
    private static final int FRAME_LENGTH_MAX = 1 << 28;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    public WireConnection(final InetSocketAddress server, final int timeoutMs) throws IOException
    {
        this(server, null, timeoutMs);
    }

    /** Connects from a local address; null for any. */
    public WireConnection(final InetSocketAddress server, final InetSocketAddress local, final int timeoutMs)
        throws IOException
    {
        boolean connected = false;

        try
        {
            if (local != null)
            {
                socket.bind(local);
            }

            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMs);
            socket.connect(server, timeoutMs);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 4096));
            out = socket.getOutputStream();
            connected = true;
        }
        finally
        {
            if (!connected)
            {
                socket.close();
            }
        }
    }

    public void timeout(final int timeoutMs) throws IOException
    {
        socket.setSoTimeout(timeoutMs);
    }

    /** Sends the body after its length. */
    public void send(final byte[] body) throws IOException
    {
        out.write(ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array());
    }

    /** Sends the bytes as they are. */
    public void sendRaw(final byte[] bytes) throws IOException
    {
        out.write(bytes);
    }

    /**
     * Waits for the next frame.
     *
     * @return its body, or null when the server closed the connection
     * @throws SocketTimeoutException when nothing came in time
     */
    public byte[] receive() throws IOException
    {
        try
        {
            final int length = in.readInt();

            if (length < 0 || length > FRAME_LENGTH_MAX)
            {
                throw new IOException("the server sent a frame length of " + length);
            }

            final byte[] body = new byte[length];
            in.readFully(body);
            return body;
        }
        catch (final EOFException | SocketException ex)
        {
            return null;
        }
    }

    public Socket socket()
    {
        return socket;
    }

    @Override
    public void close() throws IOException
    {
        socket.close();
    }
}
