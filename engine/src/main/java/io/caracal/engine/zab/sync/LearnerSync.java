/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.SnapshotIntake;
import io.caracal.engine.zab.BulkCheck;
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
 * Phase 2 of ZAB on a learner. It drops what the leader never had, or takes over a snapshot of the leader, and then
 * logs the transactions that the leader sends, until both histories are equal. Nothing is acknowledged here: that is
 * done when everything is durable.
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

    /** How far it is. */
    private enum Step
    {
        /** The leader has not said yet what to do. */
        WAITING,
        /** The journal is to be told to cut. */
        CUTTING,
        /** The journal cuts. */
        CUT,
        /** A snapshot file is to come. */
        SNAPSHOT,
        /** The bytes of a snapshot file come. */
        PIECES,
        /** All bytes came; the store is to be told. */
        INSTALLING,
        /** The store verifies it and puts it in place of everything. */
        INSTALLED,
        /** The tree is loaded. */
        LOADING,
        /** Records come. */
        RECORDS,
        /** The own history is the leader's. */
        COMPLETE
    }

    /**
     * Waits for a plan.
     *
     * @param log       of this server.
     * @param snapshots its snapshot files.
     * @param tree      told when it is replaced.
     */
    public LearnerSync(final ServerLog log, final SnapshotIntake snapshots, final TreeTarget tree)
    {
        this.log = log;
        this.snapshots = snapshots;
        this.tree = tree;
    }

    /**
     * The leader says what to do.
     *
     * @param message the plan.
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
        Invariant.check(zxid >= log.history().appliedZxid(), "the leader lacks what was committed and applied here");
        cutZxid = zxid;
        step = Step.CUTTING;
    }

    /**
     * Goes on as far as it can.
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
     * The journal was cut.
     *
     * @param zxid where.
     */
    public void onTruncated(final long zxid)
    {
        Invariant.check(step == Step.CUT && zxid == cutZxid, "the log was cut though nobody asked for it");
        step = Step.RECORDS;
    }

    /**
     * A snapshot file follows.
     *
     * @param message about it.
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
     * Next bytes of the snapshot file.
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
     * The snapshot has taken the place of everything on disk.
     *
     * @param zxid of its state.
     */
    public void onReceived(final long zxid)
    {
        Invariant.check(step == Step.INSTALLED && zxid == snapshotZxid, "a snapshot that nobody waits for");
        tree.onReplaced();
        step = Step.LOADING;
    }

    /** The snapshot is damaged or there is no room for it. */
    public void onReceiveFailed()
    {
        step = Step.WAITING;
        problem = "the snapshot of the leader could not be taken over";
    }

    /**
     * A transaction of the leader's history.
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
     * Whether the own history is a beginning of the leader's, so that what the leader has committed may be applied.
     *
     * @return false while it may hold what the leader never had.
     */
    public boolean isPrefix()
    {
        return step == Step.RECORDS || step == Step.COMPLETE;
    }

    /**
     * How far it is, as a number that changes with every step, message and loaded record.
     *
     * @return a measure of headway, without any other meaning.
     */
    public long progress()
    {
        return step.ordinal() + Step.values().length * (bulk.count() + loaded);
    }

    /**
     * Whether the next step is that of the own disk or tree, and the leader has nothing to do with it.
     *
     * @return true while a cut, an installation or a load is under way.
     */
    public boolean isWorking()
    {
        return step == Step.CUTTING || step == Step.INSTALLING || !isInterruptible();
    }

    /**
     * Whether the own history is the leader's.
     *
     * @return true when everything came and is logged, not yet durable.
     */
    public boolean isComplete()
    {
        return step == Step.COMPLETE;
    }

    /**
     * End of the leader's history.
     *
     * @return zxid, once {@link #isComplete()}.
     */
    public long endZxid()
    {
        return endZxid;
    }

    /**
     * Why it cannot go on.
     *
     * @return null when all is well; otherwise the link is to be closed.
     */
    public String problem()
    {
        return problem;
    }

    /** Gives up what is half received. What is cut or installed stays so. */
    public void close()
    {
        if (step == Step.PIECES || step == Step.INSTALLING)
        {
            snapshots.abortReceive();
        }
    }

    /**
     * Whether it can be given up at this moment: not while the disk is changing what the log is.
     *
     * @return false while a cut or an installation is under way.
     */
    public boolean isInterruptible()
    {
        return step != Step.CUT && step != Step.INSTALLED && step != Step.LOADING;
    }
}
