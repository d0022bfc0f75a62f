/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import java.util.function.LongUnaryOperator;

/**
 * Detects that a learner makes no progress with its synchronization, or all learners together with establishing the
 * epoch. Answers to heartbeats only show that learners live, not that they make progress.
 */
final class LearnerHeadways
{
    private static final int PHASE_SHIFT = 48;

    private final Learners learners;
    private final LongUnaryOperator sentTo;
    private final long limitNs;
    private final Headway[] headways;
    private final long[] heights;
    private final Headway establishment;

    /**
     * Starts watching the epoch.
     *
     * @param learners   of the leader.
     * @param voterCount of the ensemble; voters come first among its members.
     * @param sentTo     how much was sent to a server for its synchronization; rises while that is under way.
     * @param limitNs    how long a learner, or all of them, may stand still.
     * @param watchNs    now.
     */
    LearnerHeadways(final Learners learners, final int voterCount, final LongUnaryOperator sentTo, final long limitNs,
        final long watchNs)
    {
        this.learners = learners;
        this.sentTo = sentTo;
        this.limitNs = limitNs;
        headways = new Headway[learners.size()];
        heights = new long[voterCount];
        establishment = new Headway(limitNs, watchNs);
    }

    /** Starts watching a learner that attaches. */
    void begin(final int index, final long watchNs)
    {
        headways[index] = new Headway(limitNs, watchNs);
    }

    /**
     * Whether the learner at an index of the members has stood still for too long. To be asked only while the learner
     * has to take the next step.
     */
    boolean isStuck(final int index, final long watchNs)
    {
        return headways[index].isStuck(height(learners.at(index)), watchNs);
    }

    /**
     * Whether discovery and synchronization stand still, that is, no voter has come further than it ever was. So a
     * learner that begins again and again counts as standing still.
     *
     * @param ownHeight how far the leader itself has come.
     * @param watchNs   now.
     * @return true when this has lasted too long.
     */
    boolean isEstablishmentStuck(final long ownHeight, final long watchNs)
    {
        long sum = ownHeight;
        for (int i = 0; i < heights.length; i++)
        {
            final LearnerLink learner = learners.at(i);
            heights[i] = learner == null ? heights[i] : Math.max(heights[i], height(learner));
            sum += heights[i];
        }

        return establishment.isStuck(sum, watchNs);
    }

    /**
     * How far a learner has come, as a number that only rises within a conversation. It rises with what was sent to the
     * learner, and with the progress that the learner reports, which is all there is while it loads, forces or applies
     * what it was sent. A server of an earlier version reports no progress.
     */
    private long height(final LearnerLink learner)
    {
        return ((long)learner.phase.ordinal() << PHASE_SHIFT) + sentTo.applyAsLong(learner.serverId) +
            learner.progress;
    }
}
