/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.wire;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.HexFormat;

/** A session over a {@link WireConnection} for tests that need bytes rather than a client library. */
public final class RawSession implements AutoCloseable
{
    /** How long a test waits for a connection, and for each frame. */
    public static final int TIMEOUT_MS = 60_000;

    /** Message of the exception when a server closes instead of answering the handshake. */
    public static final String UNANSWERED = "closed without an answer to the handshake";

    private final WireConnection connection;
    private final ConnectReply connected;
    private int nextXid = 1;

    /** The answer to a ConnectRequest. */
    public record ConnectReply(int protocolVersion, int timeoutMs, long sessionId, String passwordHex, int extraBytes)
    {
        public byte[] password()
        {
            return HexFormat.of().parseHex(passwordHex);
        }

        public boolean isAccepted()
        {
            return timeoutMs > 0;
        }
    }

    /** The reply to an ordinary request. The body may be read once. */
    public record Reply(int xid, long zxid, int err, JuteReader body)
    {
    }

    private RawSession(final WireConnection connection, final ConnectReply connected)
    {
        this.connection = connection;
        this.connected = connected;
    }

    public static RawSession open(final InetSocketAddress server, final int timeoutMs) throws IOException
    {
        return open(server, null, timeoutMs);
    }

    public static RawSession open(final InetSocketAddress server, final InetSocketAddress local, final int timeoutMs)
        throws IOException
    {
        return attach(connect(server, local), connectRequest(0, timeoutMs, 0, noPassword(), 0));
    }

    /**
     * Connects. A server that refuses may close before the operating system has told the client that the connection is
     * made.
     */
    private static WireConnection connect(final InetSocketAddress server, final InetSocketAddress local)
        throws IOException
    {
        try
        {
            return new WireConnection(server, local, TIMEOUT_MS);
        }
        catch (final ConnectException | BindException nobody)
        {
            throw nobody;
        }
        catch (final SocketException ended)
        {
            throw new IOException(UNANSWERED, ended);
        }
    }

    /** Sends a ConnectRequest over a new connection. Throws when the server closes it without an answer. */
    public static RawSession attach(final WireConnection connection, final byte[] connectRequest) throws IOException
    {
        final byte[] frame = answer(connection, connectRequest);

        if (frame == null)
        {
            connection.close();
            throw new IOException(UNANSWERED);
        }

        return new RawSession(connection, connectReply(frame));
    }

    /** Returns null when the other end closed, even if it did so before the request was written. */
    private static byte[] answer(final WireConnection connection, final byte[] connectRequest) throws IOException
    {
        try
        {
            connection.send(connectRequest);
            return connection.receive();
        }
        catch (final SocketException closed)
        {
            return null;
        }
    }

    /** Encodes a ConnectRequest. readOnly is 0 or 1, or -1 to leave the byte out as the oldest clients do. */
    public static byte[] connectRequest(final long lastZxidSeen, final int timeoutMs, final long sessionId,
        final byte[] password, final int readOnly)
    {
        final JuteWriter writer = new JuteWriter().i32(0).i64(lastZxidSeen).i32(timeoutMs).i64(sessionId).buf(password);

        if (readOnly >= 0)
        {
            writer.i8(readOnly);
        }

        return writer.toBytes();
    }

    public static ConnectReply connectReply(final byte[] frame)
    {
        final JuteReader reader = new JuteReader(frame);
        final int version = reader.i32();
        final int timeoutMs = reader.i32();
        final long sessionId = reader.i64();
        final byte[] password = reader.buf();
        return new ConnectReply(version, timeoutMs, sessionId, HexFormat.of().formatHex(password), reader.remaining());
    }

    /** The password that a new session sends. */
    public static byte[] noPassword()
    {
        return new byte[16];
    }

    public ConnectReply connected()
    {
        return connected;
    }

    public WireConnection connection()
    {
        return connection;
    }

    public int send(final int opcode, final JuteWriter body) throws IOException
    {
        final int xid = nextXid++;
        connection.send(new JuteWriter().header(xid, opcode).raw(body.toBytes()).toBytes());
        return xid;
    }

    /** Returns the next frame that is not a watch event; null when closed. */
    public Reply receive() throws IOException
    {
        while (true)
        {
            final byte[] frame = connection.receive();

            if (frame == null)
            {
                return null;
            }

            final JuteReader reader = new JuteReader(frame);
            final Reply reply = new Reply(reader.i32(), reader.i64(), reader.i32(), reader);

            if (reply.xid() != Opcode.XID_EVENT)
            {
                return reply;
            }
        }
    }

    /** Sends a request and waits for its reply. Fails if the connection ends instead. */
    public Reply call(final int opcode, final JuteWriter body) throws IOException
    {
        final int xid = send(opcode, body);
        final Reply reply = receive();

        if (reply == null)
        {
            throw new IOException("closed instead of a reply to opcode " + opcode);
        }

        if (reply.xid() != xid)
        {
            throw new IOException("reply to xid " + reply.xid() + " instead of " + xid);
        }

        return reply;
    }

    public Reply create(final String path, final byte[] data, final int flags) throws IOException
    {
        return call(Opcode.CREATE, new JuteWriter().str(path).buf(data).acls(Acl.OPEN).i32(flags));
    }

    public Reply ping() throws IOException
    {
        connection.send(new JuteWriter().header(Opcode.XID_PING, Opcode.PING).toBytes());
        return receive();
    }

    public Reply closeSession() throws IOException
    {
        return call(Opcode.CLOSE_SESSION, new JuteWriter());
    }

    /** Closes the connection. The session stays until it expires. */
    @Override
    public void close() throws IOException
    {
        connection.close();
    }
}
