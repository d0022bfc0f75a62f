/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * The end of this server's log, held in memory in one native ring. It contains the transactions that are logged but not
 * applied and, before them, as many of the last applied ones as there is room for. From the latter a leader serves
 * learners that are a little behind. The history belongs to the server, not to a role. Its initial capacity limits the
 * bytes under way that this server proposes; the ring grows when other servers have proposed more.
 *
 * <pre>
 *   kept for learners        logged, not applied
 *   |------------------------|--------------------|
 *   head of the ring         applied              tail of the ring
 * </pre>
 */
public final class History implements AutoCloseable
{
    private static final int CAPACITY_MAX = 1 << 30;

    private final int proposedMax;
    private final HistoryRing ring;
    private long applied;
    private long lastZxid;
    private long appliedZxid;

    /**
     * Creates an empty history.
     *
     * @param ledger   books of native memory.
     * @param capacity bytes, 32 to 2^30; rounded up to a power of two.
     */
    public History(final MemoryLedger ledger, final int capacity)
    {
        proposedMax = BitUtil.findNextPositivePowerOfTwo(capacity);
        ring = new HistoryRing(ledger, proposedMax);
    }

    /**
     * Starts over after a snapshot was loaded: everything up to its zxid is applied, and nothing after it is logged.
     *
     * @param zxid of the state that was loaded.
     */
    public void restart(final long zxid)
    {
        ring.clear();
        applied = 0;
        lastZxid = zxid;
        appliedZxid = zxid;
    }

    /**
     * Zxid of the last transaction that was logged.
     *
     * @return its zxid.
     */
    public long lastZxid()
    {
        return lastZxid;
    }

    /**
     * Zxid of the last transaction that was applied, as reported by {@link #onApplied}.
     *
     * @return its zxid.
     */
    public long appliedZxid()
    {
        return appliedZxid;
    }

    /**
     * The longest payload that can be proposed while nothing else is under way.
     *
     * @return bytes.
     */
    public int lengthMax()
    {
        return proposedMax / 2 - HistoryRing.HEADER_LENGTH;
    }

    /**
     * Whether a payload may be proposed, given that applied transactions may be overwritten to make room. Transactions
     * proposed by other servers count as well, so that no other server ever needs a ring of more than twice this
     * length.
     *
     * @param length of the payload in bytes.
     * @return true when the limit on bytes under way allows it.
     */
    public boolean mayPropose(final int length)
    {
        return ring.needed(length) <= proposedMax - (ring.tail() - applied);
    }

    /**
     * Whether a payload fits, given that applied transactions may be overwritten to make room.
     *
     * @param length of the payload in bytes.
     * @return true when {@link #add} would take it.
     */
    public boolean hasRoom(final int length)
    {
        return ring.needed(length) <= ring.capacity() - (ring.tail() - applied);
    }

    /**
     * Whether the ring can still grow.
     *
     * @return false when it has its greatest length already.
     */
    public boolean canGrow()
    {
        return ring.capacity() < CAPACITY_MAX;
    }

    /**
     * Makes the ring large enough for one more payload. A leader must not call this, because positions become invalid.
     */
    public void growFor(final int length)
    {
        if (hasRoom(length))
        {
            return;
        }

        Invariant.check(canGrow(), "more is logged and not committed than can be kept in memory");
        final int capacityMin = 2 * Math.max(ring.capacity(), HistoryRing.recordLength(length));
        ring.grow(BitUtil.findNextPositivePowerOfTwo(capacityMin), applied);
        applied = 0;
    }

    /**
     * Adds a transaction that was handed to the journal.
     *
     * @param zxid    directly follows {@link #lastZxid()}.
     * @param payload holds the transaction; copied.
     * @param offset  of the transaction.
     * @param length  of the transaction, for which {@link #hasRoom} is true.
     */
    public void add(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        Invariant.check(Zxid.follows(zxid, lastZxid), "a hole in the history");
        Invariant.check(hasRoom(length), "room for a transaction vanished");
        ring.append(zxid, payload, offset, length, applied);
        lastZxid = zxid;
    }

    /**
     * Whether some transaction is logged but not applied.
     *
     * @return true when {@link #nextZxid()} may be called.
     */
    public boolean hasNext()
    {
        applied = ring.skipWrap(applied);

        return applied < ring.tail();
    }

    /**
     * Position of the transaction to be applied next.
     *
     * @return a position; the end position if there is no such transaction.
     */
    public long nextPosition()
    {
        return applied;
    }

    /**
     * Zxid of the transaction to be applied next. Call it only when {@link #hasNext()} is true.
     *
     * @return its zxid.
     */
    public long nextZxid()
    {
        return ring.zxid(applied);
    }

    /**
     * Where the payload of {@link #nextZxid()} begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int nextOffset()
    {
        return ring.payloadOffset(applied);
    }

    /**
     * Length of the payload of {@link #nextZxid()}.
     *
     * @return bytes.
     */
    public int nextLength()
    {
        return ring.payloadLength(applied);
    }

    /** Records that the transaction {@link #nextZxid()} was applied. */
    public void onApplied()
    {
        appliedZxid = nextZxid();
        applied = ring.next(applied);
    }

    /**
     * Forgets the transactions logged after a zxid.
     *
     * @param zxid at least {@link #appliedZxid()}.
     */
    public void truncate(final long zxid)
    {
        Invariant.check(zxid >= appliedZxid, "what was applied cannot be cut");
        long position = ring.skipWrap(applied);
        while (position < ring.tail() && ring.zxid(position) <= zxid)
        {
            position = ring.skipWrap(ring.next(position));
        }
        ring.cut(position);
        lastZxid = zxid;
    }

    /**
     * Position after the last record. A learner that has everything starts there.
     *
     * @return a position.
     */
    public long endPosition()
    {
        return ring.tail();
    }

    /**
     * Whether the record at a position is still in memory.
     *
     * @param position obtained from {@link #endPosition()} or {@link #positionAfter}.
     * @return false when it was overwritten.
     */
    public boolean isKept(final long position)
    {
        return ring.isKept(position);
    }

    /**
     * Whether a record lies at a position.
     *
     * @param position that is still kept.
     * @return false at the end of the history.
     */
    public boolean hasRecord(final long position)
    {
        return ring.skipWrap(position) < ring.tail();
    }

    /**
     * Zxid of the record at a position.
     *
     * @param position where a record lies.
     * @return its zxid.
     */
    public long zxidAt(final long position)
    {
        return ring.zxid(ring.skipWrap(position));
    }

    /**
     * Where the payload at a position begins.
     *
     * @param position where a record lies.
     * @return offset within {@link #buffer()}.
     */
    public int offsetAt(final long position)
    {
        return ring.payloadOffset(ring.skipWrap(position));
    }

    /**
     * Length of the payload at a position.
     *
     * @param position where a record lies.
     * @return bytes.
     */
    public int lengthAt(final long position)
    {
        return ring.payloadLength(ring.skipWrap(position));
    }

    /**
     * Position after a record.
     *
     * @param position where the record lies.
     * @return position of the next record, or the end position.
     */
    public long positionAfter(final long position)
    {
        return ring.next(ring.skipWrap(position));
    }

    /**
     * Buffer that holds all payloads.
     *
     * @return the memory of the ring; every call that changes the history may change or replace it.
     */
    public DirectBuffer buffer()
    {
        return ring.memory();
    }

    @Override
    public void close()
    {
        ring.close();
    }
}
