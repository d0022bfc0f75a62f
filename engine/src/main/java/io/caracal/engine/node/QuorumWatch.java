/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Quorum;
import java.util.Arrays;

/**
 * Tracks when a leader last heard each server, and whether it still hears a quorum. Times are those of the
 * {@link StallClock}.
 */
final class QuorumWatch
{
    private final Node node;
    private final Quorum quorum;
    private final long[] heardByVoter;
    private final long[] scratch;
    private final boolean[] isIn;

    QuorumWatch(final Node node)
    {
        this.node = node;
        quorum = node.quorum();
        heardByVoter = new long[quorum.voterCount()];
        scratch = new long[quorum.voterCount()];
        isIn = new boolean[quorum.voterCount()];
        Arrays.fill(heardByVoter, node.watchNs());
    }

    void onHeard(final LearnerLink learner)
    {
        learner.heardNs = node.watchNs();
        final int voter = quorum.indexOf(learner.serverId);
        if (voter >= 0)
        {
            heardByVoter[voter] = learner.heardNs;
        }
    }

    boolean isSilent(final LearnerLink learner)
    {
        return node.watchNs() - learner.heardNs > node.patience().timeoutNs();
    }

    boolean isQuorumSilent()
    {
        heardByVoter[quorum.indexOf(node.serverId())] = node.watchNs();

        return node.watchNs() - quorum.reachedByQuorum(heardByVoter, scratch) > node.patience().timeoutNs();
    }

    /** Whether the linked voters, this server included, form a quorum. */
    boolean isQuorumLinked()
    {
        for (int i = 0; i < isIn.length; i++)
        {
            final long voter = node.members().serverId(i);
            isIn[i] = voter == node.serverId() || node.links().isUp(voter);
        }

        return quorum.isReached(isIn);
    }
}
