/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.codec.AckEpochDecoder;
import io.caracal.engine.zab.codec.BooleanType;
import io.caracal.engine.zab.codec.LearnerInfoDecoder;
import io.caracal.engine.zab.discovery.LeaderDiscovery;

/**
 * Takes the promises of a leader's learners, and what each of them knows: the leader's part of ZAB's phase 1.
 */
final class LearnerPromises
{
    private final Node node;
    private final LeaderDiscovery discovery;

    LearnerPromises(final Node node, final LeaderDiscovery discovery)
    {
        this.node = node;
        this.discovery = discovery;
    }

    /**
     * Takes what a voter has promised. A voter that does not count keeps its promise as well, so the epoch must be
     * later for it to follow; but it does not help to form a quorum. Returns why this server cannot lead any more, or
     * null when it can.
     */
    String onAccepted(final LearnerLink learner, final LearnerInfoDecoder message)
    {
        node.heardPromises().onHeard(message.acceptedEpoch());
        if (learner.counts)
        {
            discovery.onAccepted(learner.serverId, message.acceptedEpoch());
        }
        else
        {
            discovery.onRemembered(message.acceptedEpoch());
        }

        return hasPromisedAnother(message.acceptedEpoch(), message.acceptedLeader()) ?
            "a voter has promised a later epoch" : null;
    }

    private boolean hasPromisedAnother(final long acceptedEpoch, final long acceptedLeader)
    {
        return discovery.epoch() != LeaderDiscovery.NOT_CHOSEN && (acceptedEpoch > discovery.epoch() ||
            (acceptedEpoch == discovery.epoch() && acceptedLeader != node.serverId()));
    }

    /** Whether the epoch is chosen and this server itself has durably promised it, so that learners can be asked. */
    boolean hasEpoch()
    {
        return discovery.epoch() != LeaderDiscovery.NOT_CHOSEN && node.epochs().accepted() == discovery.epoch();
    }

    /** Whether a learner was asked for this promise and has not given it yet. */
    boolean isAwaited(final LearnerLink learner, final AckEpochDecoder message)
    {
        return learner.phase == LearnerLink.Phase.ASKED && message.epoch() == discovery.epoch();
    }

    /**
     * Whether a voter knows more than this server. Until a quorum has promised the epoch, that voter had better lead.
     */
    boolean isOutdoneBy(final LearnerLink learner, final AckEpochDecoder message)
    {
        final Vote own = new Vote(node.serverId(), node.knownEpoch(), node.log().lastZxid());

        return learner.counts && own.isBehind(message.currentEpoch(), message.lastZxid());
    }

    /** A learner has promised the epoch, and is synchronized from now on. */
    void onPromised(final LearnerLink learner, final AckEpochDecoder message, final long round)
    {
        learner.lastZxid = message.lastZxid();
        learner.takesSnapshot = message.takesSnapshotRaw() == BooleanType.T.value();
        learner.phase = LearnerLink.Phase.SYNCING;
        if (learner.counts)
        {
            discovery.onPromised(learner.serverId, round);
        }
    }
}
