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
 * Ties operator threads to the engine's loop. Queries go in through one ring, each open query has a bounded ring of its
 * own for the answer, and both sides wake the other.
 * <p>
 * {@link #tryOpen} may be called by any thread; a call belongs to the thread that opened it. The methods of
 * {@link OperatorPort} belong to the engine's thread. At most {@value #QUERIES_MAX} queries are open: a further one is
 * refused until another ends.
 */
public final class OperatorBridge implements OperatorPort, AutoCloseable
{
    /** Queries open at a time. A power of two. */
    public static final int QUERIES_MAX = 8;
    /** Length of the ring of one answer, bytes: what the engine may be ahead of the reader. */
    static final int ANSWER_LENGTH = 1 << 16;

    /** Bytes of details that a query may have. */
    public static final int DETAILS_MAX = 48 * 1024;

    private static final int QUERY_RING_LENGTH = 1 << 19;
    private static final int QUERY_OFFSET = Long.BYTES;
    private static final int HEADER_LENGTH = QUERY_OFFSET + Integer.BYTES;
    private static final DirectBuffer NO_DETAILS = new UnsafeBuffer(0, 0);
    private static final int QUERY = 1;
    private static final int CANCEL = 2;
    private static final OperatorQuery[] QUERIES = OperatorQuery.values();

    private final ByteBuffer queryMemory = ByteBuffer
        .allocateDirect(QUERY_RING_LENGTH + RingBufferDescriptor.TRAILER_LENGTH);
    private final ManyToOneRingBuffer queries = new ManyToOneRingBuffer(new UnsafeBuffer(queryMemory));
    private final AnswerSlot[] slots = new AnswerSlot[QUERIES_MAX];
    private final ControlledMessageHandler onMessage = this::onMessage;
    private final Runnable wakeEngine;
    private final Runnable wakeReader;
    private OperatorHandler handler;
    private long generation;

    /**
     * A bridge.
     *
     * @param wakeEngine ends the sleep of the engine's loop; any thread, never blocks.
     * @param wakeReader ends the sleep of the thread that reads answers; any thread, never blocks.
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
     * Asks the engine something.
     *
     * @param query what.
     * @return the call under way, or null when too many queries are open: try again later.
     */
    public OperatorCall tryOpen(final OperatorQuery query)
    {
        return tryOpen(query, NO_DETAILS, wakeReader);
    }

    /**
     * Asks the engine something that takes more than its kind to say, or on a thread that is woken in its own way.
     *
     * @param query   what.
     * @param details of the query, at most {@value #DETAILS_MAX} bytes; copied before the call returns.
     * @param wake    ends the sleep of the thread that reads the answer; any thread, never blocks.
     * @return the call under way, or null when too many queries are open: try again later.
     */
    public synchronized OperatorCall tryOpen(final OperatorQuery query, final DirectBuffer details,
        final Runnable wake)
    {
        if (details.capacity() > DETAILS_MAX)
        {
            throw new IllegalArgumentException("details of " + details.capacity() + " bytes");
        }

        for (int i = 0; i < QUERIES_MAX; i++)
        {
            final AnswerSlot slot = slots[i];
            if (slot.isFree())
            {
                final long queryId = ++generation * QUERIES_MAX + i;
                slot.open(wake);
                Invariant.check(send(QUERY, queryId, query.ordinal(), details),
                    "ring of operator queries is too short");
                wakeEngine.run();
                return new OperatorCall(this, slot, queryId);
            }
        }

        return null;
    }

    /**
     * Whether a further query would be refused at present.
     *
     * @return may have changed by now.
     */
    public boolean isFull()
    {
        boolean isAnyFree = false;
        for (final AnswerSlot slot : slots)
        {
            isAnyFree |= slot.isFree();
        }

        return !isAnyFree;
    }

    /**
     * Cancels a query. Its slot is free again when the engine has heard of this. The message always finds room, because
     * the ring has room for two messages of every slot.
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

        // A read ends where the ring wraps around, possibly without a message. What may lie behind counts as work as
        // well.
        return messages > 0 || queries.size() == 0 ? messages : 1;
    }

    /** The reader has made room for more of an answer. */
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

    /** Gives native memory back. Only when no thread uses the bridge any more. */
    @Override
    public void close()
    {
        for (final AnswerSlot slot : slots)
        {
            slot.close();
        }

        BufferUtil.free(queryMemory);
    }
}
