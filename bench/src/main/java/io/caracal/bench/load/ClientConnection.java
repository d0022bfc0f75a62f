/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Xid;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * One session on one non-blocking connection. It performs the handshake, keeps a window of requests in flight, receives
 * replies in order, sends pings, and reconnects with the same session when the connection breaks. Owned by one
 * {@link LoadAgent} or {@link WriteProbe}. Makes no garbage while connected.
 */
final class ClientConnection implements FrameReader.FrameHandler
{
    static final long NONE = -1;

    private static final int HEADER_LENGTH = 16;
    private static final int CONNECT_RESPONSE_LENGTH_MIN = 36;

    /** State of a connection. */
    enum State
    {
        /** There is no socket; the connection waits until it may try again. */
        DISCONNECTED,
        /** The socket is being connected. */
        CONNECTING,
        /** A session was requested. */
        HANDSHAKING,
        /** Requests may be sent. */
        READY,
        /** The end of the session was requested. */
        CLOSING,
        /** Closed for good. */
        CLOSED
    }

    private final Selector selector;
    private final Reconnects reconnects;
    private final RequestEncoder encoder;
    private final ReplyHandler handler;
    private final int timeoutMs;
    private final InFlight inFlight;
    private final FrameReader reader;
    private final byte[] password = new byte[RequestEncoder.PASSWORD_LENGTH];
    private final SendBuffer outbound;
    private SocketChannel channel;
    private InetSocketAddress address;
    private SelectionKey key;
    private State state = State.DISCONNECTED;
    private int xid;
    private long sessionId;
    private long lastZxid;
    private long pingIntervalNs;
    private long lastSendNs;
    private long freshCount;
    private long ephemeral = NONE;
    private long nowNs;

    ClientConnection(
        final Selector selector, final LoadContext context, final int server, final RequestEncoder encoder,
        final ReplyHandler handler)
    {
        this.selector = selector;
        this.encoder = encoder;
        this.handler = handler;
        timeoutMs = context.sessionTimeoutMs();
        inFlight = new InFlight(context.inFlight());
        reader = new FrameReader(context.inFlight());
        outbound = new SendBuffer(encoder.frameLengthMax(), context.inFlight());
        reconnects = new Reconnects(context.servers(), server);
    }

    State state()
    {
        return state;
    }

    boolean isReady()
    {
        return state == State.READY;
    }

    boolean isIdle()
    {
        return inFlight.isEmpty();
    }

    long sessionId()
    {
        return sessionId;
    }

    long nextFresh()
    {
        return freshCount++;
    }

    long ephemeral()
    {
        return ephemeral;
    }

    void ephemeral(final long counter)
    {
        ephemeral = counter;
    }

    /** Does what is due: reconnects or sends a ping. Cheap when nothing is due. */
    void onTime(final long timeNs)
    {
        nowNs = timeNs;
        if (state == State.DISCONNECTED && reconnects.isDue(timeNs))
        {
            connect();
        }
        else if (state == State.READY && timeNs - lastSendNs > pingIntervalNs && outbound.hasRoom())
        {
            outbound.wrote(encoder.bare(outbound.buffer(), outbound.end(), Xid.PING, OpCode.PING));
            flush(timeNs);
        }
    }

    boolean canSend()
    {
        return state == State.READY && !inFlight.isFull() && outbound.hasRoom();
    }

    /** Writes one request into the send buffer. {@link #flush} sends it. */
    void enqueue(final RequestSource source, final long startNs)
    {
        xid = xid == Integer.MAX_VALUE ? 1 : xid + 1;
        outbound.wrote(source.next(this, outbound.buffer(), outbound.end(), xid));
        inFlight.add(xid, source.operation(), startNs);
    }

