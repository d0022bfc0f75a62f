/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.zab.Ensemble;
import org.junit.jupiter.api.Test;

class VoterMemoryTest
{
    private static final long OWN = 1000;
    private static final long NULL_OF_OLDER_VERSIONS = Long.MIN_VALUE;

    private final TreeRoom room = new TreeRoom(new MemoryLedger(), () -> 0, OWN);
    private final VoterMemory memory = new VoterMemory(new Ensemble(new long[]{ 1, 2, 3 }, new long[]{ 4 }), room);

    private void assertLimit(final long bytesMax, final long server)
    {
        assertEquals(bytesMax, room.bytesMax());
        assertEquals(server != 0, room.isOthers());
        assertTrue(server == 0 || room.narrowest() == server);
        assertEquals(OWN, room.ownBytesMax());
    }

    @Test
    void shouldKeepToTheSmallestLimit()
    {
        assertLimit(OWN, 0);
        memory.onReport(2, 2 * OWN);
        assertLimit(OWN, 0);
        memory.onReport(3, 900);
        assertLimit(900, 3);
        memory.onReport(2, 800);
        assertLimit(800, 2);
        memory.onReport(2, TreeRoom.UNLIMITED);
        assertLimit(900, 3);
        memory.onReport(3, OWN);
        assertLimit(OWN, 0);
    }

    @Test
    void shouldPassOverObserversAndServersThatTellNoLimit()
    {
        memory.onReport(4, 10);
        memory.onReport(2, NULL_OF_OLDER_VERSIONS);
        memory.onReport(3, TreeRoom.UNLIMITED);
        assertLimit(OWN, 0);
    }

    @Test
    void shouldKeepToTheLimitOfAVoterWhereTheLeaderHasNone()
    {
        room.bytesMax(TreeRoom.UNLIMITED);
        assertTrue(room.permits(Long.MAX_VALUE / 2));
        memory.onReport(2, 700);
        assertEquals(700, room.bytesMax());
        assertTrue(room.permits(700));
        assertFalse(room.permits(701));
        assertEquals(TreeRoom.UNLIMITED, room.ownBytesMax());
    }

    @Test
    void shouldLeaveOnlyTheOwnLimitWhenTheServerLeadsNoMore()
    {
        memory.onReport(2, 700);
        memory.close();
        assertLimit(OWN, 0);
    }
}
