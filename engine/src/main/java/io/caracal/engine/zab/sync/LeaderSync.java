/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CatchUp;
import io.caracal.engine.zab.BulkCheck;
import io.caracal.engine.zab.EpochEnds;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.codec.SyncKind;
import java.util.function.LongPredicate;
import org.agrona.DirectBuffer;

/**
 * Phase 2 of ZAB on a leader, for one learner. The transactions that the learner lacks are read from disk and sent over
 * the bulk stream. More are proposed meanwhile, so this is done in rounds until few are left. Then the end of the
 * history is fixed: everything up to it is sent over the bulk stream, everything after it over the live stream.
 */
public final class LeaderSync
{
    /** Largest number of transactions that may still have to be sent when the end of the history is fixed. */
    private static final long JOIN_RECORDS_MAX = 1000;
    /** Added to the learner's id to form the id of a snapshot read, because a log read may be open at the same time. */
    private static final long SNAPSHOT_READ = 1L << 32;

    private final LearnerLink learner;
    private final long epoch;
    private final ServerLog log;
    private final CatchUp catchUp;
    private final PeerSender sender;
    /** Last transaction that both have; {@link EpochEnds#UNKNOWN} if not known. */
    private final long commonZxid;
    private final SyncPlan plan;
    private final boolean isChosen;
    private final BulkCheck bulk = new BulkCheck();
    private Step step = Step.TELLING;
    private long targetZxid;
    private long snapshotLength;
    private boolean isSnapshotTold;
    private boolean isJoined;
    private boolean isFailed;

    /** Steps of the synchronization. */
    private enum Step
    {
        /** The learner has to be told the plan. */
        TELLING,
        /** The read of a snapshot has to be opened. */
        OPENING_SNAPSHOT,
        /** A snapshot file is being sent. */
        SNAPSHOT,
        /** The read of the log has to be opened, if there is anything to read. */
        OPENING_LOG,
        /** Records are being sent. */
        LOG,
        /** Everything is sent; the learner has to be told the end. */
        ENDING,
        /** The learner knows the end. */
        DONE
    }

    /**
     * Begins to synchronize a learner that has promised the epoch.
     *
     * @param learner that is synchronized.
     * @param epoch   that it has promised.
     * @param log     of the leader.
     * @param catchUp reads from the leader's disk.
     * @param sender  to other servers.
     * @param isSnapshotShorter is given the number of transactions that a snapshot would save, and says whether to send
     *                          the snapshot for that reason.
     */
    public LeaderSync(final LearnerLink learner, final long epoch, final ServerLog log, final CatchUp catchUp,
        final PeerSender sender, final LongPredicate isSnapshotShorter)
    {
        this.learner = learner;
        this.epoch = epoch;
        this.log = log;
        this.catchUp = catchUp;
        this.sender = sender;
        commonZxid = log.epochEnds().floor(learner.lastZxid);
        plan = SyncPlan.of(learner.lastZxid, commonZxid, catchUp.firstZxid(), catchUp.snapshotZxid())
            .orSnapshot(catchUp.snapshotZxid(), isSnapshotShorter, log.epochEnds());
        isChosen = plan.kind() == SyncKind.SNAP && commonZxid == learner.lastZxid &&
            learner.lastZxid >= catchUp.firstZxid();
        targetZxid = plan.zxid();
    }

    /**
     * The learner that a read is for.
     *
     * @param readId of one of its two reads.
     * @return its server id.
     */
    public static long serverOf(final long readId)
    {
        return readId & (SNAPSHOT_READ - 1);
    }

    private long snapshotReadId()
    {
        return learner.serverId | SNAPSHOT_READ;
    }

    /**
     * How the learner is synchronized.
     *
     * @return the plan.
     */
    public SyncPlan plan()
    {
        return plan;
    }

    /**
     * Whether a snapshot is sent by choice, although the log holds everything that the learner lacks.
     *
     * @return false also when a snapshot is sent because the log does not reach back far enough.
     */
    public boolean isChosen()
    {
        return isChosen;
    }

    /**
     * Whether the learner has been told the end of the history.
     *
     * @return true once NEWLEADER is sent.
     */
    public boolean isDone()
    {
        return step == Step.DONE;
    }

    /**
     * Number of messages sent over the bulk stream.
     *
     * @return zero or more.
     */
    public long sentCount()
    {
        return bulk.count();
    }

    /**
     * Whether it is waiting for a snapshot that the leader has to make first.
     *
     * @return true until the read of the snapshot is open.
     */
    public boolean isPreparing()
    {
        return step == Step.OPENING_SNAPSHOT;
    }

