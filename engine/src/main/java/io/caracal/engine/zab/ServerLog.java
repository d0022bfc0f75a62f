/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.Journal;
import org.agrona.DirectBuffer;

/**
 * The transaction log of this server as its roles see it: the journal on disk together with the part of it that is kept
 * in memory. An appended transaction goes to the journal and into the {@link History}, where it stays at least until it
 * is applied. The log also tracks which part of it is durable, which part is committed, and where epochs end. It
 * belongs to the server and outlives roles.
 */
public final class ServerLog implements AutoCloseable
{
    private final Journal journal;
    private final History history;
    private final EpochEnds epochEnds = new EpochEnds();
    private long durableZxid;
    private long committedZxid;
    /** Whether the handler wants more committed transactions. */
    private boolean goesOn;

    /**
     * Creates an empty log. {@link #restart} and {@link #onReplayed} fill it with the content of the disk.
     *
     * @param journal  port.
     * @param ledger   books of native memory.
     * @param capacity bytes of the history.
     */
    public ServerLog(final Journal journal, final MemoryLedger ledger, final int capacity)
    {
        this.journal = journal;
        history = new History(ledger, capacity);
    }

    /**
     * The end of the log that is kept in memory.
     *
     * @return the history.
     */
    public History history()
    {
        return history;
    }

    /**
     * The last zxid of each epoch in the log.
     *
     * @return the table.
     */
    public EpochEnds epochEnds()
    {
        return epochEnds;
    }

    /**
     * Starts over after a snapshot was loaded. The snapshot stands for everything up to its zxid, and nothing after it
     * is logged.
     *
     * @param zxid of the snapshot.
     */
    public void restart(final long zxid)
    {
        history.restart(zxid);
        durableZxid = zxid;
        committedZxid = zxid;
    }

    /**
     * Takes in a record that was in the journal when the server started.
     *
     * @param zxid      of the record.
     * @param committed zxid that was known to be committed when the record was written.
     * @param buffer    holds the record.
     * @param offset    of the record.
     * @param length    of the record.
     */
    public void onReplayed(final long zxid, final long committed, final DirectBuffer buffer, final int offset,
        final int length)
    {
        history.growFor(length);
        history.add(zxid, buffer, offset, length);
        epochEnds.onLogged(zxid);
        durableZxid = zxid;
        committedZxid = Math.max(committedZxid, committed);
    }

    /**
     * Longest payload that can ever be logged.
     *
     * @return bytes.
     */
    public int payloadLengthMax()
    {
        return Math.min(history.lengthMax(), journal.recordLengthMax());
    }

    /**
     * Logs a transaction that this server proposes as the leader.
     *
     * @param zxid    directly follows the last one.
     * @param payload holds the transaction; copied.
     * @param offset  of the transaction.
     * @param length  of the transaction, at most {@link #payloadLengthMax}.
     * @return false when refused, because too much is under way or the journal takes nothing at the moment. Nothing
     *         changes then.
     */
    public boolean propose(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        return history.mayPropose(length) && append(zxid, payload, offset, length);
    }

    /**
     * Logs a transaction that another server proposed as the leader. If nothing can be applied to make room for it, the
     * history grows. What the leader has under way may need more room here than there, because limits may differ
     * between servers and the rings wrap at different places. Waiting would not help: the transactions may be
     * committed, or this server may hear of that, only after it has taken them.
     *
     * @param zxid    directly follows the last one.
     * @param payload holds the transaction; copied.
     * @param offset  of the transaction.
     * @param length  of the transaction, at most what the journal takes.
     * @return false when refused; the caller offers it again once something was applied or the journal takes it.
     *         Nothing changes then.
     */
    public boolean take(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        if (!hasCommitted() && history.canGrow())
        {
            history.growFor(length);
        }

        return history.hasRoom(length) && append(zxid, payload, offset, length);
    }

    private boolean append(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        if (!journal.append(zxid, committedZxid, payload, offset, length))
        {
            return false;
        }

        history.add(zxid, payload, offset, length);
        epochEnds.onLogged(zxid);
        return true;
    }

