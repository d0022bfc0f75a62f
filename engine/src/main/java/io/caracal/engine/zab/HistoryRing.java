/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ring of transaction records in native memory. Each record has a position, and positions only rise. New records
 * overwrite the oldest.
 *
 * <pre>
 *   |-----------|-----------|----------|
 *   head        a record    a record   tail
 *
 *   record:  0        8        12                16
 *            | zxid   | length | (reserved)      | payload, padded to 16 bytes |
 *            a length of -1: the rest of the memory is unused, continue at its beginning
 * </pre>
 */
final class HistoryRing implements AutoCloseable
{
    private static final int LENGTH_OFFSET = 8;
    static final int HEADER_LENGTH = 16;
    private static final int WRAP = -1;

    private final MemoryLedger ledger;
    private UnsafeBuffer memory;
    private int capacity;
    private long head;
    private long tail;

    /** Creates an empty ring. The capacity is in bytes, a power of two. */
    HistoryRing(final MemoryLedger ledger, final int capacity)
    {
        this.ledger = ledger;
        this.capacity = capacity;
        memory = ledger.allocate(MemoryTag.OUTSTANDING, capacity);
    }

    /** Forgets all records; positions start again at 0. */
    void clear()
    {
        head = 0;
        tail = 0;
    }

    int capacity()
    {
        return capacity;
    }

    /** Position after the last record. */
    long tail()
    {
        return tail;
    }

    /** Whether the record at a position has not been overwritten. */
    boolean isKept(final long position)
    {
        return position >= head;
    }

    /** Bytes by which the tail would rise if a payload of this length were appended now. */
    int needed(final int length)
    {
        return recordLength(length) + skippedBefore(recordLength(length));
    }

    static int recordLength(final int length)
    {
        return BitUtil.align(HEADER_LENGTH + length, HEADER_LENGTH);
    }

    private int skippedBefore(final int recordLength)
    {
        final int toEnd = capacity - at(tail);

        return toEnd < recordLength ? toEnd : 0;
    }

    /**
     * Appends a record. It may overwrite records before {@code keptFrom}, and must fit without overwriting any later
     * one.
     */
    void append(final long zxid, final DirectBuffer payload, final int offset, final int length, final long keptFrom)
    {
        final int skipped = skippedBefore(recordLength(length));
        if (skipped > 0)
        {
            evictUpTo(tail + skipped - capacity, keptFrom);
            memory.putInt(at(tail) + LENGTH_OFFSET, WRAP);
            tail += skipped;
        }
        evictUpTo(tail + recordLength(length) - capacity, keptFrom);
        final int at = at(tail);
        memory.putLong(at, zxid);
        memory.putInt(at + LENGTH_OFFSET, length);
        memory.putBytes(at + HEADER_LENGTH, payload, offset, length);
        tail += recordLength(length);
    }

    private void evictUpTo(final long position, final long keptFrom)
    {
        while (head < position)
        {
            Invariant.check(head < keptFrom, "a transaction was forgotten before it was applied");
            head = next(head);
        }
    }

    /** Moves to larger memory, taking along only the records from a position on; positions start again at 0. */
    void grow(final int newCapacity, final long position)
    {
        final UnsafeBuffer old = memory;
        final int oldCapacity = capacity;
        final long end = tail;
        memory = ledger.allocate(MemoryTag.OUTSTANDING, newCapacity);
        capacity = newCapacity;
        clear();
        long from = position;
        while (from < end)
        {
            final int at = (int)(from & (oldCapacity - 1));
            final int length = old.getInt(at + LENGTH_OFFSET);
            if (length == WRAP)
            {
                from += oldCapacity - at;
            }
            else
            {
                append(old.getLong(at), old, at + HEADER_LENGTH, length, 0);
                from += recordLength(length);
            }
        }
        ledger.free(MemoryTag.OUTSTANDING, old);
    }

    /** Forgets the records from a position on. */
    void cut(final long position)
    {
        tail = position;
    }

    private int at(final long position)
    {
        return (int)(position & (capacity - 1));
    }

    /** The position itself, or the beginning of the memory if the position is at the unused rest of it. */
    long skipWrap(final long position)
    {
        return position < tail && memory.getInt(at(position) + LENGTH_OFFSET) == WRAP ? next(position) : position;
    }

    /** Position after the record at a position, or after the unused rest of the memory if that lies there. */
    long next(final long position)
    {
        final int at = at(position);
        final int length = memory.getInt(at + LENGTH_OFFSET);

        return position + (length == WRAP ? capacity - at : recordLength(length));
    }

    long zxid(final long position)
    {
        return memory.getLong(at(position));
    }

    /** Where the payload of a record begins within {@link #memory}. */
    int payloadOffset(final long position)
    {
        return at(position) + HEADER_LENGTH;
    }

    int payloadLength(final long position)
    {
        return memory.getInt(at(position) + LENGTH_OFFSET);
    }

    /** Buffer that holds all records. {@link #grow} replaces it. */
    DirectBuffer memory()
    {
        return memory;
    }

    @Override
    public void close()
    {
        ledger.free(MemoryTag.OUTSTANDING, memory);
    }
}
