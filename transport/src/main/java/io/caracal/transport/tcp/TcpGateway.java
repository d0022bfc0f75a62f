/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.CloseReason;
import io.caracal.transport.DirectMemory;
import io.caracal.transport.RejectReason;
import io.caracal.transport.TransportContext;
import io.caracal.transport.TransportEvents;
import io.caracal.transport.WordHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Serves client sockets on the thread that polls it: the whole client transport with {@code threading=shared}, a part
 * of it with {@code threading=dedicated}.
 * <p>
 * One poll asks the selector once, visits each ready connection once - one read, a bounded bite, round robin - and
 * writes once to each connection that has something to send.
 */
public final class TcpGateway implements ClientTransport
{
    /** Bytes that one poll handles of all connections together, give or take one connection's bite. */
    static final int POLL_BYTES_MAX = 1 << 20;

    /** Connections that may wait for the end of the cycle to be written to; then they are written to at once. */
    static final int DIRTY_MAX = 1024;

    /** Connections that one poll closes because their time is over. */
    static final int TIMEOUTS_MAX = 256;

    private static final int ADDRESS_LENGTH_MAX = 16;

    private final ArrayDeque<Connection> ready = new ArrayDeque<>();
    private final ArrayDeque<Connection> dirty = new ArrayDeque<>();
    private final LongArrayQueue ends = new LongArrayQueue();
    private final ByteBuffer[] gather = new ByteBuffer[WriteQueue.GATHER_MAX];
    private final UnsafeBuffer addressBytes = new UnsafeBuffer(new byte[ADDRESS_LENGTH_MAX]);
    private final SelectIdle idle;
    private final NanoClock nanoClock;
    private final TransportEvents events;
    private final WordHandler wordHandler;
    private final Admission admission;
    private final DirectMemory memory;
    private final BlockPool pool;
    private final FrameReader reader;
    private final ConnectionTable table;
    private final WordDesk desk;
    private final DeadlineList handshakes;
    private final DeadlineList words;
    private final DeadlineList lingers;
    private final Acceptor acceptor;
    private final boolean keepAlive;
    private final int outboundMax;
    private final int outboundHighWater;
    private Connection claimedBy;
    private Block claimedBlock;
    private int claimedLength;
    private long nowNs;
    private boolean isClosed;

    /**
     * Listens and is ready to be polled.
     *
     * @param context concluded.
     * @param idle    of the loop that polls this gateway.
     * @throws java.io.UncheckedIOException when an address cannot be listened on.
     */
    public TcpGateway(final TransportContext context, final SelectIdle idle)
    {
        this(context, idle, 0, new Admission(context), new DirectMemory(context.bufferBytesMax()), null, true);
    }

    /**
     * @param sink where accepted sockets go; null: here.
     */
    TcpGateway(final TransportContext context, final SelectIdle idle, final int index, final Admission admission,
        final DirectMemory memory, final SocketSink sink, final boolean listens)
    {
        this.idle = idle;
        this.admission = admission;
        this.memory = memory;
        nanoClock = context.nanoClock();
        events = context.events();
        wordHandler = context.wordHandler();
        keepAlive = context.keepAlive();
        outboundMax = context.outboundMax();
        outboundHighWater = context.outboundHighWater();
        handshakes = new DeadlineList(context.handshakeTimeoutNs());
        words = new DeadlineList(context.wordTimeoutNs());
        lingers = new DeadlineList(context.closeLingerNs());
        table = new ConnectionTable(index);
        desk = new WordDesk(context.wordAnswerMax(), idle::wakeup);
        pool = new BlockPool(memory);
        acceptor = listens ? new Acceptor(context, admission, null == sink ? this::adopt : sink) : null;
        reader = new FrameReader(this, context.frameLengthMax(), receiveBuffer());
        nowNs = nanoClock.nanoTime();
        idle.deadlineSource(this::nextDeadlineNs);

        if (null != acceptor)
        {
            acceptor.register(idle.selector());
        }
    }

    @Override
    public int poll(final ClientHandler handler)
    {
        nowNs = nanoClock.nanoTime();
        idle.selectNow();
        int workCount = null == acceptor ? 0 : acceptor.doWork(nowNs);
        workCount += visitReady(handler);
        workCount += takeAnswers();
        workCount += closeOverdue();
        workCount += deliverEnds(handler);
        flush();

        return workCount;
    }

    @Override
    public int claim(final long connectionId, final int length)
    {
        Invariant.check(null == claimedBy, "claim during a claim");
        final Connection connection = table.find(connectionId);

        if (null == connection || ConnectionState.OPEN != connection.state || !hasRoom(connection, length))
        {
            return CLOSED;
        }

        final Block block = connection.unsent.tryClaim(length);

        if (null == block)
        {
            end(connection, CloseReason.NO_MEMORY);
            return CLOSED;
        }

        claimedBy = connection;
        claimedBlock = block;
        claimedLength = length;

        return block.end;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claimedBlock.buffer;
    }

