/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.SeededRandom;
import io.caracal.engine.memory.MemoryLedger;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryTest
{
    private static final int CAPACITY = 4096;

    private final MemoryLedger ledger = new MemoryLedger();
    private final History history = new History(ledger, CAPACITY);

    @AfterEach
    void shouldLeaveNoMemory()
    {
        history.close();
        assertEquals(0, ledger.totalBytes());
    }

    private static UnsafeBuffer payload(final long zxid, final int length)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Math.max(1, length)]);
        buffer.setMemory(0, length, (byte)zxid);
        return buffer;
    }

    private void add(final long zxid, final int length)
    {
        history.add(zxid, payload(zxid, length), 0, length);
    }

    @Test
    void shouldKeepOrderAndContentThroughManyTurns()
    {
        final SeededRandom random = new SeededRandom(11);
        final ArrayDeque<int[]> expected = new ArrayDeque<>();
        long zxid = 0;
        for (int i = 0; i < 20_000; i++)
        {
            final int length = random.nextInt(700);
            if (random.nextInt(3) != 0 && history.hasRoom(length))
            {
                zxid++;
                add(zxid, length);
                expected.addLast(new int[]{ (int)zxid, length });
            }
            else if (!expected.isEmpty())
            {
                assertTrue(history.hasNext());
                assertNext(expected.pollFirst());
                history.onApplied();
            }
            assertEquals(!expected.isEmpty(), history.hasNext());
            assertEquals(zxid, history.lastZxid());
        }
    }

    private void assertNext(final int[] expected)
    {
        assertEquals(expected[0], history.nextZxid());
        assertEquals(expected[1], history.nextLength());
        for (int i = 0; i < expected[1]; i++)
        {
            assertEquals((byte)expected[0], history.buffer().getByte(history.nextOffset() + i));
        }
    }

    @Test
    void shouldRefuseWhenFullOfWhatIsNotAppliedAndTakeAgainLater()
    {
        long zxid = 0;
        while (history.hasRoom(100))
        {
            add(++zxid, 100);
        }
        assertTrue(zxid > 0);

        assertTrue(history.hasNext());
        history.onApplied();
        assertTrue(history.hasRoom(100));
    }

    @Test
    void shouldTakeTheLongestWhenAllIsAppliedWhereverItStands()
    {
        for (int i = 1; i <= 50; i++)
        {
            add(i, 130);
            assertTrue(history.hasNext());
            history.onApplied();
            assertTrue(history.hasRoom(history.lengthMax()));
        }
    }

    @Test
    void shouldKeepWhatIsAppliedForLearnersAsLongAsThereIsRoom()
    {
        final long begin = history.endPosition();
        long position = begin;
        for (int zxid = 1; zxid <= 100; zxid++)
        {
            add(zxid, 500);
            assertTrue(history.hasNext());
            history.onApplied();
            assertTrue(history.isKept(position));
            assertTrue(history.hasRecord(position));
            assertEquals(zxid, history.zxidAt(position));
            assertEquals(500, history.lengthAt(position));
            assertEquals((byte)zxid, history.buffer().getByte(history.offsetAt(position) + 499));
            position = history.positionAfter(position);
            assertFalse(history.hasRecord(position));
        }
        assertFalse(history.isKept(begin));
    }

    @Test
    void shouldForgetWhatIsCutAndGoOnInALaterEpoch()
    {
        for (int zxid = 1; zxid <= 10; zxid++)
        {
            add(zxid, 50);
        }
        assertTrue(history.hasNext());
        history.onApplied();
        history.truncate(4);
        assertEquals(4, history.lastZxid());
        add(Zxid.pack(2, 1), 50);

        for (final long zxid : new long[]{ 2, 3, 4, Zxid.pack(2, 1) })
        {
            assertTrue(history.hasNext());
            assertEquals(zxid, history.nextZxid());
            history.onApplied();
        }
        assertFalse(history.hasNext());
    }

    @Test
    void shouldNotCutWhatIsApplied()
    {
        add(1, 50);
        add(2, 50);
        for (int i = 0; i < 2; i++)
        {
            assertTrue(history.hasNext());
            history.onApplied();
        }
        assertThrows(BrokenInvariantException.class, () -> history.truncate(1));
    }

    @Test
    void shouldNotStepOverAHole()
    {
        add(1, 50);
        assertThrows(BrokenInvariantException.class, () -> add(3, 50));
    }

    @Test
    void shouldGrowForATailThatIsNotCommittedAndKeepIt()
    {
        for (int zxid = 1; zxid <= 40; zxid++)
        {
            history.growFor(700);
            add(zxid, 700);
        }
        for (int zxid = 1; zxid <= 40; zxid++)
        {
            assertTrue(history.hasNext());
            assertNext(new int[]{ zxid, 700 });
            history.onApplied();
        }
    }

    @Test
    void shouldProposeNoMoreThanItWasMadeForThoughItHasGrown()
    {
        long zxid = 0;
        while (zxid < 20)
        {
            history.growFor(500);
            add(++zxid, 500);
        }
        while (history.hasNext())
        {
            history.onApplied();
        }
        assertEquals(CAPACITY / 2 - 16, history.lengthMax());
        long bytes = 0;
        while (history.mayPropose(500))
        {
            add(++zxid, 500);
            bytes += 16 + 500;
        }
        assertTrue(bytes > CAPACITY / 2 && bytes <= CAPACITY, "proposed " + bytes);
        assertTrue(history.hasRoom(500));
    }
}
