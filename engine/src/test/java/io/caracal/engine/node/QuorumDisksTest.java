/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumDisksTest implements EventSink
{
    private final List<String> told = new ArrayList<>();
    private final Ensemble members = new Ensemble(new long[]{ 1, 2, 3 }, new long[]{ 4 });
    private final Learners learners = new Learners(members);
    private final DiskWatch ownDisk = new DiskWatch(null, null, this, 1, 0);
    private final QuorumDisks disks = new QuorumDisks(members, learners, ownDisk, this, 1);

    @Override
    public void onNotice(final String what, final long server)
    {
        told.add(what);
    }

    private LearnerLink established(final long server)
    {
        final LearnerLink learner = new LearnerLink(server, 1, server != 4, 0);
        learner.phase = LearnerLink.Phase.UP;
        learner.counts = learner.isVoter;
        learners.put(learner);

        return learner;
    }

    @Test
    void shouldSpareWhomAQuorumCanDoWithout()
    {
        established(2);
        assertFalse(disks.isQuorumFitWithout(2));
        assertFalse(disks.isQuorumFitWithout(1));
        established(3);
        assertTrue(disks.isQuorumFitWithout(2));
        assertTrue(disks.isQuorumFitWithout(1));
    }

    @Test
    void shouldNotCountOnADiskThatIsFullOrHangs()
    {
        established(2);
        final LearnerLink third = established(3);
        third.hasRoom = false;
        assertFalse(disks.isQuorumFitWithout(1));
        third.hasRoom = true;
        third.isForcing = false;
        assertFalse(disks.isQuorumFitWithout(1));
        third.isForcing = true;
        ownDisk.onRoom(false);
        assertTrue(disks.isQuorumFitWithout(1));
        assertFalse(disks.isQuorumFitWithout(3));
    }

    @Test
    void shouldNotCountOnObserversNorOnVotersThatAreNotEstablished()
    {
        established(4);
        established(2).phase = LearnerLink.Phase.ADOPTED;
        established(3).counts = false;
        assertFalse(disks.isQuorumFitWithout(4));
    }

    @Test
    void shouldTellOnceWhenNoQuorumHasRoomAndWhenOneHasAgain()
    {
        final LearnerLink second = established(2);
        disks.judgeRoom();
        assertFalse(disks.lacksRoom());
        second.hasRoom = false;
        disks.judgeRoom();
        disks.judgeRoom();
        assertTrue(disks.lacksRoom());
        assertEquals(1, told.size());
        established(3);
        disks.judgeRoom();
        assertFalse(disks.lacksRoom());
        assertEquals(2, told.size());
    }

    /** Without a quorum, no decision about room is possible and nothing is refused. */
    @Test
    void shouldNotLackRoomWithoutAQuorum()
    {
        ownDisk.onRoom(false);
        disks.judgeRoom();
        assertFalse(disks.lacksRoom());
        assertEquals(List.of(), told);
    }
}
