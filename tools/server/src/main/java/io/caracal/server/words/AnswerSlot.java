/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Carries one answer from the engine to an operator thread. Records longer than a message of the ring are sent in
 * parts.
 * <p>
 * A slot starts FREE. It is OPEN from when the reader opens it until the engine takes the query, then BEGUN until the
 * reader has read the end. From OPEN and BEGUN it can become CANCELLED, and stays so until the engine has learned of
 * that. In the end it is FREE again. The side that leaves OPEN first decides whether the query has an effect, so both
 * sides leave it with a compare-and-set.
 */
final class AnswerSlot
{
    /** A part of a record; more parts follow. */
    static final int PART = 1;
    /** A whole record, or its last part. */
    static final int LAST = 2;
    /** The end of the answer: the outcome in four bytes. */
    static final int END = 3;

    private static final int FREE = 0;
    private static final int OPEN = 1;
    private static final int BEGUN = 2;
    private static final int CANCELLED = 3;
    private static final long NO_QUERY = -1;

    private Runnable wakeReader;
    private final UnsafeBuffer outcomeBuffer = new UnsafeBuffer(new byte[Integer.BYTES]);
    private final AtomicInteger state = new AtomicInteger(FREE);
    private ByteBuffer memory;
    private volatile OneToOneRingBuffer ring;
    private long queryId = NO_QUERY;
    private int partOffset;

    boolean isFree()
    {
        return state.get() == FREE;
    }

    /** Called by the reader. The engine sees what is set here, because it reads the query from the ring afterwards. */
    void open(final Runnable wake)
    {
        wakeReader = wake;
        if (ring == null)
        {
            memory = ByteBuffer.allocateDirect(OperatorBridge.ANSWER_LENGTH + RingBufferDescriptor.TRAILER_LENGTH);
            ring = new OneToOneRingBuffer(new UnsafeBuffer(memory));
        }

        forgetRest();
        state.set(OPEN);
    }

    /**
     * Drops the rest of an answer that was given up. A read ends where the ring wraps around, possibly without a
     * message, so it is repeated until it makes no progress.
     */
    private void forgetRest()
    {
        long before;
        do
        {
            before = ring.consumerPosition();
            ring.read((type, buffer, index, length) ->
            {
            });
        }
        while (before != ring.consumerPosition());
    }

    /** Called by the reader. */
    int read(final MessageHandler handler, final int limit)
    {
        return ring.read(handler, limit);
    }

    /** Called by the reader, after the end. */
    void free()
    {
        state.set(FREE);
    }

    /** Called by the reader. Returns false when the engine has begun. */
    boolean tryWithdraw()
    {
        return state.compareAndSet(OPEN, CANCELLED);
    }

    /** Called by the reader, before the end. */
    void cancel()
    {
        state.set(CANCELLED);
    }

    /** Called by the engine. Returns false when the reader has given up. */
    boolean tryBegin(final long anyQueryId)
    {
        return isAnswering(anyQueryId) && (state.compareAndSet(OPEN, BEGUN) || state.get() == BEGUN);
    }

    /** Called by the engine. */
    void begin(final long newQueryId)
    {
        queryId = newQueryId;
        partOffset = 0;
    }

    /** Called by the engine. */
    boolean isAnswering(final long anyQueryId)
    {
        return queryId == anyQueryId;
    }

    /** Called by the engine when it will never answer again. */
    void end()
    {
        queryId = NO_QUERY;
        state.compareAndSet(CANCELLED, FREE);
    }

    /** Called by the engine. */
    boolean answer(final long toQueryId, final DirectBuffer buffer, final int offset, final int length)
    {
        if (toQueryId != queryId || state.get() == CANCELLED)
        {
            return true;
        }

        final OneToOneRingBuffer out = ring;
        do
        {
            final int partLength = Math.min(length - partOffset, out.maxMsgLength());
            final int type = partOffset + partLength == length ? LAST : PART;
            if (!out.write(type, buffer, offset + partOffset, partLength))
            {
                wakeReader.run();
                return false;
            }

            partOffset += partLength;
        }
        while (partOffset < length);

        partOffset = 0;
        return true;
    }

    /** Called by the engine. */
    boolean complete(final long toQueryId, final int outcome)
    {
        if (toQueryId != queryId || state.get() == CANCELLED)
        {
            return true;
        }

        outcomeBuffer.putInt(0, outcome);
        final boolean isTaken = ring.write(END, outcomeBuffer, 0, Integer.BYTES);
        if (isTaken)
        {
            queryId = NO_QUERY;
        }

        wakeReader.run();
        return isTaken;
    }

    void close()
    {
        ring = null;
        BufferUtil.free(memory);
        memory = null;
    }
}
