/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.zab.Ensemble;

/**
 * Keeps a leader to the smallest limit of memory among its voters. They hold the same tree, and one that has less
 * memory than the leader would be killed by what the leader still takes, again and again. What a voter reported counts
 * until it reports another limit, also while it is away: it comes back and has to load the tree. Observers do not
 * count, because none is needed for a quorum.
 */
final class VoterMemory implements AutoCloseable
{
    private final Ensemble members;
    private final TreeRoom room;
    private final long[] bytesMax;

    /**
     * Begins without reports.
     *
     * @param members of the ensemble.
     * @param room    of the leader.
     */
    VoterMemory(final Ensemble members, final TreeRoom room)
    {
        this.members = members;
        this.room = room;
        bytesMax = new long[members.voterCount()];
    }

    /**
     * A voter tells its limit.
     *
     * @param server that tells it; one that is no voter is passed over.
     * @param limit  in bytes; {@link TreeRoom#UNLIMITED} or less when it has none, or is of a version that tells none.
     */
    void onReport(final long server, final long limit)
    {
        for (int i = 0; i < bytesMax.length; i++)
        {
            if (members.serverId(i) == server && bytesMax[i] != limit)
            {
                bytesMax[i] = limit;
                findNarrowest();
            }
        }
    }

    private void findNarrowest()
    {
        long smallest = TreeRoom.UNLIMITED;
        long server = 0;
        for (int i = 0; i < bytesMax.length; i++)
        {
            if (bytesMax[i] > TreeRoom.UNLIMITED && (smallest == TreeRoom.UNLIMITED || bytesMax[i] < smallest))
            {
                smallest = bytesMax[i];
                server = members.serverId(i);
            }
        }
        room.othersBytesMax(smallest, server);
    }

    /** The server leads no more, so only its own limit is left. */
    @Override
    public void close()
    {
        room.othersBytesMax(TreeRoom.UNLIMITED, 0);
    }
}