    /**
     * Begins to cut off everything that is logged after a zxid. It is gone from memory at once. The journal reports
     * through {@link #onTruncated} when it is gone from the disk.
     *
     * @param zxid last one that stays; not before the last applied one.
     * @return false when the journal cannot take the order at the moment; nothing changes then.
     */
    public boolean truncate(final long zxid)
    {
        if (!journal.truncate(zxid))
        {
            return false;
        }

        history.truncate(zxid);
        epochEnds.truncate(zxid);

        return true;
    }

    /**
     * The journal has been truncated on disk.
     *
     * @param zxid at which it ends now, the one that was asked for.
     */
    public void onTruncated(final long zxid)
    {
        durableZxid = zxid;
    }

    /**
     * Everything up to a zxid is durable.
     *
     * @param zxid that is durable; a lower one than before has no effect.
     */
    public void onDurable(final long zxid)
    {
        durableZxid = Math.max(durableZxid, zxid);
    }

    /**
     * Zxid of the last transaction that is durable.
     *
     * @return its zxid.
     */
    public long durableZxid()
    {
        return durableZxid;
    }

    /**
     * Zxid of the last transaction that was logged.
     *
     * @return its zxid.
     */
    public long lastZxid()
    {
        return history.lastZxid();
    }

    /**
     * Whether everything that is logged is durable.
     *
     * @return true when a force has covered the last one.
     */
    public boolean isAllDurable()
    {
        return durableZxid >= history.lastZxid();
    }

    /**
     * Everything up to a zxid is committed, even if it is not all logged here yet. This holds for good, because every
     * later leader has it too. But this log may still end with other transactions, which have to be cut. Until it is a
     * prefix of the leader's history, nothing may be {@link #deliver(int, CommitHandler) handed over}.
     *
     * @param zxid of a transaction of the leader's history.
     */
    public void onCommitted(final long zxid)
    {
        committedZxid = Math.max(committedZxid, zxid);
    }

    /**
     * Last zxid known to be committed.
     *
     * @return zxid, which may be beyond the end of this log.
     */
    public long committedZxid()
    {
        return committedZxid;
    }

    /**
     * Whether a transaction is ready to be applied.
     *
     * @return true when one is logged and committed but not applied.
     */
    public boolean hasCommitted()
    {
        return history.hasNext() && history.nextZxid() <= committedZxid;
    }

    /**
     * Hands over the transactions that are committed and logged, in order, until the handler wants no more.
     *
     * @param limit   largest number to hand over.
     * @param handler applies them.
     * @return number handed over.
     */
    public int deliver(final int limit, final CommitHandler handler)
    {
        int count = 0;
        goesOn = true;
        while (goesOn && count < limit && hasCommitted())
        {
            final long zxid = history.nextZxid();
            Invariant.check(zxid > history.appliedZxid(), "a transaction is applied twice");
            goesOn = handler.onCommit(zxid, history.buffer(), history.nextOffset(), history.nextLength());
            history.onApplied();
            count++;
        }

        return count;
    }

    /**
     * Works as {@link #deliver(int, CommitHandler)}, but first shows each batch of transactions to a look-ahead, which
     * can fetch what they need from memory before they are handed over one by one.
     *
     * @param limit   largest number to hand over.
     * @param handler applies them.
     * @param ahead   is shown each transaction beforehand, as long as it says that this is worthwhile.
     * @return number handed over.
     */
    public int deliver(final int limit, final CommitHandler handler, final CommitsAhead ahead)
    {
        if (!ahead.isWorthwhile())
        {
            return deliver(limit, handler);
        }

        int count = 0;
        goesOn = true;
        while (goesOn && count < limit && hasCommitted())
        {
            tellAhead(ahead);
            count += deliver(Math.min(limit - count, CommitsAhead.PROPOSALS_MAX), handler);
        }

        return count;
    }

    private void tellAhead(final CommitsAhead ahead)
    {
        long position = history.nextPosition();
        for (int i = 0; i < CommitsAhead.PROPOSALS_MAX && isCommitted(position); i++)
        {
            ahead.add(history.buffer(), history.offsetAt(position), history.lengthAt(position));
            position = history.positionAfter(position);
        }
        ahead.fetch();
    }

    private boolean isCommitted(final long position)
    {
        return history.hasRecord(position) && history.zxidAt(position) <= committedZxid;
    }

    @Override
    public void close()
    {
        history.close();
    }
}
