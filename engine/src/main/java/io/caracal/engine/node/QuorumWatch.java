/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.Quorum;
import java.util.Arrays;

/**
 * A leader's view of who is still there: when each server was heard last. Goes by a clock that stands still while this
 * server does.
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

    /** Whether the established voters whose disks keep up are a quorum, one of them left out. */
    boolean isQuorumFit(final Learners learners, final long except)
    {
        for (int i = 0; i < isIn.length; i++)
        {
            final long voter = node.members().serverId(i);
            final LearnerLink learner = learners.find(voter);
            final boolean isFit = voter == node.serverId() ? node.disk().isFit() : learner != null && learner
                .isInQuorum() && learner.hasRoom && learner.isForcing;
            isIn[i] = voter != except && isFit;
        }

        return quorum.isReached(isIn);
    }

    /** Whether the established voters are a quorum only with such as have no room for what it would decide. */
    boolean isQuorumWithoutRoom(final Learners learners)
    {
        return isQuorumPresent(learners, false) && !isQuorumPresent(learners, true);
    }

    private boolean isQuorumPresent(final Learners learners, final boolean withRoom)
    {
        for (int i = 0; i < isIn.length; i++)
        {
            final long voter = node.members().serverId(i);
            final LearnerLink learner = learners.find(voter);
            isIn[i] = voter == node.serverId() ? !withRoom || node.disk().hasRoom() : learner != null && learner
                .isInQuorum() && (!withRoom || learner.hasRoom);
        }

        return quorum.isReached(isIn);
    }

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
