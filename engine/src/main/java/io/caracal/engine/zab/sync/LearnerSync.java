/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import io.caracal.engine.Invariant;
import io.caracal.engine.LostHistoryException;
import io.caracal.engine.port.SnapshotIntake;
import io.caracal.engine.zab.BulkCheck;
import io.caracal.engine.zab.EpochEnds;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.codec.HistoryRecordDecoder;
import io.caracal.engine.zab.codec.NewLeaderDecoder;
import io.caracal.engine.zab.codec.SnapshotBeginDecoder;
import io.caracal.engine.zab.codec.SnapshotPieceDecoder;
import io.caracal.engine.zab.codec.SyncBeginDecoder;
import io.caracal.engine.zab.codec.SyncKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Phase 2 of ZAB on a learner. It cuts off transactions that the leader never had, or takes over a snapshot of the
 * leader, and then logs the transactions that the leader sends until both histories are equal. Nothing is acknowledged
 * here; that happens once everything is durable.
 */
public final class LearnerSync
{
    private final ServerLog log;
    private final SnapshotIntake snapshots;
    private final TreeTarget tree;
    private final BulkCheck bulk = new BulkCheck();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private Step step = Step.WAITING;
    private long cutZxid;
    private long snapshotZxid;
    private long bytesLeft;
    private long loaded;
    private boolean hasEnd;
    private long endZxid;
    private long endCount;
    private int endCrc;
    private String problem;

    /** Steps of the synchronization. */
    private enum Step
    {
        /** The leader has not sent its plan yet. */
        WAITING,
        /** The journal has to be told to truncate. */
        CUTTING,
        /** The journal is truncating. */
        CUT,
        /** A snapshot file is expected. */
        SNAPSHOT,
        /** The bytes of a snapshot file are arriving. */
        PIECES,
        /** All bytes have arrived; the store has to be told. */
        INSTALLING,
        /** The store is verifying the snapshot and replacing everything on disk with it. */
        INSTALLED,
        /** The tree is being loaded from the snapshot. */
        LOADING,
        /** Records are arriving. */
        RECORDS,
        /** This history is equal to the leader's. */
        COMPLETE
    }

    /**
     * Creates the learner's side, which waits for a plan.
     *
     * @param log       of this server.
     * @param snapshots snapshot files of this server.
     * @param tree      told when the tree is replaced.
     */
    public LearnerSync(final ServerLog log, final SnapshotIntake snapshots, final TreeTarget tree)
    {
        this.log = log;
        this.snapshots = snapshots;
        this.tree = tree;
    }

    /**
     * The leader sends its plan.
     *
     * @param message the plan.
     * @throws LostHistoryException when this server would have to give up what it has applied.
     */
    public void onSyncBegin(final SyncBeginDecoder message)
    {
        final short kind = message.kindRaw();
        if (step != Step.WAITING)
        {
            problem = "the leader begins to synchronize twice";
        }
        else if (kind == SyncKind.SNAP.value())
        {
            requireApplied(message.zxid());
            tree.onReplacing();
            step = Step.SNAPSHOT;
        }
        else if (kind == SyncKind.TRUNC.value())
        {
            beginToCut(message.zxid());
        }
        else if (message.zxid() == log.lastZxid())
        {
            step = Step.RECORDS;
        }
        else
        {
            problem = "the leader goes on where this history does not end";
        }
    }

    private void beginToCut(final long zxid)
    {
        requireApplied(zxid);
        cutZxid = zxid;
        step = Step.CUTTING;
    }

    /** What is applied here is committed, so the leader has it too, if it has not begun without it. */
    private void requireApplied(final long commonZxid)
    {
        final long appliedZxid = log.history().appliedZxid();
        if (commonZxid != EpochEnds.UNKNOWN && commonZxid < appliedZxid)
        {
            throw new LostHistoryException(commonZxid, appliedZxid);
        }
    }

    /**
     * Advances as far as possible.
     *
     * @return work done.
     */
    public int doWork()
    {
        final Step before = step;
        switch (step)
        {
            case CUTTING -> step = log.truncate(cutZxid) ? Step.CUT : step;
            case INSTALLING -> step = snapshots.endReceive() ? Step.INSTALLED : step;
            case LOADING -> {
                loaded += tree.load();
                step = tree.isLoaded() ? Step.RECORDS : step;
                return 1;
            }
            case RECORDS -> finish();
            case WAITING, CUT, SNAPSHOT, PIECES, INSTALLED, COMPLETE -> {
                return 0;
            }
        }

        return step == before ? 0 : 1;
    }

    private void finish()
    {
        if (!hasEnd || bulk.count() != endCount)
        {
            return;
        }

        if (bulk.crc() != endCrc || log.lastZxid() != endZxid)
        {
            problem = "what the leader sent is not what it says it sent";
        }
        else
        {
            step = Step.COMPLETE;
        }
    }

