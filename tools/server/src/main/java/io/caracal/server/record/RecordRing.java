/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Carries records from the engine's thread to the scribe. The record of a request is claimed when the request is
 * answered, and committed at the end of the duty cycle, when the reply leaves. Time stamps precede the engine's bytes:
 *
 * <pre>
 *      0  i64  monotonic time at which the request was taken by the engine, {@link #UNKNOWN} when not known
 *      8  i64  ... its transaction was proposed
 *     16  i64  ... it was durable here
 *     24  i64  ... it was committed
 *     32  i64  ... it was applied and answered
 *     40  i64  ... the reply left
 *     48       RequestRecord, with its header
 * </pre>
 *
 * When the ring is full, records are lost and counted.
 */
final class RecordRing implements AutoCloseable
{
    /** Stands for a time stamp that is not known. */
    static final long UNKNOWN = Long.MIN_VALUE;

    static final int REQUEST = 1;
    static final int EPHEMERAL_ENDED = 2;
    static final int SESSION_FACT = 3;
    static final int STALL = 4;
    /** A request whose path is to be counted. There may also be another reason for its record. */
    static final int SAMPLED_REQUEST = 5;

    static final int TAKEN = 0;
    static final int PROPOSED = 8;
    static final int DURABLE = 16;
    static final int COMMITTED = 24;
    static final int ANSWERED = 32;
    static final int LEFT = 40;
    static final int STAMPS_LENGTH = 48;

    private static final int CLAIMS_MAX = 1024;
    private static final int POLL_MAX = 256;

    private final ByteBuffer memory;
    private final RingBuffer ring;
    private final AtomicLong lost = new AtomicLong();
    private final int[] claims = new int[CLAIMS_MAX];
    private int claimCount;

    /**
     * Creates a ring.
     *
     * @param recordMax length of the longest record that must fit, in bytes.
     */
    RecordRing(final int recordMax)
    {
        final int capacity = Integer.highestOneBit(8 * (recordMax + STAMPS_LENGTH + Long.BYTES) - 1) << 1;
        memory = ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH);
        ring = new OneToOneRingBuffer(new UnsafeBuffer(memory));
    }

    /** Whether the ring is less than half full. */
    boolean hasRoom()
    {
        return ring.size() < ring.capacity() >> 1;
    }

    /** Whether the records of this duty cycle must be committed now, with {@link #replied}. */
    boolean isCycleFull()
    {
        return claimCount == CLAIMS_MAX;
    }

    /**
     * Claims room for the record of a request and copies it. Returns the index for its time stamps, or a negative
     * number when the record is lost.
     */
    int claimRequest(final int type, final DirectBuffer record, final int offset, final int length)
    {
        if (STAMPS_LENGTH + length > ring.maxMsgLength())
        {
            lost.incrementAndGet();
            return RingBuffer.INSUFFICIENT_CAPACITY;
        }

        final int index = ring.tryClaim(type, STAMPS_LENGTH + length);
        if (index < 0)
        {
            lost.incrementAndGet();
            return index;
        }

        ring.buffer().putBytes(index + STAMPS_LENGTH, record, offset, length);
        claims[claimCount++] = index;
        return index;
    }

    void stamp(final int index, final int which, final long ns)
    {
        ring.buffer().putLong(index + which, ns);
    }

    /** Commits the records of a duty cycle, whose replies leave now. Returns their number. */
    int replied(final long nowNs)
    {
        final int count = claimCount;
        for (int i = 0; i < count; i++)
        {
            stamp(claims[i], LEFT, nowNs);
            ring.commit(claims[i]);
        }
        claimCount = 0;

        return count;
    }

    /** Adds a record of three numbers. It is lost when there is no room. */
    void put(final int type, final long first, final long second, final long third)
    {
        final int index = ring.tryClaim(type, 3 * Long.BYTES);
        if (index < 0)
        {
            lost.incrementAndGet();
            return;
        }

        ring.buffer().putLong(index, first);
        ring.buffer().putLong(index + Long.BYTES, second);
        ring.buffer().putLong(index + 2 * Long.BYTES, third);
        ring.commit(index);
    }

    /** Adds an ephemeral znode that ended with its session. A path longer than any record is truncated. */
    void putEphemeral(final long sessionId, final DirectBuffer path, final int length)
    {
        final int keptLength = Math.min(length, ring.maxMsgLength() - Long.BYTES);
        final int index = ring.tryClaim(EPHEMERAL_ENDED, Long.BYTES + keptLength);
        if (index < 0)
        {
            lost.incrementAndGet();
            return;
        }

        ring.buffer().putLong(index, sessionId);
        ring.buffer().putBytes(index + Long.BYTES, path, 0, keptLength);
        ring.commit(index);
    }

    /** Passes on some of what is there. Returns the number of records, 0 only when none is there. */
    int poll(final MessageHandler handler)
    {
        final long before = ring.consumerPosition();
        final int count = ring.read(handler, POLL_MAX);

        // A read ends where the ring wraps around, possibly without a record.
        return count > 0 || ring.consumerPosition() == before ? count : ring.read(handler, POLL_MAX);
    }

    boolean isEmpty()
    {
        return ring.size() == 0;
    }

    /** Returns how many records were lost since the last call. */
    long takeLost()
    {
        return lost.getAndSet(0);
    }

    @Override
    public void close()
    {
        BufferUtil.free(memory);
    }
}
