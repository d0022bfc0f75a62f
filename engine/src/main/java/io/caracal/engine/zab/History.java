/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * The end of the own log, in one native ring: what is logged and not applied, and before that, as long as there is
 * room, what was applied last, from which a leader serves learners that are a little behind. It belongs to the
 * server, not to a role. The capacity that it is given is the limit on bytes under way that this server proposes; the
 * ring grows where others have proposed more.
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
     * An empty history.
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
     * Begins anew after a snapshot was loaded: everything up to its zxid is applied, nothing after it is logged.
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
        return proposedMax / 2 - HistoryRing.HEADER_LENGTH;
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
        return ring.needed(length) <= proposedMax - (ring.tail() - applied);
    }

    /**
     * Whether a payload fits, if what was applied already makes room.
     *
     * @param length of the payload in bytes.
     * @return true when {@link #add} would take it.
     */
    public boolean hasRoom(final int length)
    {
        return ring.needed(length) <= ring.capacity() - (ring.tail() - applied);
    }

    /**
     * Whether {@link #growFor} can do anything.
     *
     * @return false when the ring has the greatest length that there is.
     */
    public boolean canGrow()
    {
        return ring.capacity() < CAPACITY_MAX;
    }

    /** Makes the ring large enough for one more payload. Not for a leader: positions do not survive. */
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
     * @param zxid    right after {@link #lastZxid()}.
     * @param payload holds it; copied.
     * @param offset  of it.
     * @param length  of it, for which {@link #hasRoom} is true.
     */
    public void add(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        Invariant.check(Zxid.follows(zxid, lastZxid), "a hole in the history");
        Invariant.check(hasRoom(length), "room for a transaction vanished");
        ring.append(zxid, payload, offset, length, applied);
        lastZxid = zxid;
    }

    /**
     * Whether something is logged and not applied.
     *
     * @return true when {@link #nextZxid()} is that of a transaction.
     */
    public boolean hasNext()
    {
        applied = ring.skipWrap(applied);

        return applied < ring.tail();
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

    /** {@link #nextZxid()} was applied. */
    public void onApplied()
    {
        appliedZxid = nextZxid();
        applied = ring.next(applied);
    }

    /**
     * Forgets what is logged after a zxid.
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
     * Position after the last record, where a learner begins that has everything.
     *
     * @return a position.
     */
    public long endPosition()
    {
        return ring.tail();
    }

    /**
     * Whether what lies at a position is still there.
     *
     * @param position got from {@link #endPosition()} or {@link #positionAfter}.
     * @return false when it was forgotten.
     */
    public boolean isKept(final long position)
    {
        return ring.isKept(position);
    }

    /**
     * Whether a record lies at a position.
     *
     * @param position kept.
     * @return false at the end.
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
     * Position of the record after another.
     *
     * @param position where a record lies.
     * @return position after it.
     */
    public long positionAfter(final long position)
    {
        return ring.next(ring.skipWrap(position));
    }

    /**
     * What holds all payloads.
     *
     * @return the ring; changed by every call that changes the history.
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