    /**
     * The journal has been truncated.
     *
     * @param zxid last one that is left.
     */
    public void onTruncated(final long zxid)
    {
        Invariant.check(step == Step.CUT && zxid == cutZxid, "the log was cut though nobody asked for it");
        step = Step.RECORDS;
    }

    /**
     * The leader announces a snapshot file.
     *
     * @param message that describes the file.
     * @return false when it cannot be received yet.
     */
    public boolean onSnapshotBegin(final SnapshotBeginDecoder message)
    {
        if (step != Step.SNAPSHOT)
        {
            problem = "a snapshot comes that was not announced";
            return true;
        }
        if (!snapshots.beginReceive(message.zxid(), message.length()))
        {
            return false;
        }

        snapshotZxid = message.zxid();
        bytesLeft = message.length();
        step = Step.PIECES;

        return true;
    }

    /**
     * Receives the next bytes of the snapshot file.
     *
     * @param message with the bytes.
     * @return false when the store is behind.
     */
    public boolean onSnapshotPiece(final SnapshotPieceDecoder message)
    {
        message.wrapBytes(view);
        final int length = view.capacity();
        if (step != Step.PIECES || length > bytesLeft)
        {
            problem = "more of a snapshot comes than was announced";
            return true;
        }
        if (!snapshots.receive(view, 0, length))
        {
            return false;
        }

        bulk.on(length, view, 0, length);
        bytesLeft -= length;
        step = bytesLeft == 0 ? Step.INSTALLING : step;

        return true;
    }

    /**
     * The snapshot has replaced everything on disk.
     *
     * @param zxid of its state.
     */
    public void onReceived(final long zxid)
    {
        Invariant.check(step == Step.INSTALLED && zxid == snapshotZxid, "a snapshot that nobody waits for");
        tree.onReplaced();
        step = Step.LOADING;
    }

    /** The snapshot is damaged, or there is no room for it. */
    public void onReceiveFailed()
    {
        step = Step.WAITING;
        problem = "the snapshot of the leader could not be taken over";
    }

    /**
     * Receives a transaction of the leader's history.
     *
     * @param message with the transaction.
     * @return false when it cannot be logged yet.
     */
    public boolean onHistoryRecord(final HistoryRecordDecoder message)
    {
        if (step != Step.RECORDS)
        {
            return false;
        }

        final long zxid = message.zxid();
        if (!Zxid.follows(zxid, log.lastZxid()))
        {
            problem = "a hole in what the leader sends";
            return true;
        }

        message.wrapPayload(view);
        if (!log.take(zxid, view, 0, view.capacity()))
        {
            return false;
        }
        bulk.on(zxid, view, 0, view.capacity());

        return true;
    }

    /**
     * The leader says where its history ends.
     *
     * @param message that says so.
     */
    public void onNewLeader(final NewLeaderDecoder message)
    {
        hasEnd = true;
        endZxid = message.lastZxid();
        endCount = message.bulkCount();
        endCrc = message.bulkCrc();
    }

    /**
     * Whether this history is a prefix of the leader's, so that transactions the leader has committed may be applied.
     *
     * @return false while it may contain transactions that the leader never had.
     */
    public boolean isPrefix()
    {
        return step == Step.RECORDS || step == Step.COMPLETE;
    }

    /**
     * A number that changes with every step, message and loaded record.
     *
     * @return a measure of progress, without any other meaning.
     */
    public long progress()
    {
        return step.ordinal() + Step.values().length * (bulk.count() + loaded);
    }

    /**
     * Whether the next step depends only on this server's disk or tree, not on the leader.
     *
     * @return true while a truncation, an installation or a load is under way.
     */
    public boolean isWorking()
    {
        return step == Step.CUTTING || step == Step.INSTALLING || !isInterruptible();
    }

    /**
     * Whether this history is equal to the leader's.
     *
     * @return true when everything has arrived and is logged, though it may not be durable yet.
     */
    public boolean isComplete()
    {
        return step == Step.COMPLETE;
    }

    /**
     * End of the leader's history.
     *
     * @return zxid; valid once {@link #isComplete()}.
     */
    public long endZxid()
    {
        return endZxid;
    }

    /**
     * Why synchronization cannot continue.
     *
     * @return null when all is well; otherwise the caller has to close the link.
     */
    public String problem()
    {
        return problem;
    }

    /**
     * Aborts the reception of a snapshot unless its installation has begun. A truncation or installation stays in
     * effect.
     */
    public void close()
    {
        if (step == Step.PIECES || step == Step.INSTALLING)
        {
            snapshots.abortReceive();
        }
    }

    /**
     * Whether synchronization can be abandoned at this moment, which is not so while the content of the log is changing
     * on disk.
     *
     * @return false while a truncation, an installation or a load is under way.
     */
    public boolean isInterruptible()
    {
        return step != Step.CUT && step != Step.INSTALLED && step != Step.LOADING;
    }
}
