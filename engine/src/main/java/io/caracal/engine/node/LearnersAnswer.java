/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static io.caracal.engine.node.OperatorAnswer.flag;

import io.caracal.engine.operator.codec.LearnerPhase;
import io.caracal.engine.operator.codec.LearnerRecordEncoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.agrona.MutableDirectBuffer;

/**
 * Describes the learners of a leader one by one, in the order of the ensemble's members: how far each has come and what
 * it has.
 */
final class LearnersAnswer implements OperatorAnswer
{
    private final Learners learners;
    private final LongUnaryOperator sentTo;
    private final LongSupplier nowNs;
    private final LongSupplier proposedZxid;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LearnerRecordEncoder encoder = new LearnerRecordEncoder();
    private int index;

    LearnersAnswer(final Learners learners, final LongUnaryOperator sentTo, final LongSupplier nowNs,
        final LongSupplier proposedZxid)
    {
        this.learners = learners;
        this.sentTo = sentTo;
        this.nowNs = nowNs;
        this.proposedZxid = proposedZxid;
    }

    @Override
    public int next(final MutableDirectBuffer record)
    {
        if (index == learners.size())
        {
            return END;
        }

        final LearnerLink learner = learners.at(index++);
        if (learner == null)
        {
            return NOTHING;
        }

        encoder.wrapAndApplyHeader(record, 0, header).serverId(learner.serverId)
            .voter(flag(learner.isVoter)).phase(phaseOf(learner.phase))
            .getsSnapshot(flag(learner.getsSnapshot))
            .ackedZxid(reachedZxid(learner))
            .proposedZxid(proposedZxid.getAsLong())
            .silentMs(TimeUnit.NANOSECONDS.toMillis(Math.max(0, nowNs.getAsLong() - learner.heardNs)))
            .sent(sentTo.applyAsLong(learner.serverId)).progress(learner.progress);

        return encoder.limit();
    }

    private static long reachedZxid(final LearnerLink learner)
    {
        return learner.hasAdopted() ? Math.max(learner.joinedZxid, learner.isVoter ? learner.ackedZxid :
            learner.toldCommittedZxid) : learner.lastZxid;
    }

    private static LearnerPhase phaseOf(final LearnerLink.Phase phase)
    {
        return switch (phase)
        {
            case INFORMED -> LearnerPhase.INFORMED;
            case ASKED -> LearnerPhase.ASKED;
            case SYNCING -> LearnerPhase.SYNCING;
            case ADOPTING -> LearnerPhase.ADOPTING;
            case ADOPTED -> LearnerPhase.ADOPTED;
            case UP -> LearnerPhase.UP;
        };
    }
}
