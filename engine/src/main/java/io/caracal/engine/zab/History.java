/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The end of the own log, in one native ring: what is logged and not applied, and before that, as long as there is
 * room, what was applied last, from which a leader serves learners that are a little behind. It belongs to the
 * server, not to a role. The capacity that it is given is the limit on bytes under way that this server proposes; the
 * ring grows where others have proposed more.
 *
 * <pre>
 *   kept for learners        logged, not applied
 *   |------------------------|--------------------|
 *   head                     applied              tail       positions, which only rise
 *
 *   record:  0        8        12                16
 *            | zxid   | length | (reserved)      | payload, padded to 16 bytes |
 *            a length of -1: the rest of the ring is empty, go on at its beginning
 * </pre>
 */
public final class History implements AutoCloseable
{
    private static final int LENGTH_OFFSET = 8;
    private static final int HEADER_LENGTH = 16;
    private static final int WRAP = -1;
    private static final int CAPACITY_MAX = 1 << 30;

    private final MemoryLedger ledger;
    private final int proposedMax;
    private UnsafeBuffer ring;
    private int capacity;
    private long head;
    private long applied;
    private long tail;
    private long lastZxid;
    private long appliedZxid;

    /**
     * An empty history.
     *
     * @param ledger   books of native memory.
     * @param capacity bytes, 32 to 2^30; rounded up to a power of two.
     */
    public History(final MemoryLedger ledger, final int capacity)
    {
        this.ledger = ledger;
        proposedMax = BitUtil.findNextPositivePowerOfTwo(capacity);
        this.capacity = proposedMax;
        ring = ledger.allocate(MemoryTag.OUTSTANDING, this.capacity);
    }

    /**
     * Begins anew after a snapshot was loaded: everything up to its zxid is applied, nothing after it is logged.
     *
     * @param zxid of the state that was loaded.
     */
    public void restart(final long zxid)
    {
        head = 0;
        applied = 0;
        tail = 0;
        lastZxid = zxid;
        appliedZxid = zxid;
    }

    /**
     * Last transaction that was logged.
     *
     * @return its zxid.
     */
    public long lastZxid()
    {
        return lastZxid;
    }

    /**
     * The last transaction that was applied, by {@link #onApplied}.
     *
     * @return its zxid.
     */
    public long appliedZxid()
    {
        return appliedZxid;
    }

    /**
     * The longest payload that can be proposed, when nothing is under way.
     *
     * @return bytes.
     */
    public int lengthMax()
    {
        return proposedMax / 2 - HEADER_LENGTH;
    }

    /**
     * Whether a payload may be proposed, if what was applied already makes room. What others proposed counts, so that
     * none of them ever needs a ring of more than twice the length for it.
     *
     * @param length of the payload in bytes.
     * @return true when it keeps to the limit on bytes under way.
     */
    public boolean mayPropose(final int length)
    {
        return needed(length) <= proposedMax - (tail - applied);
    }

    /**
     * Whether a payload fits, if what was applied already makes room.
     *
     * @param length of the payload in bytes.
     * @return true when {@link #add} would take it.
     */
    public boolean hasRoom(final int length)
    {
        return needed(length) <= capacity - (tail - applied);
    }

    /**
     * Whether {@link #growFor} can do anything.
     *
     * @return false when the ring has the greatest length that there is.
     */
    public boolean canGrow()
    {
        return capacity < CAPACITY_MAX;
    }

    /** Makes the ring large enough for one more payload. Not for a leader: positions do not survive. */
    public void growFor(final int length)
    {
        if (hasRoom(length))
        {
            return;
        }

        Invariant.check(canGrow(), "more is logged and not committed than can be kept in memory");
        final int newCapacity = BitUtil.findNextPositivePowerOfTwo(Math.max(2 * capacity, 2 * recordLength(length)));
        final UnsafeBuffer old = ring;
        final int oldCapacity = capacity;
        long from = applied;
        final long end = tail;
        ring = ledger.allocate(MemoryTag.OUTSTANDING, newCapacity);
        capacity = newCapacity;
        head = 0;
        applied = 0;
        tail = 0;
        while (from < end)
        {
            final int at = (int)(from & (oldCapacity - 1));
            final int oldLength = old.getInt(at + LENGTH_OFFSET);
            if (oldLength == WRAP)
            {
                from += oldCapacity - at;
            }
            else
            {
                write(old.getLong(at), old, at + HEADER_LENGTH, oldLength);
                from += recordLength(oldLength);
            }
        }
        ledger.free(MemoryTag.OUTSTANDING, old);
    }

    /**
     * Adds a transaction that was handed to the journal.
     *
     * @param zxid    right after {@link #lastZxid()}.
     * @param payload holds it; copied.
     * @param offset  of it.
     * @param length  of it, for which {@link #hasRoom} is true.
     */
    public void add(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        Invariant.check(Zxid.follows(zxid, lastZxid), "a hole in the history");
        Invariant.check(hasRoom(length), "room for a transaction vanished");
        write(zxid, payload, offset, length);
        lastZxid = zxid;
    }