    /**
     * Whether synchronization failed because the history it needs could not be read.
     *
     * @return true when the learner has to attach again.
     */
    public boolean isFailed()
    {
        return isFailed;
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
            case TELLING -> tell();
            case OPENING_SNAPSHOT -> step = catchUp.openSnapshot(snapshotReadId()) ? Step.SNAPSHOT : step;
            case OPENING_LOG -> openLog();
            case ENDING -> end();
            case SNAPSHOT, LOG, DONE -> {
                return 0;
            }
        }

        return step == before ? 0 : 1;
    }

    private void tell()
    {
        if (sender.syncBegin(learner.serverId, learner.conversation, plan.kind(), commonZxid, log.committedZxid()))
        {
            step = plan.kind() == SyncKind.SNAP ? Step.OPENING_SNAPSHOT : Step.OPENING_LOG;
        }
    }

    private void openLog()
    {
        final long afterZxid = targetZxid;
        aim();
        if (targetZxid != afterZxid && !catchUp.openLog(learner.serverId, afterZxid, targetZxid))
        {
            targetZxid = afterZxid;
            isJoined = false;
            return;
        }

        step = targetZxid == afterZxid ? Step.ENDING : Step.LOG;
        catchUp.close(snapshotReadId());
    }

    /**
     * Sets how far to read in this round. When few transactions are left this is the last round, and the end is fixed.
     */
    private void aim()
    {
        final long last = log.lastZxid();
        final boolean isNear = last - targetZxid <= JOIN_RECORDS_MAX && Zxid.epoch(last) == Zxid.epoch(targetZxid);
        targetZxid = last;
        if (isNear)
        {
            join();
        }
    }

    private void join()
    {
        isJoined = true;
        learner.joinedZxid = log.lastZxid();
        learner.position = log.history().endPosition();
    }

    private void end()
    {
        Invariant.check(isJoined, "the end of a history that is not fixed");
        if (sender.newLeader(learner.serverId, learner.conversation, epoch, learner.joinedZxid, bulk))
        {
            learner.phase = LearnerLink.Phase.ADOPTING;
            step = Step.DONE;
        }
    }

    /**
     * See {@link io.caracal.engine.port.CatchUpHandler#onSnapshotBegin}. The learner is told of the file before its
     * first bytes.
     */
    public void onSnapshotBegin(final long zxid, final long length)
    {
        targetZxid = zxid;
        snapshotLength = length;
        isSnapshotTold = false;
    }

    private boolean isSnapshotTold()
    {
        isSnapshotTold = isSnapshotTold ||
            sender.snapshotBegin(learner.serverId, learner.conversation, targetZxid, snapshotLength);

        return isSnapshotTold;
    }

    /** See {@link io.caracal.engine.port.CatchUpHandler#onSnapshotBytes}. */
    public boolean onSnapshotBytes(final DirectBuffer buffer, final int offset, final int length)
    {
        final boolean isSent = isSnapshotTold() &&
            sender.snapshotPiece(learner.serverId, learner.conversation, buffer, offset, length);
        if (isSent)
        {
            bulk.on(length, buffer, offset, length);
        }

        return isSent;
    }

    /** See {@link io.caracal.engine.port.CatchUpHandler#onRecord}. */
    public boolean onRecord(final long zxid, final DirectBuffer buffer, final int offset, final int length)
    {
        final boolean isSent =
            sender.historyRecord(learner.serverId, learner.conversation, zxid, buffer, offset, length);
        if (isSent)
        {
            bulk.on(zxid, buffer, offset, length);
        }

        return isSent;
    }

    /**
     * See {@link io.caracal.engine.port.CatchUpHandler#onReadEnd}. The read of a snapshot stays open until the read of
     * the log is open, because it keeps the log after the snapshot from being purged.
     */
    public void onReadEnd()
    {
        if (step == Step.SNAPSHOT)
        {
            step = Step.OPENING_LOG;
        }
        else if (step == Step.LOG)
        {
            onLogEnd();
        }
    }

    private void onLogEnd()
    {
        if (!isJoined)
        {
            final long before = targetZxid;
            aim();
            if (targetZxid != before)
            {
                catchUp.extend(learner.serverId, targetZxid);
                return;
            }
        }
        catchUp.close(learner.serverId);
        step = Step.ENDING;
    }

    /** See {@link io.caracal.engine.port.CatchUpHandler#onReadFailed}. */
    public void onReadFailed()
    {
        isFailed = true;
    }

    /** Closes the reads that may be open. */
    public void close()
    {
        catchUp.close(snapshotReadId());
        catchUp.close(learner.serverId);
    }
}
