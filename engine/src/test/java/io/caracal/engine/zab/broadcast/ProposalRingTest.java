/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.memory.MemoryLedger;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProposalRingTest
{
    private static final int CAPACITY = 4096;

    private final MemoryLedger ledger = new MemoryLedger();
    private final ProposalRing ring = new ProposalRing(ledger, CAPACITY);

    @AfterEach
    void shouldLeaveNoMemory()
    {
        ring.close();
        assertEquals(0, ledger.totalBytes());
    }

    private static UnsafeBuffer payload(final long zxid, final int length)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Math.max(1, length)]);
        buffer.setMemory(0, length, (byte)zxid);
        return buffer;
    }

    @Test
    void shouldKeepOrderAndContentThroughManyTurns()
    {
        final SeededRandom random = new SeededRandom(11);
        final ArrayDeque<int[]> expected = new ArrayDeque<>();
        long zxid = 0;
        for (int i = 0; i < 20_000; i++)
        {
            if (random.nextInt(3) != 0)
            {
                final int length = random.nextInt(700);
                final boolean hasRoom = ring.hasRoom(length);
                assertEquals(hasRoom, ring.offer(zxid + 1, payload(zxid + 1, length), 0, length));
                if (hasRoom)
                {
                    zxid++;
                    expected.addLast(new int[]{ (int)zxid, length });
                }
            }
            else if (!expected.isEmpty())
            {
                assertHead(expected.pollFirst());
                ring.removeHead();
            }
            assertEquals(expected.isEmpty(), ring.isEmpty());
        }
    }

    private void assertHead(final int[] expected)
    {
        assertEquals(expected[0], ring.headZxid());
        assertEquals(expected[1], ring.headLength());
        for (int i = 0; i < expected[1]; i++)
        {
            assertEquals((byte)expected[0], ring.buffer().getByte(ring.headOffset() + i));
        }
    }

    @Test
    void shouldRefuseWhenFullAndTakeAgainLater()
    {
        long zxid = 0;
        while (ring.offer(zxid + 1, payload(1, 100), 0, 100))
        {
            zxid++;
        }
        assertTrue(zxid > 0);
        assertFalse(ring.hasRoom(100));

        ring.headZxid();
        ring.removeHead();
        assertTrue(ring.hasRoom(100));
    }

    @Test
    void shouldTakeTheLongestWhenEmptyWhereverItStands()
    {
        for (int i = 0; i < 50; i++)
        {
            assertTrue(ring.offer(i + 1, payload(i, 130), 0, 130));
            ring.headZxid();
            ring.removeHead();
            assertTrue(ring.hasRoom(ring.lengthMax()));
        }
    }
}