    private void write(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        final int skipped = skippedBefore(recordLength(length));
        if (skipped > 0)
        {
            evictUpTo(tail + skipped - capacity);
            ring.putInt(at(tail) + LENGTH_OFFSET, WRAP);
            tail += skipped;
        }
        evictUpTo(tail + recordLength(length) - capacity);
        final int at = at(tail);
        ring.putLong(at, zxid);
        ring.putInt(at + LENGTH_OFFSET, length);
        ring.putBytes(at + HEADER_LENGTH, payload, offset, length);
        tail += recordLength(length);
    }

    private void evictUpTo(final long position)
    {
        while (head < position)
        {
            Invariant.check(head < applied, "a transaction was forgotten before it was applied");
            head = next(head);
        }
    }

    private int needed(final int length)
    {
        return recordLength(length) + skippedBefore(recordLength(length));
    }

    private static int recordLength(final int length)
    {
        return BitUtil.align(HEADER_LENGTH + length, HEADER_LENGTH);
    }

    private int skippedBefore(final int recordLength)
    {
        final int toEnd = capacity - at(tail);

        return toEnd < recordLength ? toEnd : 0;
    }

    private int at(final long position)
    {
        return (int)(position & (capacity - 1));
    }

    private long next(final long position)
    {
        final int at = at(position);
        final int length = ring.getInt(at + LENGTH_OFFSET);

        return position + (length == WRAP ? capacity - at : recordLength(length));
    }

    private long skipWrap(final long position)
    {
        return position < tail && ring.getInt(at(position) + LENGTH_OFFSET) == WRAP ? next(position) : position;
    }

    /**
     * Whether something is logged and not applied.
     *
     * @return true when {@link #nextZxid()} is that of a transaction.
     */
    public boolean hasNext()
    {
        applied = skipWrap(applied);

        return applied < tail;
    }

    /**
     * Where the transaction to be applied next lies.
     *
     * @return a position, that of the end if there is none.
     */
    public long nextPosition()
    {
        return applied;
    }

    /**
     * The transaction to be applied next.
     *
     * @return its zxid; {@link #hasNext()} was true.
     */
    public long nextZxid()
    {
        return ring.getLong(at(applied));
    }

    /**
     * Where the payload of {@link #nextZxid()} begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int nextOffset()
    {
        return at(applied) + HEADER_LENGTH;
    }

    /**
     * Length of the payload of {@link #nextZxid()}.
     *
     * @return bytes.
     */
    public int nextLength()
    {
        return ring.getInt(at(applied) + LENGTH_OFFSET);
    }

    /** {@link #nextZxid()} was applied. */
    public void onApplied()
    {
        appliedZxid = nextZxid();
        applied = next(applied);
    }

    /**
     * Forgets what is logged after a zxid.
     *
     * @param zxid at least {@link #appliedZxid()}.
     */
    public void truncate(final long zxid)
    {
        Invariant.check(zxid >= appliedZxid, "what was applied cannot be cut");
        long position = applied;
        while (position < tail)
        {
            position = skipWrap(position);
            if (position < tail && ring.getLong(at(position)) > zxid)
            {
                tail = position;
            }
            else if (position < tail)
            {
                position = next(position);
            }
        }
        lastZxid = zxid;
    }

    /**
     * Position after the last record, where a learner begins that has everything.
     *
     * @return a position.
     */
    public long endPosition()
    {
        return tail;
    }

    /**
     * Whether what lies at a position is still there.
     *
     * @param position got from {@link #endPosition()} or {@link #positionAfter}.
     * @return false when it was forgotten.
     */
    public boolean isKept(final long position)
    {
        return position >= head;
    }

    /**
     * Whether a record lies at a position.
     *
     * @param position kept.
     * @return false at the end.
     */
    public boolean hasRecord(final long position)
    {
        return skipWrap(position) < tail;
    }

    /**
     * Zxid of the record at a position.
     *
     * @param position where a record lies.
     * @return its zxid.
     */
    public long zxidAt(final long position)
    {
        return ring.getLong(at(skipWrap(position)));
    }

    /**
     * Where the payload at a position begins.
     *
     * @param position where a record lies.
     * @return offset within {@link #buffer()}.
     */
    public int offsetAt(final long position)
    {
        return at(skipWrap(position)) + HEADER_LENGTH;
    }

    /**
     * Length of the payload at a position.
     *
     * @param position where a record lies.
     * @return bytes.
     */
    public int lengthAt(final long position)
    {
        return ring.getInt(at(skipWrap(position)) + LENGTH_OFFSET);
    }

    /**
     * Position of the record after another.
     *
     * @param position where a record lies.
     * @return position after it.
     */
    public long positionAfter(final long position)
    {
        return next(skipWrap(position));
    }

    /**
     * What holds all payloads.
     *
     * @return the ring; changed by every call that changes the history.
     */
    public DirectBuffer buffer()
    {
        return ring;
    }

    @Override
    public void close()
    {
        ledger.free(MemoryTag.OUTSTANDING, ring);
    }
}
