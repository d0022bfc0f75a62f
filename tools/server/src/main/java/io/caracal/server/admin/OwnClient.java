/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.protocol.CreateMode;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Xid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A client of this server, for changes that a person makes. It connects through the client port like any other, so the
 * same rules hold for it as for all clients, on every server of an ensemble. It waits a bounded time for each answer.
 * Used by one thread at a time, except for {@link #abandon}.
 */
final class OwnClient implements AutoCloseable
{
    private static final int SESSION_TIMEOUT_MS = 30_000;
    private static final int ANSWER_TIMEOUT_MS = 10_000;
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    /** Short, because a healthy server answers at once, and one without a leader does not answer at all. */
    private static final int PING_TIMEOUT_MS = 2_000;
    private static final int TOUCHES_PER_TIMEOUT = 3;
    private static final int PASSWORD_LENGTH = 16;
    private static final int REPLY_MAX = 1 << 20;
    private static final int REPLY_HEADER_LENGTH = 16;

    /** Writes the body of one request. */
    @FunctionalInterface
    private interface Body
    {
        void write(DataOutputStream out) throws IOException;
    }

    private final Socket socket = new Socket();
    private DataInputStream in;
    private int timeoutMs;
    private int xid;
    /** Number of sent pings whose answers have not been read yet. */
    private int pings;

    /**
     * Connects and starts a session. Called once, before anything else; {@link #abandon} may come before it.
     *
     * @param listening address of the client port.
     * @throws IOException when the server does not accept the session; only {@link #abandon} may follow.
     */
    void connect(final InetSocketAddress listening) throws IOException
    {
        socket.connect(reachable(listening), CONNECT_TIMEOUT_MS);
        socket.setSoTimeout(ANSWER_TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        send(OwnClient::connectRequest);
        timeoutMs = ByteBuffer.wrap(receive()).getInt(Integer.BYTES);
    }

    private static InetSocketAddress reachable(final InetSocketAddress listening)
    {
        return listening.getAddress().isAnyLocalAddress() ? new InetSocketAddress(InetAddress.getLoopbackAddress(),
            listening.getPort()) : listening;
    }

    private static void connectRequest(final DataOutputStream out) throws IOException
    {
        out.writeInt(0);
        out.writeLong(0);
        out.writeInt(SESSION_TIMEOUT_MS);
        out.writeLong(0);
        out.writeInt(PASSWORD_LENGTH);
        out.write(new byte[PASSWORD_LENGTH]);
        out.writeBoolean(false);
    }

    /** Sends credentials; returns an error code. */
    int authenticate(final Credentials who) throws IOException
    {
        send(out ->
        {
            out.writeInt(Xid.AUTH);
            out.writeInt(OpCode.AUTH);
            out.writeInt(0);
            text(out, who.scheme());
            bytes(out, who.bytes());
        });
        return answer(Xid.AUTH);
    }

    /** Creates a persistent znode; returns an error code. */
    int create(final String path, final byte[] data, final byte[] acl) throws IOException
    {
        return request(OpCode.CREATE2, out ->
        {
            text(out, path);
            bytes(out, data);
            out.write(acl);
            out.writeInt(CreateMode.PERSISTENT);
        });
    }

    /** Sets data if the version is the expected one; returns an error code. */
    int setData(final String path, final byte[] data, final int version) throws IOException
    {
        return request(OpCode.SET_DATA, out ->
        {
            text(out, path);
            bytes(out, data);
            out.writeInt(version);
        });
    }

    /** Deletes a znode if the version is the expected one; returns an error code. */
    int delete(final String path, final int version) throws IOException
    {
        return request(OpCode.DELETE, out ->
        {
            text(out, path);
            out.writeInt(version);
        });
    }

    /** Whether the session surely lasts from one touch to the next, when they are this many milliseconds apart. */
    boolean canRest(final long touchMs)
    {
        return timeoutMs >= TOUCHES_PER_TIMEOUT * touchMs;
    }

    /** Touches the session without waiting for an answer; returns false when the connection is gone. */
    boolean touch()
    {
        try
        {
            send(out ->
            {
                out.writeInt(Xid.PING);
                out.writeInt(OpCode.PING);
            });
            pings++;
            return true;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    /** Whether the server answers on this connection. */
    boolean isAlive()
    {
        try
        {
            socket.setSoTimeout(PING_TIMEOUT_MS);
            if (!touch())
            {
                return false;
            }
            for (; pings > 0; pings--)
            {
                answer(Xid.PING);
            }
            socket.setSoTimeout(ANSWER_TIMEOUT_MS);
            return true;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    private int request(final int opCode, final Body body) throws IOException
    {
        final int own = ++xid;
        send(out ->
        {
            out.writeInt(own);
            out.writeInt(opCode);
            body.write(out);
        });
        return answer(own);
    }

    private void send(final Body body) throws IOException
    {
        final ByteArrayOutputStream frame = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(frame);
        out.writeInt(0);
        body.write(out);
        final byte[] bytes = frame.toByteArray();
        ByteBuffer.wrap(bytes).putInt(0, bytes.length - Integer.BYTES);
        socket.getOutputStream().write(bytes);
    }

    /** Reads replies up to the one with this xid and returns its error code. */
    private int answer(final int wanted) throws IOException
    {
        while (true)
        {
            final DataInputStream reply = new DataInputStream(new ByteArrayInputStream(receive()));
            final int told = reply.readInt();
            reply.readLong();
            final int errorCode = reply.readInt();
            if (told == wanted)
            {
                return errorCode;
            }
        }
    }

    private byte[] receive() throws IOException
    {
        final int length = in.readInt();
        if (length < REPLY_HEADER_LENGTH || length > REPLY_MAX)
        {
            throw new IOException("a reply of " + length + " bytes");
        }

        final byte[] frame = in.readNBytes(length);
        if (frame.length < length)
        {
            throw new EOFException();
        }

        return frame;
    }

    private static void text(final DataOutputStream out, final String text) throws IOException
    {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(final DataOutputStream out, final byte[] bytes) throws IOException
    {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Closes the connection; the session expires later. Called by any thread. */
    void abandon()
    {
        try
        {
            socket.close();
        }
        catch (final IOException ex)
        {
            // The descriptor is freed, whatever close reports.
        }
    }

    /** Closes the session. If the server does not answer, the session expires later. */
    @Override
    public void close() throws IOException
    {
        try
        {
            socket.setSoTimeout(PING_TIMEOUT_MS);
            if (request(OpCode.CLOSE_SESSION, out ->
            {
                // The request is nothing but its header.
            }) != ErrorCode.OK)
            {
                throw new IOException("the session could not be closed");
            }
        }
        finally
        {
            socket.close();
        }
    }
}
