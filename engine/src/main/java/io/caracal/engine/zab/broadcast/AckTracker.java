/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.Invariant;
import io.caracal.engine.zab.Quorum;
import org.agrona.collections.ArrayUtil;

/**
 * Counts cumulative acknowledgements of one epoch towards a quorum. Nothing is committed before a quorum has adopted
 * the epoch, and acknowledgements of earlier epochs or of servers that do not vote never count.
 */
final class AckTracker
{
    private final Quorum quorum;
    private final long[] ackedByVoter;
    private final long[] scratch;
    private long committedZxid;

    AckTracker(final Quorum quorum)
    {
        this.quorum = quorum;
        ackedByVoter = new long[quorum.voterCount()];
        scratch = new long[quorum.voterCount()];
    }

    /**
     * Records that everything up to a zxid of this epoch is durable on a server. Returns the zxid up to which
     * everything is durable on a quorum; it only rises.
     */
    long onAck(final long serverId, final long zxid)
    {
        final int voter = quorum.indexOf(serverId);
        if (voter != ArrayUtil.UNKNOWN_INDEX && zxid > ackedByVoter[voter])
        {
            ackedByVoter[voter] = zxid;
            final long reached = quorum.reachedByQuorum(ackedByVoter, scratch);
            Invariant.check(reached >= committedZxid, "the committed zxid went back");
            committedZxid = reached;
        }

        return committedZxid;
    }

    /** The zxid that a quorum has reached; 0 while no quorum has adopted the epoch. */
    long committedZxid()
    {
        return committedZxid;
    }
}
