/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CatchUp;
import io.caracal.engine.zab.BulkCheck;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.codec.SyncKind;
import java.util.function.LongPredicate;
import org.agrona.DirectBuffer;

/**
 * Phase 2 of ZAB on a leader, for one learner. What the learner lacks is read from disk and sent by the bulk stream.
 * Meanwhile more is proposed, so this is done in rounds until little is left. Then the end of the history is fixed: up
 * to there everything comes by the bulk stream, and from there on by the live stream.
 */
public final class LeaderSync
{
    /** How many transactions may still be left to send when the end of the history is fixed. */
    private static final long JOIN_RECORDS_MAX = 1000;
    /** Added to the learner's id in the id of a read of a snapshot; that of the log may be open at the same time. */
    private static final long SNAPSHOT_READ = 1L << 32;

    private final LearnerLink learner;
    private final long epoch;
    private final ServerLog log;
    private final CatchUp catchUp;
    private final PeerSender sender;
    private final SyncPlan plan;
    private final boolean isChosen;
    private final BulkCheck bulk = new BulkCheck();
    private Step step = Step.TELLING;
    private long targetZxid;
    private long snapshotLength;
    private boolean isSnapshotTold;
    private boolean isJoined;
    private boolean isFailed;

    /** How far it is. */
    private enum Step
    {
        /** The learner is to be told the plan. */
        TELLING,
        /** A snapshot read is to be opened. */
        OPENING_SNAPSHOT,
        /** A snapshot file goes out. */
        SNAPSHOT,
        /** A read of the log is to be opened, if there is anything to read. */
        OPENING_LOG,
        /** Records go out. */
        LOG,
        /** Everything is out; the learner is to be told the end. */
        ENDING,
        /** The learner knows the end. */
        DONE
    }

    /**
     * Begins to synchronize a learner that has promised the epoch.
     *
     * @param learner which.
     * @param epoch   promised.
     * @param log     of the leader.
     * @param catchUp reads of the leader's disk.
     * @param sender  to other servers.
     * @param isSnapshotShorter is given the number of transactions that a snapshot would spare, and says whether the
     *                          learner is to be sent it for that reason.
     */
    public LeaderSync(final LearnerLink learner, final long epoch, final ServerLog log, final CatchUp catchUp,
        final PeerSender sender, final LongPredicate isSnapshotShorter)
    {
        this.learner = learner;
        this.epoch = epoch;
        this.log = log;
        this.catchUp = catchUp;
        this.sender = sender;
        plan = SyncPlan.of(learner.lastZxid, log.epochEnds().floor(learner.lastZxid), catchUp.firstZxid(),
            catchUp.snapshotZxid()).orSnapshot(catchUp.snapshotZxid(), isSnapshotShorter, log.epochEnds());
        isChosen = plan.kind() == SyncKind.SNAP && log.epochEnds().floor(learner.lastZxid) == learner.lastZxid &&
            learner.lastZxid >= catchUp.firstZxid();
        targetZxid = plan.zxid();
    }

    /**
     * Which learner a read is for.
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
     * What is done with the learner.
     *
     * @return the plan.
     */
    public SyncPlan plan()
    {
        return plan;
    }

    /**
     * Whether a snapshot is sent though the log holds all that the learner lacks.
     *
     * @return false where the log does not reach back far enough.
     */
    public boolean isChosen()
    {
        return isChosen;
    }

    /**
     * Whether the learner knows the end of its history.
     *
     * @return true once NEWLEADER is sent.
     */
    public boolean isDone()
    {
        return step == Step.DONE;
    }

    /**
     * How much was sent.
     *
     * @return messages of the bulk stream.
     */
    public long sentCount()
    {
        return bulk.count();
    }

    /**
     * Whether it waits for a snapshot that the leader is to make first.
     *
     * @return true until the read of it is open.
     */
    public boolean isPreparing()
    {
        return step == Step.OPENING_SNAPSHOT;
    }

    /**
     * Whether it cannot go on, because the history that is needed could not be read.
     *
     * @return true: the learner has to attach again.
     */
    public boolean isFailed()
    {
        return isFailed;
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
        if (sender.syncBegin(learner.serverId, learner.conversation, plan.kind(), plan.zxid(), log.committedZxid()))
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

    /** Sets how far to read in this round. When little is left this is the last round, and the end is fixed. */
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

    /** See {@link io.caracal.engine.port.CatchUpHandler#onSnapshotBegin}. The learner hears of it first. */
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
     * See {@link io.caracal.engine.port.CatchUpHandler#onReadEnd}. The read of a snapshot stays open until that of
     * the log is: it keeps what comes after it from being purged.
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

    /** Gives up the reads that may be open. */
    public void close()
    {
        catchUp.close(snapshotReadId());
        catchUp.close(learner.serverId);
    }
}
