/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.Xid;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.agrona.CloseHelper;

/** One session of a fleet, on one non-blocking connection. Its frames are short, so one small buffer is enough. */
final class Member
{
    private static final int BUFFER_LENGTH = 256;
    private static final int PREFIX = 4;
    private static final int SESSION_OFFSET = 8;
    private static final int PASSWORD_OFFSET = 20;
    private static final int ERROR_OFFSET = 12;

    /** Receives what happens to a member, during its {@link #onReadable}. */
    interface Listener
    {
        /** The session was opened or taken up again. */
        void onSession(Member member);

        /** A server said that the session is over. The member has forgotten the session. */
        void onLost(Member member);

        /** A request was answered without an error. */
        void onReply(Member member);

        /** A watch fired. */
        void onEvent(Member member);
    }

    private final byte[] password = new byte[FleetFrames.PASSWORD_LENGTH];
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_LENGTH);
    private final int index;
    private SocketChannel channel;
    private long sessionId;
    private int xid;
    private boolean isHandshaking;

    Member(final int index)
    {
        this.index = index;
    }

    /** Returns its index in the fleet. */
    int index()
    {
        return index;
    }

    /**
     * Begins to connect. The source address may be chosen, because one address does not have enough ports for many
     * members; null leaves the choice to the system.
     */
    void connect(final Selector selector, final InetSocketAddress source, final InetSocketAddress server)
        throws IOException
    {
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(source);
        isHandshaking = true;
        received.clear();
        final boolean isConnected = channel.connect(server);
        channel.register(selector, isConnected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
    }

    /** Completes a connection that is ready and asks for a new session, or for the one that the member had. */
    void onConnectable(final SelectionKey key, final FleetFrames frames, final int timeoutMs) throws IOException
    {
        if (channel.isConnectionPending() && !channel.finishConnect())
        {
            return;
        }

        key.interestOps(SelectionKey.OP_READ);
        send(frames.connect(timeoutMs, sessionId, password));
    }

    /** Whether the member has its session on a connection that is not known to be broken. */
    boolean isConnected()
    {
        return channel != null && channel.isOpen() && !isHandshaking;
    }

    int nextXid()
    {
        return ++xid;
    }

    /**
     * Sends a frame at once. A fleet has at most one small request under way per member, which a socket always takes
     * whole.
     */
    void send(final ByteBuffer frame) throws IOException
    {
        channel.write(frame);
        if (frame.hasRemaining())
        {
            throw new FleetException("a socket takes no more although nothing is under way on it");
        }
    }

    void onReadable(final Listener listener) throws IOException
    {
        if (channel.read(received) < 0)
        {
            throw new EOFException("a server closed the connection of session 0x" + Long.toHexString(sessionId));
        }

        received.flip();
        while (received.remaining() >= PREFIX && received.remaining() >= PREFIX + length())
        {
            final int start = received.position() + PREFIX;
            final int end = start + length();
            onFrame(start, listener);
            received.position(end);
        }
        received.compact();
    }

    private int length()
    {
        final int length = received.getInt(received.position());
        if (length < 0 || length > BUFFER_LENGTH - PREFIX)
        {
            throw new FleetException("a frame of " + length + " bytes was not expected");
        }

        return length;
    }

    private void onFrame(final int start, final Listener listener)
    {
        if (isHandshaking)
        {
            onSession(start, listener);
            return;
        }

        final int replyXid = received.getInt(start);
        if (replyXid == Xid.WATCH_EVENT)
        {
            listener.onEvent(this);
        }
        else if (replyXid != Xid.PING)
        {
            onReply(received.getInt(start + ERROR_OFFSET), listener);
        }
    }

    private void onReply(final int error, final Listener listener)
    {
        if (error == ErrorCode.SESSION_EXPIRED)
        {
            lose(listener);
            return;
        }
        if (error != ErrorCode.OK && error != ErrorCode.NODE_EXISTS)
        {
            throw new FleetException("a request was answered with error " + error);
        }
        listener.onReply(this);
    }

    private void onSession(final int start, final Listener listener)
    {
        final long id = received.getLong(start + SESSION_OFFSET);
        if (id == 0 && sessionId != 0)
        {
            lose(listener);
            return;
        }
        if (id == 0 || (sessionId != 0 && id != sessionId))
        {
            throw new FleetException("session 0x" + Long.toHexString(sessionId) + " was asked for and 0x" +
                Long.toHexString(id) + " given");
        }

        sessionId = id;
        received.get(start + PASSWORD_OFFSET, password);
        isHandshaking = false;
        listener.onSession(this);
    }

    private void lose(final Listener listener)
    {
        sessionId = 0;
        Arrays.fill(password, (byte)0);
        listener.onLost(this);
    }

    /** Closes a connection that broke or is not needed any more. */
    void abandon()
    {
        CloseHelper.quietClose(channel);
    }

    void disconnect() throws IOException
    {
        if (channel != null)
        {
            channel.close();
        }
    }
}
