/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.Quorum;

/**
 * Tracks the disks of all voters on a leader, by what they last reported: whether there is a quorum whose disks keep
 * up, and one that has room for more.
 */
final class QuorumDisks
{
    private final Ensemble members;
    private final Quorum quorum;
    private final Learners learners;
    private final DiskWatch ownDisk;
    private final EventSink events;
    private final long serverId;
    private final boolean[] isIn;
    private boolean lacksRoom;

    /**
     * Starts without reports; until the first look, no quorum counts as lacking room.
     *
     * @param members  of the ensemble.
     * @param learners of the leader.
     * @param ownDisk  of the leader.
     * @param events   is told of changes.
     * @param serverId of the leader, a voter.
     */
    QuorumDisks(final Ensemble members, final Learners learners, final DiskWatch ownDisk, final EventSink events,
        final long serverId)
    {
        this.members = members;
        quorum = members.quorum();
        this.learners = learners;
        this.ownDisk = ownDisk;
        this.events = events;
        this.serverId = serverId;
        isIn = new boolean[quorum.voterCount()];
    }

    /** Whether the established voters that count and whose disks keep up form a quorum without a given one. */
    boolean isQuorumFitWithout(final long except)
    {
        for (int i = 0; i < isIn.length; i++)
        {
            final long voter = members.serverId(i);
            final LearnerLink learner = learners.find(voter);
            final boolean isFit = voter == serverId ? ownDisk.isFit() : learner != null && learner.isInQuorum() &&
                learner.hasRoom && learner.isForcing;
            isIn[i] = voter != except && isFit;
        }

        return quorum.isReached(isIn);
    }

    /** Whether a quorum was present at the last look, but too few of its voters had room for a write. */
    boolean lacksRoom()
    {
        return lacksRoom;
    }

    /** Checks whether a quorum has room, and tells people of a change. */
    void judgeRoom()
    {
        final boolean lackedRoom = lacksRoom;
        lacksRoom = isQuorumPresent(false) && !isQuorumPresent(true);
        if (lacksRoom != lackedRoom)
        {
            events.onNotice(lacksRoom ? "no quorum has room on its disks, writes are refused until one has" :
                "a quorum has room on its disks, writes are taken", serverId);
        }
    }

    private boolean isQuorumPresent(final boolean withRoom)
    {
        for (int i = 0; i < isIn.length; i++)
        {
            final long voter = members.serverId(i);
            final LearnerLink learner = learners.find(voter);
            isIn[i] = voter == serverId ? !withRoom || ownDisk.hasRoom() : learner != null && learner.isInQuorum() &&
                (!withRoom || learner.hasRoom);
        }

        return quorum.isReached(isIn);
    }
}