    /** Sends as much as the socket takes. */
    void flush(final long timeNs)
    {
        if (outbound.isEmpty() || state == State.DISCONNECTED || state == State.CONNECTING)
        {
            return;
        }

        try
        {
            outbound.send(channel);
            lastSendNs = timeNs;
            interest(outbound.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
        catch (final IOException ex)
        {
            disconnect(ex.toString());
        }
    }

    /** Handles a socket that the selector found ready. */
    void onReady(final long timeNs)
    {
        nowNs = timeNs;
        try
        {
            if (state == State.CONNECTING)
            {
                channel.finishConnect();
                handshake();
            }
            else
            {
                if (key.isWritable())
                {
                    flush(timeNs);
                }
                receive();
            }
        }
        catch (final IOException ex)
        {
            disconnect(address + ": " + ex);
        }
    }

    /** Drops a connection over which nothing comes. The session goes on at the next server. */
    void giveUp(final String reason, final long timeNs)
    {
        nowNs = timeNs;
        if (state != State.DISCONNECTED && state != State.CLOSED)
        {
            disconnect(reason);
        }
    }

    /**
     * Requests the end of the session; {@link State#CLOSED} follows when it is granted. Closes at once if the session
     * is not open or there is no room for the request.
     */
    void closeSession(final long timeNs)
    {
        if (state == State.READY && outbound.hasRoom())
        {
            xid = xid == Integer.MAX_VALUE ? 1 : xid + 1;
            outbound.wrote(encoder.bare(outbound.buffer(), outbound.end(), xid, OpCode.CLOSE_SESSION));
            state = State.CLOSING;
            flush(timeNs);
        }
        else if (state != State.CLOSING)
        {
            close();
        }
    }

    /** Closes the socket for good. Requests in flight are lost. */
    void close()
    {
        CloseHelper.quietClose(channel);
        state = State.CLOSED;
        loseAll();
    }

    @Override
    public boolean onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        return switch (state)
        {
            case HANDSHAKING -> onSession(buffer, offset, length);
            case READY -> onReply(buffer, offset, length);
            case CLOSING -> !isEndOfSession(buffer, offset, length);
            default -> false;
        };
    }

    private void connect()
    {
        address = reconnects.next();
        try
        {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            state = State.CONNECTING;
            final boolean connected = channel.connect(address);
            key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            if (connected)
            {
                handshake();
            }
        }
        catch (final IOException ex)
        {
            disconnect(address + ": " + ex);
        }
    }

    private void handshake()
    {
        state = State.HANDSHAKING;
        reader.reset();
        outbound.clear();
        outbound.wrote(encoder.connect(outbound.buffer(), 0, lastZxid, timeoutMs, sessionId, password));
        key.interestOps(SelectionKey.OP_READ);
        flush(nowNs);
    }

    private void receive() throws IOException
    {
        boolean more = true;
        while (more && state != State.DISCONNECTED && state != State.CLOSED)
        {
            final int length = reader.read(channel);
            if (length < 0)
            {
                disconnect("the server closed the connection");
                return;
            }
            more = reader.wasFilled();
            nowNs = System.nanoTime();
            if (length > 0 && !reader.drain(this))
            {
                onStop();
            }
        }
    }

    private void onStop()
    {
        if (state == State.CLOSING)
        {
            close();
        }
        else if (state != State.DISCONNECTED)
        {
            disconnect("a malformed frame");
        }
    }

    private boolean onSession(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < CONNECT_RESPONSE_LENGTH_MIN)
        {
            return false;
        }

        final int grantedMs = buffer.getInt(offset + 4, BIG_ENDIAN);
        if (grantedMs <= 0)
        {
            sessionId = 0;
            ephemeral = NONE;
            disconnect("the session was refused");
            return false;
        }

        sessionId = buffer.getLong(offset + 8, BIG_ENDIAN);
        buffer.getBytes(offset + 20, password);
        pingIntervalNs = grantedMs * 1_000_000L / 3;
        reconnects.onSession();
        state = State.READY;
        handler.onSession();
        return true;
    }

    private boolean onReply(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < HEADER_LENGTH)
        {
            return false;
        }

        final int replyXid = buffer.getInt(offset, BIG_ENDIAN);
        final long zxid = buffer.getLong(offset + 4, BIG_ENDIAN);
        final int error = buffer.getInt(offset + 12, BIG_ENDIAN);
        if (zxid > 0)
        {
            lastZxid = zxid;
        }
        if (replyXid < 0)
        {
            return onUnasked(replyXid);
        }
        if (inFlight.isEmpty() || inFlight.oldestXid() != replyXid)
        {
            disconnect("a reply out of order: xid " + replyXid);
            return false;
        }

        final Operation operation = inFlight.oldestOperation();
        final long startNs = inFlight.oldestStartNs();
        inFlight.removeOldest();
        final boolean hidesError = operation == Operation.MULTI && error == ErrorCode.OK;
        final int outcome = hidesError ? MultiReply.error(buffer, offset + HEADER_LENGTH, offset + length) : error;
        handler.onReply(operation, outcome, startNs, nowNs);
        return true;
    }

    private boolean onUnasked(final int replyXid)
    {
        if (replyXid == Xid.WATCH_EVENT)
        {
            handler.onWatchEvent();
        }

        return true;
    }

    private boolean isEndOfSession(final DirectBuffer buffer, final int offset, final int length)
    {
        return length >= HEADER_LENGTH && buffer.getInt(offset, BIG_ENDIAN) == xid;
    }

    private void interest(final int operations)
    {
        if (key.interestOps() != operations)
        {
            key.interestOps(operations);
        }
    }

    private void disconnect(final String reason)
    {
        CloseHelper.quietClose(channel);
        if (state == State.CLOSING)
        {
            close();
            return;
        }

        state = State.DISCONNECTED;
        outbound.clear();
        reconnects.onDisconnect(nowNs);
        loseAll();
        handler.onDisconnect(reason);
    }

    private void loseAll()
    {
        while (!inFlight.isEmpty())
        {
            final Operation operation = inFlight.oldestOperation();
            inFlight.removeOldest();
            handler.onLost(operation);
        }
    }
}