    @Override
    public void commit()
    {
        final Connection connection = claimedBy;
        Invariant.check(null != connection, "commit without a claim");
        connection.unsent.commit(claimedLength);
        claimedBy = null;
        claimedBlock = null;
        markDirty(connection);
    }

    @Override
    public void resume(final long connectionId)
    {
        final Connection connection = table.find(connectionId);

        if (null != connection && connection.isRefused)
        {
            connection.isRefused = false;
            receiveAgain(connection);
        }
    }

    @Override
    public void close(final long connectionId)
    {
        final Connection connection = table.find(connectionId);

        if (null != connection && ConnectionState.OPEN == connection.state)
        {
            lingers.add(connection, nanoClock.nanoTime());
            flushAndEnd(connection, CloseReason.BY_ENGINE);
        }
    }

    @Override
    public void flush()
    {
        Connection connection;

        while (null != (connection = dirty.pollFirst()))
        {
            flush(connection);
        }
    }

    /** Writes what a connection owes; it may then still be in the queue, where it is passed over. */
    private void flush(final Connection connection)
    {
        if (connection.isDirty)
        {
            connection.isDirty = false;

            if (ConnectionState.CLOSED != connection.state && ConnectionState.DRAINING != connection.state)
            {
                write(connection);
            }
        }
    }

    @Override
    public long nextDeadlineNs()
    {
        if (!ready.isEmpty() || !dirty.isEmpty() || !ends.isEmpty() || desk.hasPieces())
        {
            return Long.MIN_VALUE;
        }

        final long acceptNs = null == acceptor ? Long.MAX_VALUE : acceptor.nextDeadlineNs();

        return Math.min(Math.min(acceptNs, handshakes.nextDeadlineNs()),
            Math.min(words.nextDeadlineNs(), lingers.nextDeadlineNs()));
    }

    @Override
    public int answer(final long connectionId, final DirectBuffer buffer, final int offset, final int length)
    {
        return desk.answer(connectionId, buffer, offset, length);
    }

    @Override
    public void finish(final long connectionId)
    {
        desk.finish(connectionId);
    }

    @Override
    public List<InetSocketAddress> addresses()
    {
        return null == acceptor ? List.of() : acceptor.addresses();
    }

    @Override
    public void closeListeners()
    {
        if (null != acceptor)
        {
            acceptor.close();
        }
    }

    @Override
    public int connectionCount()
    {
        return table.count();
    }

