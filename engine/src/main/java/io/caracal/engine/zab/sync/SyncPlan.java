/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import io.caracal.engine.zab.EpochEnds;
import io.caracal.engine.zab.codec.SyncKind;
import java.util.function.LongPredicate;

/**
 * How the history of a learner is made equal to that of its leader.
 *
 * @param kind DIFF: the learner only lacks records; TRUNC: it first has to cut off records that the leader never had;
 *             SNAP: the leader's log does not reach back to the last transaction that both have, or a snapshot is much
 *             shorter.
 * @param zxid last transaction that both have; for SNAP, the zxid of the snapshot.
 */
public record SyncPlan(SyncKind kind, long zxid)
{
    /**
     * Makes a plan.
     *
     * @param learnerZxid  last zxid that the learner logged; negative when it needs a snapshot.
     * @param commonZxid   last zxid of the leader's history that is not after {@code learnerZxid},
     *                     {@link EpochEnds#UNKNOWN} if not known.
     * @param firstZxid    where the leader's log begins.
     * @param snapshotZxid zxid of the leader's newest snapshot.
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
     * Returns this plan, or one to send a snapshot if that is much shorter than the transactions that the learner
     * lacks. A learner that has to drop transactions keeps its plan, because these may lie after the snapshot.
     *
     * @param snapshotZxid zxid of the leader's newest snapshot.
     * @param isShorter    is given the number of transactions that the snapshot saves, and says whether to send it.
     * @param epochEnds    of the leader's history.
     * @return this plan or another.
     */
    SyncPlan orSnapshot(final long snapshotZxid, final LongPredicate isShorter, final EpochEnds epochEnds)
    {
        final boolean isSnapshot = kind == SyncKind.DIFF && snapshotZxid > zxid &&
            isShorter.test(epochEnds.countBetween(zxid, snapshotZxid));

        return isSnapshot ? new SyncPlan(SyncKind.SNAP, snapshotZxid) : this;
    }
}
