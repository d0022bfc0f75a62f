/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import java.util.function.LongUnaryOperator;

/**
 * Whether the learners of a leader get ahead with their synchronization, and all of them together with establishing the
 * epoch. That they answer heartbeats only tells that they live, not that they get ahead.
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
     * Watches the epoch from now on.
     *
     * @param learners   of the leader.
     * @param voterCount of the ensemble; voters come first among its members.
     * @param sentTo     how much was sent to a server for its synchronization; only rises.
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

    /** A learner attaches, and is watched from now on. */
    void begin(final int index, final long watchNs)
    {
        headways[index] = new Headway(limitNs, watchNs);
    }

    /** Whether the learner in a place stands still though it lives, and though the next step is its own. */
    boolean isStuck(final int index, final long watchNs)
    {
        return headways[index].isStuck(height(learners.at(index)), watchNs);
    }

    /**
     * Whether discovery and synchronization stand still: no voter has come further than it was before. A learner that
     * begins again and again therefore counts as standing still.
     *
     * @param ownHeight how far the leader itself is.
     * @param watchNs   now.
     * @return true when that has lasted too long.
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
     * How far a learner is, as a number that only rises within a conversation: by what was sent to it, and by what it
     * says of itself, which is all there is while it loads, forces or applies what it was sent. A server of an earlier
     * version says nothing.
     */
    private long height(final LearnerLink learner)
    {
        return ((long)learner.phase.ordinal() << PHASE_SHIFT) + sentTo.applyAsLong(learner.serverId) +
            learner.progress;
    }
}
