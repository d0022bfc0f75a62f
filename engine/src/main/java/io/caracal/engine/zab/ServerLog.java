/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.Journal;
import org.agrona.DirectBuffer;

/**
 * The transaction log of this server as its roles see it: the journal on disk, together with what is kept of it in
 * memory. A transaction that is appended goes to the journal and into the {@link History}, where it stays until it is
 * applied. The log also knows which part of it is durable, which part is committed, and where epochs end. It belongs to
 * the server and outlives roles.
 */
public final class ServerLog implements AutoCloseable
{
    private final Journal journal;
    private final History history;
    private final EpochEnds epochEnds = new EpochEnds();
    private long durableZxid;
    private long committedZxid;
    /** Whether the handler wants more of what is committed. */
    private boolean goesOn;

    /**
     * An empty log; what the journal holds is added by {@link #restart} and {@link #onReplayed}.
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
     * What is logged and not applied.
     *
     * @return the history.
     */
    public History history()
    {
        return history;
    }

    /**
     * Ends of epochs.
     *
     * @return the table.
     */
    public EpochEnds epochEnds()
    {
        return epochEnds;
    }

    /**
     * A snapshot was loaded: it stands for everything up to its zxid, and nothing after it is logged.
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
     * A record that was in the journal when the server started.
     *
     * @param zxid      of the record.
     * @param committed known to be committed when it was written.
     * @param buffer    holds it.
     * @param offset    of it.
     * @param length    of it.
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
     * Logs a transaction of this server as the leader.
     *
     * @param zxid    right after the last one.
     * @param payload holds it; copied.
     * @param offset  of it.
     * @param length  of it, at most {@link #payloadLengthMax}.
     * @return false when refused: too much is under way, or the journal takes nothing at the moment. Nothing changed.
     */
    public boolean propose(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        return history.mayPropose(length) && append(zxid, payload, offset, length);
    }

    /**
     * Logs a transaction of another server as the leader. When nothing can be applied that would make room for it, room
     * is made: what its leader has under way may need more here than there, since limits of servers may differ and the
     * ends of rings lie elsewhere, and none of it can be committed, or this server hear of that, before it is taken.
     *
     * @param zxid    right after the last one.
     * @param payload holds it; copied.
     * @param offset  of it.
     * @param length  of it, at most what the journal takes.
     * @return false when refused: it is to come again when something was applied or the journal takes it. Nothing
     *         changed.
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
     * Begins to cut off everything that is logged after a zxid. It is gone from memory at once; the journal tells when
     * it is gone from the disk, by {@link #onTruncated}.
     *
     * @param zxid last one that stays; not before what was applied.
     * @return false when the journal does not take the order at the moment; nothing has changed then.
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
     * The journal has been cut on disk.
     *
     * @param zxid at which it ends now, as it was asked for.
     */
    public void onTruncated(final long zxid)
    {
        durableZxid = zxid;
    }

    /**
     * Everything up to a zxid is durable.
     *
     * @param zxid only rises.
     */
    public void onDurable(final long zxid)
    {
        durableZxid = Math.max(durableZxid, zxid);
    }

    /**
     * Last transaction that is durable.
     *
     * @return its zxid.
     */
    public long durableZxid()
    {
        return durableZxid;
    }

    /**
     * Last transaction that was logged.
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
     * Everything up to a zxid is committed, even if it is not all logged here yet. Must be called only while this log
     * is a beginning of the leader's history: what is logged and committed is applied.
     *
     * @param zxid of a transaction of the leader's history.
     */
    public void onCommitted(final long zxid)
    {
        committedZxid = Math.max(committedZxid, zxid);
    }

    /**
     * What is known to be committed.
     *
     * @return zxid, which may be beyond the own log.
     */
    public long committedZxid()
    {
        return committedZxid;
    }

    /**
     * Whether something can be applied.
     *
     * @return true when it is logged, committed and not applied.
     */
    public boolean hasCommitted()
    {
        return history.hasNext() && history.nextZxid() <= committedZxid;
    }

    /**
     * Hands over what is committed and logged, in order, until the handler wants no more.
     *
     * @param limit   how many at most.
     * @param handler applies them.
     * @return how many.
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
     * As {@link #deliver(int, CommitHandler)}, but shows the next few transactions to somebody who can fetch what they
     * will need from memory, before they are handed over one by one.
     *
     * @param limit   how many at most.
     * @param handler applies them.
     * @param ahead   is shown each of them beforehand, as long as it says that this is worthwhile.
     * @return how many.
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
