/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * A bounded queue from one thread to another. A record that fits goes through at once. A larger one is staged once,
 * whole, and its chunks follow as the ring has room. So an accepted record is always passed on whole, whatever its
 * length, and the ring's length bounds everything but that one record.
 *
 * <pre>
 *   message:  0        first i64
 *             8        second i64
 *            16        recordLength i32   whole record
 *            20        chunkOffset i32    of this chunk within the record
 *            24        bytes of the chunk
 * </pre>
 *
 * One producer ({@link #offer}, {@link #pump}), one consumer ({@link #read}).
 */
public final class ChunkRing implements AutoCloseable
{
    /** Length of what precedes the bytes of a chunk in a message. */
    public static final int PREFIX_LENGTH = 24;

    /** Least length of the chunks of a record, except the last one: the chunk length of the shortest ring. */
    public static final int CHUNK_LENGTH_MIN = 8 * 1024 - PREFIX_LENGTH;

    /** Greatest length of a chunk, however long the ring is. */
    public static final int CHUNK_LENGTH_MAX = 256 * 1024;

    private static final int SECOND_OFFSET = 8;
    private static final int RECORD_LENGTH_OFFSET = 16;
    private static final int CHUNK_OFFSET_OFFSET = 20;
    private static final UnsafeBuffer NOTHING = new UnsafeBuffer(0, 0);

    private final ByteBuffer memory;
    private final OneToOneRingBuffer ring;
    private final int chunkLength;
    private ByteBuffer stagedMemory;
    private UnsafeBuffer staged;
    private int stagedType;
    private long stagedFirst;
    private long stagedSecond;
    private int stagedOffset;
    private volatile boolean producerWaits;

    /**
     * Allocates the ring.
     *
     * @param length bytes, a power of two.
     */
    public ChunkRing(final int length)
    {
        memory = ByteBuffer.allocateDirect(length + RingBufferDescriptor.TRAILER_LENGTH).order(ByteOrder.nativeOrder());
        ring = new OneToOneRingBuffer(new UnsafeBuffer(memory));
        chunkLength = Math.min(ring.maxMsgLength() - PREFIX_LENGTH, CHUNK_LENGTH_MAX);
    }

    /**
     * Offers a record or a command. Called on the producer's thread.
     *
     * @param type   greater than zero.
     * @param first  passed on.
     * @param second passed on.
     * @param buffer holds the record; copied before the call returns.
     * @param offset of the record.
     * @param length of the record, 0 or more.
     * @return false when refused because the consumer is behind.
     */
    public boolean offer(final int type, final long first, final long second, final DirectBuffer buffer,
        final int offset, final int length)
    {
        if (!pump())
        {
            return false;
        }

        if (length > chunkLength)
        {
            stage(type, first, second, buffer, offset, length);
            pump();
            return true;
        }

        if (put(type, first, second, buffer, offset, length, 0, length))
        {
            return true;
        }

        // The consumer may have made room between the refusal and the flag, so try once more after setting the flag.
        producerWaits = true;
        return put(type, first, second, buffer, offset, length, 0, length);
    }

    /**
     * Offers a command without a record.
     *
     * @param type   greater than zero.
     * @param first  passed on.
     * @param second passed on.
     * @return false when refused because the consumer is behind.
     */
    public boolean offer(final int type, final long first, final long second)
    {
        return offer(type, first, second, NOTHING, 0, 0);
    }

    /**
     * Passes on what is staged, as far as the ring has room. Called on the producer's thread.
     *
     * @return true when nothing is staged any more.
     */
    public boolean pump()
    {
        while (staged != null)
        {
            final int length = Math.min(chunkLength, staged.capacity() - stagedOffset);
            if (!putStaged(length))
            {
                producerWaits = true;
                if (!putStaged(length))
                {
                    return false;
                }
            }

            stagedOffset += length;
            if (stagedOffset == staged.capacity())
            {
                unstage();
            }
        }

        return true;
    }

    /**
     * Whether a record is staged. Called on the producer's thread.
     *
     * @return true while {@link #offer} refuses for that reason.
     */
    public boolean isStaging()
    {
        return staged != null;
    }

    /**
     * Takes messages. Called on the consumer's thread.
     *
     * @param handler receives them.
     * @param limit   greatest number of messages to take.
     * @return number of messages taken; 0 only when there is none, or the handler refused the first.
     */
    public int read(final ControlledMessageHandler handler, final int limit)
    {
        final int messages = ring.controlledRead(handler, limit);

        // A read that found only the padding at the end of the ring returns 0 and has not seen what lies behind it.
        return messages == 0 && ring.size() > 0 ? ring.controlledRead(handler, limit) : messages;
    }

    /**
     * Whether half of the ring is taken, so that everything that can wait should wait. Called on the producer's thread;
     * true counts as refused.
     *
     * @return false while less than half of the ring is taken.
     */
    public boolean isHalfFull()
    {
        if (ring.size() < ring.capacity() / 2)
        {
            return false;
        }

        // As in offer, the consumer may have made room before it could see the flag.
        producerWaits = true;
        return ring.size() >= ring.capacity() / 2;
    }

    /**
     * Whether the producer was refused since the last call of this method. Called on the consumer's thread, after it
     * made room.
     *
     * @return true: wake the producer.
     */
    public boolean takeProducerWaits()
    {
        if (producerWaits)
        {
            producerWaits = false;
            return true;
        }

        return false;
    }

    /**
     * A view of the ring's memory, for checksums over its contents.
     *
     * @return a duplicate; indexes are those that {@link #read} hands out.
     */
    public ByteBuffer memory()
    {
        return memory.duplicate().order(ByteOrder.nativeOrder());
    }

    /**
     * Number of bytes accepted and not yet taken, without what is staged. May be called by any thread.
     *
     * @return bytes.
     */
    public int size()
    {
        return ring.size();
    }

    /**
     * Position of the consumer, which rises with every message taken. May be called by any thread.
     *
     * @return bytes taken since the ring was created.
     */
    public long consumed()
    {
        return ring.consumerPosition();
    }

    /**
     * Length of the longest record that goes through at once.
     *
     * @return bytes.
     */
    public int chunkLength()
    {
        return chunkLength;
    }

    /**
     * First value of the message at an index.
     *
     * @param buffer as handed out.
     * @param index  as handed out.
     * @return as offered.
     */
    public static long first(final DirectBuffer buffer, final int index)
    {
        return buffer.getLong(index);
    }

    /**
     * Second value of the message at an index.
     *
     * @param buffer as handed out.
     * @param index  as handed out.
     * @return as offered.
     */
    public static long second(final DirectBuffer buffer, final int index)
    {
        return buffer.getLong(index + SECOND_OFFSET);
    }

    /**
     * Length of the whole record to which the chunk at an index belongs.
     *
     * @param buffer as handed out.
     * @param index  as handed out.
     * @return bytes.
     */
    public static int recordLength(final DirectBuffer buffer, final int index)
    {
        return buffer.getInt(index + RECORD_LENGTH_OFFSET);
    }

    /**
     * Where the chunk at an index begins within its record.
     *
     * @param buffer as handed out.
     * @param index  as handed out.
     * @return bytes from the start of the record.
     */
    public static int chunkOffset(final DirectBuffer buffer, final int index)
    {
        return buffer.getInt(index + CHUNK_OFFSET_OFFSET);
    }

    /** Frees the memory. Neither thread may use the ring any more. */
    @Override
    public void close()
    {
        unstage();
        BufferUtil.free(memory);
    }

    private void stage(final int type, final long first, final long second, final DirectBuffer buffer,
        final int offset, final int length)
    {
        stagedMemory = ByteBuffer.allocateDirect(length);
        staged = new UnsafeBuffer(stagedMemory);
        staged.putBytes(0, buffer, offset, length);
        stagedType = type;
        stagedFirst = first;
        stagedSecond = second;
        stagedOffset = 0;
    }

    private void unstage()
    {
        if (staged != null)
        {
            staged.wrap(0, 0);
            staged = null;
            BufferUtil.free(stagedMemory);
            stagedMemory = null;
        }
    }

    private boolean putStaged(final int length)
    {
        return put(stagedType, stagedFirst, stagedSecond, staged, stagedOffset, staged.capacity(), stagedOffset,
            length);
    }

    private boolean put(final int type, final long first, final long second, final DirectBuffer buffer,
        final int offset, final int recordLength, final int chunkOffset, final int length)
    {
        final int index = ring.tryClaim(type, PREFIX_LENGTH + length);
        if (index < 0)
        {
            return false;
        }

        final var target = ring.buffer();
        target.putLong(index, first);
        target.putLong(index + SECOND_OFFSET, second);
        target.putInt(index + RECORD_LENGTH_OFFSET, recordLength);
        target.putInt(index + CHUNK_OFFSET_OFFSET, chunkOffset);
        target.putBytes(index + PREFIX_LENGTH, buffer, offset, length);
        ring.commit(index);

        return true;
    }
}
