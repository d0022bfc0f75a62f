/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.CloseReason;
import io.caracal.transport.DirectMemory;
import io.caracal.transport.MemoryShare;
import io.caracal.transport.TransportContext;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Serves client sockets on the thread that polls it. It is the whole client transport with {@code threading=shared},
 * and a part of it with {@code threading=dedicated}.
 * <p>
 * One poll asks the selector once and visits each ready connection once, round robin. A visit reads once, a bounded
 * number of bytes. What a visit leaves to send is written when the visit ends; what comes up later in the cycle is
 * written when the cycle ends.
 */
public final class TcpGateway implements ClientTransport
{
    /** Maximum of bytes that one poll handles for all connections together, give or take what one visit reads. */
    static final int POLL_BYTES_MAX = 1 << 20;

    private final ReadyQueue ready = new ReadyQueue();
    private final Interests interests = new Interests();
    private final SelectIdle idle;
    private final MemoryShare memory;
    private final BlockPool pool;
    private final ConnectionTable table;
    private final Deadlines deadlines;
    private final WordDesk desk;
    private final Endings endings;
    private final Outbox outbox;
    private final Shortage shortage;
    private final WordCalls words;
    private final Newcomers newcomers;
    private final Admission admission;
    private final Acceptor acceptor;
    private final FrameReader reader;
    private Connection claimedBy;
    private Block claimedBlock;
    private int claimedLength;
    private boolean isClosed;

    /**
     * Begins to listen and is ready to be polled.
     *
     * @param context concluded.
     * @param idle    of the loop that polls this gateway.
     * @throws java.io.UncheckedIOException when an address cannot be listened on.
     */
    public TcpGateway(final TransportContext context, final SelectIdle idle)
    {
        this(context, idle, 0, new Admission(context), new DirectMemory(context.bufferBytesMax()).share(0),
            null, true);
        beginAccepting();
    }

    /**
     * Listens without accepting until {@link #beginAccepting}.
     *
     * @param memory for its buffers.
     * @param sink   where accepted sockets go; null: to this gateway.
     */
    TcpGateway(final TransportContext context, final SelectIdle idle, final int index, final Admission admission,
        final MemoryShare memory, final SocketSink sink, final boolean listens)
    {
        this.idle = idle;
        this.memory = memory;
        this.admission = admission;
        pool = new BlockPool(memory);
        table = new ConnectionTable(index);
        deadlines = new Deadlines(context);
        desk = new WordDesk(context.wordAnswerMax(), idle::wakeup);
        endings = new Endings(context, table, admission, ready, deadlines, desk);
        outbox = new Outbox(context, endings, ready, deadlines);
        shortage = new Shortage(table, endings, pool);
        words = new WordCalls(context, desk, table, outbox, endings, deadlines, shortage);
        newcomers = new Newcomers(context, idle.selector(), new Connection.Shared(pool, ready, outbox, interests),
            table, admission, deadlines);
        acceptor = listens ? new Acceptor(context, admission, sink == null ? newcomers : sink) : null;
        reader = new FrameReader(new FrameCutter(newcomers, endings, outbox, words, context.frameLengthMax()), endings,
            shortage, context.events(), receiveBuffer());
        idle.deadlineSource(this::nextDeadlineNs);
    }

    /** Accepts sockets from the next poll on. Those that came since this gateway listens have been kept waiting. */
    void beginAccepting()
    {
        if (acceptor != null)
        {
            acceptor.register(idle.selector());
        }
    }

    private ByteBuffer receiveBuffer()
    {
        final ByteBuffer bytes = memory.tryAllocate(BufferPurpose.RECEIVE, FrameReader.RECEIVE_LENGTH);

        if (bytes == null)
        {
            closeListeners();
            throw new IllegalStateException("no memory for the receive buffer: raise bufferBytesMax");
        }

        return bytes;
    }

    @Override
    public int poll(final ClientHandler handler)
    {
        final long nowNs = deadlines.beginCycle();
        idle.selectNow();
        int workCount = acceptor == null ? 0 : acceptor.doWork(nowNs);
        workCount += visitReady(handler, nowNs);
        workCount += words.takeAnswers();
        workCount += deadlines.closeOverdue(endings);
        workCount += endings.deliver(handler);
        outbox.flush();

        return workCount;
    }

    private int visitReady(final ClientHandler handler, final long nowNs)
    {
        int workCount = 0;
        long bytesLeft = POLL_BYTES_MAX;

        for (int i = ready.begin(); i > 0 && bytesLeft > 0 && handler.takesMore(); i--)
        {
            final Connection connection = ready.take();

            if (connection.state != ConnectionState.CLOSED)
            {
                bytesLeft -= reader.visit(connection, handler, nowNs);
                outbox.flush(connection);
                workCount++;

                if (reader.isMoreLikely() && connection.state != ConnectionState.CLOSED)
                {
                    ready.addVisited(connection);
                }
            }
        }

        return workCount;
    }

