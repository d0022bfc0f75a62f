/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Connects operator threads with the engine's loop. Queries go in through one ring. Each open query has a bounded ring
 * of its own for the answer. Each side wakes the other.
 * <p>
 * Any thread may call {@link #tryOpen}; a call belongs to the thread that opened it. The methods of
 * {@link OperatorPort} belong to the engine's thread. At most {@value #QUERIES_MAX} queries are open; a further one is
 * refused until another ends. One of them is reserved for the status, so that lists which are long, or read slowly,
 * never make the engine look as if it did not answer.
 */
public final class OperatorBridge implements OperatorPort, AutoCloseable
{
    /** Maximum number of open queries, a power of two. */
    public static final int QUERIES_MAX = 8;
    /** Maximum number of open queries besides the reserved one. */
    static final int ANYTHING_MAX = QUERIES_MAX - 1;
    /** Length of the ring of one answer in bytes. It limits how far the engine can be ahead of the reader. */
    static final int ANSWER_LENGTH = 1 << 16;

    /** Maximum length of a query's details in bytes. */
    public static final int DETAILS_MAX = 48 * 1024;

    private static final int QUERY_RING_LENGTH = 1 << 19;
    private static final int QUERY_OFFSET = Long.BYTES;
    private static final int HEADER_LENGTH = QUERY_OFFSET + Integer.BYTES;
    private static final DirectBuffer NO_DETAILS = new UnsafeBuffer(0, 0);
    private static final int QUERY = 1;
    private static final int CANCEL = 2;
    private static final OperatorQuery[] QUERIES = OperatorQuery.values();

    private final ByteBuffer queryMemory =
        ByteBuffer.allocateDirect(QUERY_RING_LENGTH + RingBufferDescriptor.TRAILER_LENGTH);
    private final ManyToOneRingBuffer queries = new ManyToOneRingBuffer(new UnsafeBuffer(queryMemory));
    private final AnswerSlot[] slots = new AnswerSlot[QUERIES_MAX];
    private final ControlledMessageHandler onMessage = this::onMessage;
    private final Runnable wakeEngine;
    private final Runnable wakeReader;
    private OperatorHandler handler;
    private long generation;
    /** Guarded by the monitor: threads of HTTP ports that a hanging disk keeps may ask when all else has ended. */
    private boolean isClosed;

    /**
     * Creates a bridge.
     *
     * @param wakeEngine wakes the engine's loop; called on any thread, must not block.
     * @param wakeReader wakes the thread that reads answers; called on any thread, must not block.
     */
    public OperatorBridge(final Runnable wakeEngine, final Runnable wakeReader)
    {
        this.wakeEngine = wakeEngine;
        this.wakeReader = wakeReader;
        for (int i = 0; i < QUERIES_MAX; i++)
        {
            slots[i] = new AnswerSlot();
        }
    }

    /**
     * Sends a query without details to the engine.
     *
     * @param query kind of query.
     * @return the open call, or null when too many queries are open: try again later.
     */
    public OperatorCall tryOpen(final OperatorQuery query)
    {
        return tryOpen(query, NO_DETAILS, wakeReader);
    }

    /**
     * Sends a query that has details, or whose answer is read by a thread that is woken in its own way.
     *
     * @param query   kind of query.
     * @param details of the query, at most {@value #DETAILS_MAX} bytes; copied before this method returns.
     * @param wake    wakes the thread that reads the answer; called on any thread, must not block.
     * @return the open call, or null when too many queries are open, or the bridge is closed: try again later.
     */
    public synchronized OperatorCall tryOpen(final OperatorQuery query, final DirectBuffer details, final Runnable wake)
    {
        if (details.capacity() > DETAILS_MAX)
        {
            throw new IllegalArgumentException("details of " + details.capacity() + " bytes");
        }

        for (int i = 0; i < ANYTHING_MAX && !isClosed; i++)
        {
            if (slots[i].isFree())
            {
                return open(i, query, details, wake);
            }
        }

        return null;
    }

    /**
     * Asks the engine for its status, in the slot that is reserved for this.
     *
     * @param wake as for {@link #tryOpen(OperatorQuery, DirectBuffer, Runnable)}.
     * @return the open call, or null while another one of these is open.
     */
    public synchronized OperatorCall tryOpenStatus(final Runnable wake)
    {
        return slots[ANYTHING_MAX].isFree() && !isClosed ? open(ANYTHING_MAX, OperatorQuery.STATUS, NO_DETAILS, wake) :
            null;
    }

    private OperatorCall open(final int index, final OperatorQuery query, final DirectBuffer details,
        final Runnable wake)
    {
        final AnswerSlot slot = slots[index];
        final long queryId = ++generation * QUERIES_MAX + index;
        slot.open(wake);
        Invariant.check(send(QUERY, queryId, query.ordinal(), details), "ring of operator queries is too short");
        wakeEngine.run();
        return new OperatorCall(this, slot, queryId);
    }

    /**
     * Whether a further query, other than a reserved one, would be refused now.
     *
     * @return a snapshot, which may have changed already.
     */
    public boolean isFull()
    {
        boolean isAnyFree = false;
        for (int i = 0; i < ANYTHING_MAX; i++)
        {
            isAnyFree |= slots[i].isFree();
        }

        return !isAnyFree;
    }

    /**
     * Cancels a query. Its slot is free again when the engine has learned of this. The message always finds room,
     * because the ring has room for two messages of every slot.
     */
    void cancel(final AnswerSlot slot, final long queryId)
    {
        slot.cancel();
        Invariant.check(send(CANCEL, queryId, 0, NO_DETAILS), "ring of operator queries is too short");
        wakeEngine.run();
    }

    private boolean send(final int type, final long queryId, final int query, final DirectBuffer details)
    {
        final int index = queries.tryClaim(type, HEADER_LENGTH + details.capacity());
        if (index < 0)
        {
            return false;
        }

        queries.buffer().putLong(index, queryId);
        queries.buffer().putInt(index + QUERY_OFFSET, query);
        queries.buffer().putBytes(index + HEADER_LENGTH, details, 0, details.capacity());
        queries.commit(index);
        return true;
    }

    @Override
    public int poll(final OperatorHandler handler)
    {
        this.handler = handler;
        final int messages = queries.controlledRead(onMessage, QUERIES_MAX);

        // A read ends where the ring wraps around, possibly without a message. Anything beyond counts as work too.
        return messages > 0 || queries.size() == 0 ? messages : 1;
    }

    /** Called by the reader when it has made room for more of an answer. */
    void wakeEngine()
    {
        wakeEngine.run();
    }

    private ControlledMessageHandler.Action onMessage(
        final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final long queryId = buffer.getLong(index);
        final AnswerSlot slot = slot(queryId);
        if (type == CANCEL)
        {
            if (slot.isAnswering(queryId))
            {
                handler.onCancel(queryId);
            }

            slot.end();
            return ControlledMessageHandler.Action.CONTINUE;
        }

        final OperatorQuery query = QUERIES[buffer.getInt(index + QUERY_OFFSET)];
        slot.begin(queryId);
        return handler.onQuery(queryId, query, buffer, index + HEADER_LENGTH, length - HEADER_LENGTH) ?
            ControlledMessageHandler.Action.CONTINUE : ControlledMessageHandler.Action.ABORT;
    }

    @Override
    public boolean begin(final long queryId)
    {
        return slot(queryId).tryBegin(queryId);
    }

    @Override
    public boolean answer(final long queryId, final DirectBuffer buffer, final int offset, final int length)
    {
        return slot(queryId).answer(queryId, buffer, offset, length);
    }

    @Override
    public boolean complete(final long queryId, final int outcome)
    {
        return slot(queryId).complete(queryId, outcome);
    }

    private AnswerSlot slot(final long queryId)
    {
        return slots[(int)(queryId & (QUERIES_MAX - 1))];
    }

    /** Frees the native memory. The engine has ended and no query is open any more; further ones are refused. */
    @Override
    public synchronized void close()
    {
        isClosed = true;
        for (final AnswerSlot slot : slots)
        {
            slot.close();
        }

        BufferUtil.free(queryMemory);
    }
}
