/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.operator.codec.ServerStatusEncoder;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Reports on a leader's learners for operators. */
final class LearnersReport
{
    private final Node node;
    private final Learners learners;
    private final LongUnaryOperator sentTo;

    /**
     * Makes a report that always tells the current state.
     *
     * @param node     of the leader.
     * @param learners of the leader.
     * @param sentTo   how much was sent to a server for its synchronization.
     */
    LearnersReport(final Node node, final Learners learners, final LongUnaryOperator sentTo)
    {
        this.node = node;
        this.learners = learners;
        this.sentTo = sentTo;
    }

    /** Describes how many learners there are of each kind, and how far those that are being synchronized have come. */
    void describe(final ServerStatusEncoder status)
    {
        status.learners(learners.count(learner -> true))
            .syncedFollowers(learners.count(learner -> learner.phase == LearnerLink.Phase.UP && learner.isVoter))
            .syncedObservers(learners.count(learner -> learner.phase == LearnerLink.Phase.UP && !learner.isVoter))
            .syncedNonVoting(learners.count(learner -> learner.hasAdopted() && learner.isVoter && !learner.counts));
        describeSyncs(status);
    }

    private void describeSyncs(final ServerStatusEncoder status)
    {
        int syncing = 0;
        long sent = 0;
        long progress = 0;
        for (int i = 0; i < learners.size(); i++)
        {
            final LearnerLink learner = learners.at(i);
            if (learner != null && learner.phase != LearnerLink.Phase.UP)
            {
                syncing++;
                sent += sentTo.applyAsLong(learner.serverId);
                progress += learner.progress;
            }
        }
        status.syncingLearners(syncing).syncSent(sent).syncProgress(progress);
    }

    /** Describes the learners one by one. */
    OperatorAnswer describeEach(final LongSupplier proposedZxid)
    {
        return new LearnersAnswer(learners, sentTo, node::nowNs, proposedZxid);
    }
}
