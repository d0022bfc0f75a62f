/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A hand-written client with one connection that it never re-establishes. It sees at once when the server closes the
 * connection, and sends only what a test tells it to send.
 */
public final class RawClient implements AutoCloseable
{
    static final int CLOSED = Integer.MIN_VALUE;
    static final int OK = 0;
    static final int NO_NODE = -101;
    static final int CONTAINER = 4;
    private static final int TIMEOUT_MS = 30_000;
    private static final int CREATE = 1;
    private static final int DELETE = 2;
    private static final int EXISTS = 3;
    private static final int PING = 11;
    private static final int PING_XID = -2;
    private static final int CREATE_CONTAINER = 19;
    private static final int PASSWORD_LENGTH = 16;
    private static final int ALL_RIGHTS = 31;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private int xid;
    private int timeoutMs;
    private long sessionId;
    private byte[] password = new byte[PASSWORD_LENGTH];

    /** Writes the body of a request. */
    @FunctionalInterface
    private interface Body
    {
        void write(DataOutputStream out) throws IOException;
    }

    private RawClient(final InetSocketAddress address) throws IOException
    {
        socket.connect(address, TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Starts a session; returns null when the server closes the connection instead. */
    static RawClient tryOpen(final InetSocketAddress address, final int wantedMs) throws IOException
    {
        return tryOpen(address, wantedMs, null);
    }

    public static RawClient open(final InetSocketAddress address) throws IOException
    {
        final RawClient client = tryOpen(address, TIMEOUT_MS);
        if (client == null)
        {
            throw new EOFException("no session");
        }

        return client;
    }

    /** Takes over the session of another client; returns null when the server closes the connection instead. */
    static RawClient tryRenew(final InetSocketAddress address, final RawClient before) throws IOException
    {
        return tryOpen(address, TIMEOUT_MS, before);
    }

    private static RawClient tryOpen(final InetSocketAddress address, final int wantedMs, final RawClient before)
        throws IOException
    {
        final RawClient client = new RawClient(address);
        if (before != null)
        {
            client.sessionId = before.sessionId;
            client.password = before.password;
        }

        if (client.handshake(wantedMs))
        {
            return client;
        }

        client.close();
        return null;
    }

    private boolean handshake(final int wantedMs) throws IOException
    {
        try
        {
            send(out ->
            {
                out.writeInt(0);
                out.writeLong(0);
                out.writeInt(wantedMs);
                out.writeLong(sessionId);
                out.writeInt(PASSWORD_LENGTH);
                out.write(password);
            });
            final DataInputStream reply = receive();
            reply.readInt();
            timeoutMs = reply.readInt();
            sessionId = reply.readLong();
            password = reply.readNBytes(reply.readInt());
            return timeoutMs > 0;
        }
        catch (final EOFException | SocketException ex)
        {
            return false;
        }
    }

    int timeoutMs()
    {
        return timeoutMs;
    }

    int localPort()
    {
        return socket.getLocalPort();
    }

    /** Returns the error code of the reply, or {@link #CLOSED} when the connection ends instead. */
    int create(final String path, final byte[] data, final int flags) throws IOException
    {
        sendCreate(path, data, flags);
        return errorCode();
    }

    void sendCreate(final String path, final byte[] data, final int flags) throws IOException
    {
        request(flags == CONTAINER ? CREATE_CONTAINER : CREATE, out ->
        {
            text(out, path);
            out.writeInt(data.length);
            out.write(data);
            out.writeInt(1);
            out.writeInt(ALL_RIGHTS);
            text(out, "world");
            text(out, "anyone");
            out.writeInt(flags);
        });
    }

    int delete(final String path) throws IOException
    {
        request(DELETE, out ->
        {
            text(out, path);
            out.writeInt(-1);
        });
        return errorCode();
    }

    boolean exists(final String path) throws IOException
    {
        request(EXISTS, out ->
        {
            text(out, path);
            out.writeBoolean(false);
        });
        return errorCode() == OK;
    }

    /** Keeps the session alive. A reply comes, whose error code is {@link #OK}. */
    void sendPing() throws IOException
    {
        request(PING_XID, PING, out ->
        {
            // Nothing follows.
        });
    }

    private void request(final int opCode, final Body body) throws IOException
    {
        request(++xid, opCode, body);
    }

    private void request(final int own, final int opCode, final Body body) throws IOException
    {
        send(out ->
        {
            out.writeInt(own);
            out.writeInt(opCode);
            body.write(out);
        });
    }

    /** Returns the error code of the next reply. */
    int errorCode() throws IOException
    {
        try
        {
            final DataInputStream reply = receive();
            reply.skipNBytes(Integer.BYTES + Long.BYTES);
            return reply.readInt();
        }
        catch (final EOFException | SocketException ex)
        {
            return CLOSED;
        }
    }

    private void send(final Body body) throws IOException
    {
        final ByteArrayOutputStream frame = new ByteArrayOutputStream();
        body.write(new DataOutputStream(frame));
        final DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        new DataOutputStream(whole).writeInt(frame.size());
        frame.writeTo(whole);
        out.write(whole.toByteArray());
    }

    private DataInputStream receive() throws IOException
    {
        final byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return new DataInputStream(new ByteArrayInputStream(frame));
    }

    private static void text(final DataOutputStream out, final String text) throws IOException
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException
    {
        socket.close();
    }
}
