/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TreeRoomTest
{
    private static final int ZNODES = 1000;
    private static final int PAYLOAD_LENGTH = 1000;
    private static final String PAYLOAD = "x".repeat(PAYLOAD_LENGTH);

    @RegisterExtension
    private final LedgerExtension memory = new LedgerExtension();

    private TestTree tree;
    private TreeRoom room;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
        room = new TreeRoom(memory.ledger(), () -> 0, TreeRoom.UNLIMITED);
    }

    @AfterEach
    void close()
    {
        tree.close();
    }

    private void fill()
    {
        for (int i = 0; i < ZNODES; i++)
        {
            tree.create("/" + i, PAYLOAD);
        }
    }

    @Test
    void shouldCountWhatZnodesTake()
    {
        final long before = room.bytes();
        fill();

        final long taken = room.bytes() - before;
        assertTrue(taken >= ZNODES * (PAYLOAD_LENGTH + NodeStore.RECORD_LENGTH) && taken < ZNODES * (PAYLOAD_LENGTH +
            2 * NodeStore.RECORD_LENGTH), "taken: " + taken);
    }

    /** The memory of scattered znodes is not given back when they go, but the next ones use it. */
    @Test
    void shouldHaveRoomAgainAfterDeletions()
    {
        fill();
        room.bytesMax(room.bytes());
        assertTrue(room.isFull());
        final long held = memory.ledger().totalBytes();
        for (int i = 0; i < ZNODES; i += 2)
        {
            tree.delete("/" + i);
        }

        assertEquals(held, memory.ledger().totalBytes());
        assertTrue(room.permits((long)ZNODES / 2 * PAYLOAD_LENGTH));
        assertFalse(room.isFull());
    }

    @Test
    void shouldPermitWhatFitsExactly()
    {
        room.bytesMax(room.bytes() + NodeStore.RECORD_LENGTH + 10);

        assertTrue(room.permitsZnode(10));
        assertFalse(room.permitsZnode(11));
        assertTrue(room.permitsZnode(-1));
    }

    @Test
    void shouldPermitListsALittleBeyondTheLimit()
    {
        final long taken = room.bytes();
        room.bytesMax(taken);
        final int reserve = (int)(taken / 16);

        assertTrue(room.permitsList(reserve));
        assertFalse(room.permitsList(reserve + 1));
    }

    @Test
    void shouldPermitEverythingWithoutALimit()
    {
        assertTrue(room.permitsList(Integer.MAX_VALUE));
        assertTrue(room.permits(Long.MAX_VALUE / 2));
        assertFalse(room.isFull());
        assertFalse(room.isNearlyFull());
        assertTrue(room.isRoomy());
    }

    @Test
    void shouldTellHowMuchIsLeft()
    {
        final long taken = room.bytes();

        room.bytesMax(taken * 100 / 79);
        assertTrue(room.isRoomy() && !room.isNearlyFull());
        room.bytesMax(taken * 100 / 85);
        assertTrue(!room.isRoomy() && !room.isNearlyFull());
        room.bytesMax(taken * 100 / 91);
        assertTrue(room.isNearlyFull() && !room.isFull());
        room.bytesMax(taken);
        assertTrue(room.isNearlyFull() && room.isFull());
    }
}
