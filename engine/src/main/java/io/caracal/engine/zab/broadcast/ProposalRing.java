/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Proposals that are not applied yet, oldest first, in one native ring. Its capacity is the limit on bytes under way;
 * when it is full, nothing more is proposed and the sender's connection waits.
 *
 * <pre>
 *   0        8        12                16
 *   | zxid   | length | (reserved)      | payload, padded to 16 bytes |
 *   a length of -1: the rest of the ring is empty, go on at 0
 * </pre>
 */
final class ProposalRing implements AutoCloseable
{
    private static final int LENGTH_OFFSET = 8;
    private static final int HEADER_LENGTH = 16;
    private static final int WRAP = -1;

    private final MemoryLedger ledger;
    private final UnsafeBuffer ring;
    private final int capacity;
    private int head;
    private int tail;
    private int used;

    ProposalRing(final MemoryLedger ledger, final int capacity)
    {
        this.ledger = ledger;
        this.capacity = capacity;
        ring = ledger.allocate(MemoryTag.OUTSTANDING, capacity);
    }

    /** The longest payload that fits when the ring is empty. */
    int lengthMax()
    {
        return capacity / 2 - HEADER_LENGTH;
    }

    /** Whether a payload of this length fits now. */
    boolean hasRoom(final int length)
    {
        final int needed = recordLength(length);
        final int skipped = skippedBefore(needed);

        return needed + skipped <= capacity - used;
    }

    /** Copies a proposal in; false when there is no room. */
    boolean offer(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        if (!hasRoom(length))
        {
            return false;
        }

        final int needed = recordLength(length);
        wrap(skippedBefore(needed));
        ring.putLong(tail, zxid);
        ring.putInt(tail + LENGTH_OFFSET, length);
        ring.putBytes(tail + HEADER_LENGTH, payload, offset, length);
        tail = tail + needed == capacity ? 0 : tail + needed;
        used += needed;

        return true;
    }

    private static int recordLength(final int length)
    {
        return BitUtil.align(HEADER_LENGTH + length, HEADER_LENGTH);
    }

    /** Bytes at the end of the ring that a record of this length cannot use. */
    private int skippedBefore(final int needed)
    {
        final int toEnd = capacity - tail;

        return tail >= head && toEnd < needed ? toEnd : 0;
    }

    private void wrap(final int skipped)
    {
        if (skipped > 0)
        {
            ring.putInt(tail + LENGTH_OFFSET, WRAP);
            used += skipped;
            tail = 0;
        }
    }

    boolean isEmpty()
    {
        return used == 0;
    }

    long headZxid()
    {
        skipWrap();

        return ring.getLong(head);
    }

    DirectBuffer buffer()
    {
        return ring;
    }

    int headOffset()
    {
        return head + HEADER_LENGTH;
    }

    int headLength()
    {
        return ring.getInt(head + LENGTH_OFFSET);
    }

    /** Forgets the oldest proposal. */
    void removeHead()
    {
        skipWrap();
        Invariant.check(used > 0, "no proposal to remove");
        final int length = recordLength(headLength());
        head = head + length == capacity ? 0 : head + length;
        used -= length;
        if (used == 0)
        {
            head = 0;
            tail = 0;
        }
    }

    private void skipWrap()
    {
        if (used > 0 && ring.getInt(head + LENGTH_OFFSET) == WRAP)
        {
            used -= capacity - head;
            head = 0;
        }
    }

    @Override
    public void close()
    {
        ledger.free(MemoryTag.OUTSTANDING, ring);
    }
}