    @Override
    public DirectMemory memory()
    {
        return memory;
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            closeListeners();
            flush();

            for (int slot = 0; slot < table.slotCount(); slot++)
            {
                if (null != table.at(slot))
                {
                    end(table.at(slot), CloseReason.SHUTDOWN);
                }
            }

            pool.close();
            memory.free(BufferPurpose.RECEIVE, reader.receiveBytes());
            idle.deadlineSource(() -> Long.MAX_VALUE);
            // Descriptors of closed channels are released by the next selection.
            idle.selectNow();
            idle.selectNow();
        }
    }

    // What the parts of a gateway ask of it.

    BlockPool pool()
    {
        return pool;
    }

    Connection find(final long connectionId)
    {
        return table.find(connectionId);
    }

    /** Takes over a socket that was admitted. */
    void adopt(final SocketChannel channel, final InetSocketAddress remote)
    {
        final Connection connection = new Connection(this, channel, remote);

        try
        {
            if (isClosed || table.isFull())
            {
                turnAway(connection, RejectReason.TOTAL_LIMIT);
                return;
            }

            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, keepAlive);
            connection.key = channel.register(idle.selector(), SelectionKey.OP_READ, connection);
        }
        catch (final IOException ex)
        {
            turnAway(connection, RejectReason.SETUP_FAILED);
            return;
        }

        table.add(connection);
        handshakes.add(connection, nanoClock.nanoTime());
        events.onAccepted();
    }

    /** Called while the selector runs. */
    void onReady(final Connection connection, final int readyOps)
    {
        if (0 != (readyOps & SelectionKey.OP_WRITE))
        {
            connection.isWriteBlocked = false;
            addDirty(connection);
        }

        if (0 != (readyOps & SelectionKey.OP_READ))
        {
            enqueue(connection);
        }
    }

    void onReceived(final int bytes)
    {
        if (bytes > 0)
        {
            events.onReceived(bytes);
        }
    }

    /** The first whole frame has come: from now on the engine knows the connection. */
    void announce(final Connection connection, final ClientHandler handler)
    {
        connection.leaveDeadlines();
        connection.state = ConnectionState.OPEN;
        connection.isAnnounced = true;
        final byte[] address = connection.remote.getAddress().getAddress();
        addressBytes.putBytes(0, address);
        handler.onConnect(connection.id, addressBytes, 0, address.length, connection.remote.getPort());
    }

    /** Takes no further requests from a connection that owes too much, unless its socket takes some of it now. */
    void relieve(final Connection connection)
    {
        if (connection.unsent.bytes() > outboundHighWater && ConnectionState.OPEN == connection.state)
        {
            if (!connection.isWriteBlocked)
            {
                write(connection);
            }
            else
            {
                judgeHighWater(connection);
            }
        }
    }

    void openWord(final Connection connection, final int word, final long argument)
    {
        if (null == wordHandler)
        {
            end(connection, CloseReason.WORD_ANSWERED);
            return;
        }

        connection.state = ConnectionState.WORD;
        connection.exchange = desk.open(connection.id);
        words.add(connection, nowNs);
        wordHandler.onWord(connection.id, word, argument, connection.remote);
    }

    void endBroken(final Connection connection)
    {
        end(connection, null == connection.closeReason ? CloseReason.BROKEN : connection.closeReason);
    }

    void endOfStream(final Connection connection)
    {
        end(connection, null == connection.closeReason ? CloseReason.BY_CLIENT : connection.closeReason);
    }

    /** Ends a connection now, whatever it owes. */
    void end(final Connection connection, final CloseReason reason)
    {
        if (ConnectionState.CLOSED == connection.state)
        {
            return;
        }

        connection.state = ConnectionState.CLOSED;
        connection.leaveDeadlines();
        connection.unsent.drop();

        if (!reader.isVisiting(connection))
        {
            connection.dropInbound();
        }

        Sockets.closeQuietly(connection.channel);
        bidFarewell(connection);
        table.remove(connection);
        admission.leave(connection.remote.getAddress());
        events.onClosed(reason);
    }

    /** Hands over nothing more of a connection until {@link #release}. */
    void hold(final long connectionId)
    {
        final Connection connection = table.find(connectionId);

        if (null != connection)
        {
            connection.isHeld = true;
            connection.updateInterest();
        }
    }

    void release(final long connectionId)
    {
        final Connection connection = table.find(connectionId);

        if (null != connection && connection.isHeld)
        {
            connection.isHeld = false;
            receiveAgain(connection);
        }
    }

    /** Whether so many bytes more are within the bound; if not, the connection is ended. */
    boolean hasRoom(final Connection connection, final int length)
    {
        if (connection.unsent.bytes() + length <= outboundMax)
        {
            return true;
        }

        if (!connection.isWriteBlocked && length <= outboundMax)
        {
            write(connection);
        }

        if (ConnectionState.OPEN == connection.state && connection.unsent.bytes() + length > outboundMax)
        {
            end(connection, CloseReason.SLOW_READER);
        }

        return ConnectionState.OPEN == connection.state;
    }

    /** A block that was filled elsewhere joins what is to be sent. */
    void append(final Connection connection, final Block block)
    {
        connection.unsent.append(block);
        markDirty(connection);
    }

    private ByteBuffer receiveBuffer()
    {
        final ByteBuffer bytes = memory.tryAllocate(BufferPurpose.RECEIVE, FrameReader.RECEIVE_LENGTH);

        if (null == bytes)
        {
            closeListeners();
            throw new IllegalStateException("no memory for the receive buffer: raise bufferBytesMax");
        }

        return bytes;
    }

    private void turnAway(final Connection connection, final RejectReason reason)
    {
        Sockets.closeQuietly(connection.channel);
        admission.leave(connection.remote.getAddress());
        events.onRejected(reason);
    }

    private int visitReady(final ClientHandler handler)
    {
        int workCount = 0;
        long bytesLeft = POLL_BYTES_MAX;

        for (int i = ready.size(); i > 0 && bytesLeft > 0; i--)
        {
            final Connection connection = ready.pollFirst();
            connection.isQueued = false;

            if (ConnectionState.CLOSED != connection.state)
            {
                bytesLeft -= reader.visit(connection, handler, nowNs);
                workCount++;
                flush(connection);

                if (reader.isMoreLikely() && ConnectionState.CLOSED != connection.state)
                {
                    enqueue(connection);
                }
            }
        }

        return workCount;
    }

    private int takeAnswers()
    {
        int workCount = 0;

        WordDesk.Piece piece;

        // A piece that is just being added may be seen to be there and not yet be had: then it comes next time.
        while (workCount < WordDesk.PIECES_MAX && null != (piece = desk.next()))
        {
            final Connection connection = table.find(piece.exchange().connectionId);

            if (null != connection && ConnectionState.WORD == connection.state)
            {
                takeAnswer(connection, piece.bytes());
            }

            workCount++;
        }

        return workCount;
    }

    private void takeAnswer(final Connection connection, final DirectBuffer bytes)
    {
        words.add(connection, nowNs);

        if (null == bytes)
        {
            flushAndEnd(connection, CloseReason.WORD_ANSWERED);
            return;
        }

        int taken = 0;

        while (taken < bytes.capacity())
        {
            final int length = Math.min(bytes.capacity() - taken, WriteQueue.BLOCK_LENGTH);
            final Block block = connection.unsent.tryClaim(length);

            if (null == block)
            {
                end(connection, CloseReason.NO_MEMORY);
                return;
            }

            block.buffer.putBytes(block.end, bytes, taken, length);
            connection.unsent.commit(length);
            taken += length;
        }

        markDirty(connection);
    }

    private int closeOverdue()
    {
        int workCount = 0;
        Connection connection;

        while (workCount < TIMEOUTS_MAX && null != (connection = handshakes.due(nowNs)))
        {
            end(connection, CloseReason.HANDSHAKE_TIMEOUT);
            workCount++;
        }

        while (workCount < TIMEOUTS_MAX && null != (connection = words.due(nowNs)))
        {
            end(connection, CloseReason.WORD_TIMEOUT);
            workCount++;
        }

        while (workCount < TIMEOUTS_MAX && null != (connection = lingers.due(nowNs)))
        {
            end(connection, ConnectionState.FLUSHING == connection.state ?
                CloseReason.UNSENT_REST : connection.closeReason);
            workCount++;
        }

        return workCount;
    }

    private int deliverEnds(final ClientHandler handler)
    {
        int workCount = 0;

        while (!ends.isEmpty())
        {
            handler.onDisconnect(ends.pollLong());
            workCount++;
        }

        return workCount;
    }

    private void flushAndEnd(final Connection connection, final CloseReason reason)
    {
        connection.state = ConnectionState.FLUSHING;
        connection.closeReason = reason;

        if (!reader.isVisiting(connection))
        {
            connection.dropInbound();
        }

        connection.updateInterest();
        markDirty(connection);
    }

    private void write(final Connection connection)
    {
        final long sent;

        try
        {
            sent = connection.unsent.writeTo(connection.channel, gather);
        }
        catch (final IOException ex)
        {
            endBroken(connection);
            return;
        }

        if (sent > 0)
        {
            onSent(connection, sent);
        }

        connection.isWriteBlocked = connection.unsent.bytes() > 0;

        if (!connection.isWriteBlocked && ConnectionState.FLUSHING == connection.state)
        {
            drain(connection);
        }
        else
        {
            judgeHighWater(connection);
            connection.updateInterest();
        }
    }

    private void onSent(final Connection connection, final long bytes)
    {
        events.onSent(bytes);

        if (null != connection.exchange)
        {
            connection.exchange.addUnsent((int)-bytes);
            words.add(connection, nowNs);
        }
    }

    private void judgeHighWater(final Connection connection)
    {
        if (connection.unsent.bytes() > outboundHighWater)
        {
            connection.isAboveHighWater = true;
        }
        else if (connection.isAboveHighWater && connection.unsent.bytes() <= outboundHighWater / 2)
        {
            connection.isAboveHighWater = false;
            receiveAgain(connection);
        }
    }

    /**
     * Everything is sent: ends the own side, so that the client can read the last frame, and waits for it to do the
     * same.
     */
    private void drain(final Connection connection)
    {
        try
        {
            connection.channel.shutdownOutput();
        }
        catch (final IOException ex)
        {
            end(connection, connection.closeReason);
            return;
        }

        connection.state = ConnectionState.DRAINING;
        lingers.add(connection, nanoClock.nanoTime());
        bidFarewell(connection);
        connection.updateInterest();
        enqueue(connection);
    }

    /** Whoever knows the connection is told, once, that it is over. */
    private void bidFarewell(final Connection connection)
    {
        if (connection.isAnnounced)
        {
            connection.isAnnounced = false;
            ends.addLong(connection.id);
        }

        final WordExchange exchange = connection.exchange;

        if (null != exchange)
        {
            connection.exchange = null;
            desk.close(exchange);

            if (ConnectionState.DRAINING != connection.state)
            {
                wordHandler.onWordGone(connection.id);
            }
        }
    }

    private void receiveAgain(final Connection connection)
    {
        if (ConnectionState.OPEN == connection.state)
        {
            connection.updateInterest();
            enqueue(connection);
        }
    }

    private void enqueue(final Connection connection)
    {
        if (!connection.isQueued)
        {
            connection.isQueued = true;
            ready.addLast(connection);
        }
    }

    private void markDirty(final Connection connection)
    {
        addDirty(connection);

        if (dirty.size() >= DIRTY_MAX)
        {
            flush();
        }
    }

    private void addDirty(final Connection connection)
    {
        if (!connection.isDirty && !connection.isWriteBlocked)
        {
            connection.isDirty = true;
            dirty.addLast(connection);
        }
    }
}
