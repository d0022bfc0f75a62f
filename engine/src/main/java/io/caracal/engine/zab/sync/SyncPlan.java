/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import io.caracal.engine.zab.EpochEnds;
import io.caracal.engine.zab.codec.SyncKind;
import java.util.function.LongPredicate;

/**
 * How the history of a learner becomes that of its leader.
 *
 * @param kind DIFF: it lacks records; TRUNC: it has some that the leader never had, then it lacks records; SNAP: the
 *             log does not reach back to what both have, or a snapshot is much shorter.
 * @param zxid last transaction that both have; of the snapshot when one is sent.
 */
public record SyncPlan(SyncKind kind, long zxid)
{
    /**
     * Makes a plan.
     *
     * @param learnerZxid  last zxid that the learner logged, negative to be sent a snapshot.
     * @param commonZxid   last zxid of the leader's history that is not after it, {@link EpochEnds#UNKNOWN} if not
     *         known.
     * @param firstZxid    where the leader's log begins.
     * @param snapshotZxid newest snapshot of the leader.
     * @return the plan.
     */
    public static SyncPlan of(final long learnerZxid, final long commonZxid, final long firstZxid,
        final long snapshotZxid)
    {
        if (commonZxid == EpochEnds.UNKNOWN || commonZxid < firstZxid)
        {
            return new SyncPlan(SyncKind.SNAP, snapshotZxid);
        }

        return new SyncPlan(commonZxid == learnerZxid ? SyncKind.DIFF : SyncKind.TRUNC, commonZxid);
    }

    /**
     * This plan, or one to send a snapshot if that is much shorter than the transactions that the learner lacks. A
     * learner that has to drop transactions keeps its plan: they may lie after the snapshot.
     *
     * @param snapshotZxid newest snapshot of the leader.
     * @param isShorter    judges how many transactions it spares.
     * @param epochEnds    of the leader's history.
     * @return this one or another.
     */
    SyncPlan orSnapshot(final long snapshotZxid, final LongPredicate isShorter, final EpochEnds epochEnds)
    {
        final boolean isSnapshot = kind == SyncKind.DIFF && snapshotZxid > zxid &&
            isShorter.test(epochEnds.countBetween(zxid, snapshotZxid));

        return isSnapshot ? new SyncPlan(SyncKind.SNAP, snapshotZxid) : this;
    }
}