    @Override
    public int claim(final long connectionId, final int length)
    {
        Invariant.check(claimedBy == null, "claim during a claim");
        final Connection connection = table.find(connectionId);

        if (connection == null || connection.state != ConnectionState.OPEN || !outbox.hasRoom(connection, length))
        {
            return CLOSED;
        }

        final Block block = shortage.tryClaim(connection, length);

        if (block == null)
        {
            endings.end(connection, CloseReason.NO_MEMORY);
            return CLOSED;
        }

        claimedBy = connection;
        claimedBlock = block;
        claimedLength = length;

        return block.end;
    }

    @Override
    public int claimLengthMax()
    {
        return outbox.unsentMax();
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claimedBlock.buffer;
    }

    @Override
    public void commit()
    {
        outbox.onFrame(endClaim());
    }

    /** Like {@link #commit()}, for a frame that the engine handed over on another thread, at the given moment. */
    void commit(final long handedOverNs)
    {
        outbox.onFrame(endClaim(), handedOverNs);
    }

    private Connection endClaim()
    {
        final Connection connection = claimedBy;
        Invariant.check(connection != null, "commit without a claim");
        connection.unsent.commit(claimedLength);
        claimedBy = null;
        claimedBlock = null;

        return connection;
    }

    @Override
    public void resume(final long connectionId)
    {
        final Connection connection = table.find(connectionId);

        if (connection != null && connection.isRefused)
        {
            connection.isRefused = false;
            ready.receiveAgain(connection);
        }
    }

    @Override
    public void close(final long connectionId)
    {
        final Connection connection = table.find(connectionId);

        if (connection != null && connection.state == ConnectionState.OPEN)
        {
            deadlines.linger(connection);
            outbox.endAfterRest(connection, CloseReason.BY_ENGINE);
        }
    }

    @Override
    public int interestOps(final long connectionId)
    {
        return interests.of(connectionId);
    }

    @Override
    public void flush()
    {
        outbox.flush();
    }

    @Override
    public long nextDeadlineNs()
    {
        if (!ready.isEmpty() || !outbox.isEmpty() || endings.isAnyUntold() || desk.hasPieces())
        {
            return Long.MIN_VALUE;
        }

        return Math.min(acceptor == null ? Long.MAX_VALUE : acceptor.nextDeadlineNs(), deadlines.nextNs());
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
        return acceptor == null ? List.of() : acceptor.addresses();
    }

    @Override
    public void closeListeners()
    {
        if (acceptor != null)
        {
            acceptor.close();
        }
    }

    @Override
    public void connectionLimits(final int perAddressMax, final int totalMax)
    {
        admission.limits(perAddressMax, totalMax);
    }

    @Override
    public int connectionCount()
    {
        return table.count();
    }

    @Override
    public DirectMemory memory()
    {
        return memory.memory();
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            closeListeners();
            newcomers.close();
            outbox.flush();

            for (int slot = 0; slot < table.slotCount(); slot++)
            {
                if (table.at(slot) != null)
                {
                    endings.end(table.at(slot), CloseReason.SHUTDOWN);
                }
            }

            pool.close();
            memory.free(BufferPurpose.RECEIVE, reader.receiveBytes());
            idle.deadlineSource(() -> Long.MAX_VALUE);
            // Descriptors of closed channels are released by the next selection. The first call may only use up an
            // earlier look.
            idle.selectNow();
            idle.selectNow();
        }
    }

    // The pool of this gateway's blocks. This and the following methods serve the ends of a ring, for a gateway with a
    // thread of its own.

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
        newcomers.onSocket(channel, remote);
    }

    /** Ends a connection at once, whatever is unsent. */
    void end(final Connection connection, final CloseReason reason)
    {
        endings.end(connection, reason);
    }

    /** Hands over nothing more from a connection until {@link #release}. */
    void hold(final long connectionId)
    {
        final Connection connection = table.find(connectionId);

        if (connection != null)
        {
            connection.isHeld = true;
            connection.updateInterest();
        }
    }

    void release(final long connectionId)
    {
        final Connection connection = table.find(connectionId);

        if (connection != null && connection.isHeld)
        {
            connection.isHeld = false;
            ready.receiveAgain(connection);
        }
    }

    /** Whether this many more bytes stay within the bound. If not, the connection is ended. */
    boolean hasRoom(final Connection connection, final int length)
    {
        return outbox.hasRoom(connection, length);
    }

    /** Takes a block for something long that is to be sent. Returns null if there is no memory. */
    Block tryTake(final Connection connection, final int length)
    {
        return shortage.tryTake(connection, BufferPurpose.OUTBOUND, length);
    }

    /** Adds a block that was filled elsewhere to what is to be sent. */
    void append(final Connection connection, final Block block, final long handedOverNs)
    {
        connection.unsent.append(block);
        outbox.onFrame(connection, handedOverNs);
    }
}
