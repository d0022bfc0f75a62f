/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.port.CorruptionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that every adapter of the port {@code Journal} must pass. */
public abstract class JournalContract extends StorageContract
{
    private static final long EPOCH = 1L << 32;
    private static final int LENGTH = 200;

    @Test
    void shouldReplayNothingFromAnEmptyDisk()
    {
        driver.start();

        assertEquals(List.of(), driver.replayed);
        assertEquals(0, driver.replayEnd);
    }

    @Test
    void shouldMakeRecordsDurableInOrder()
    {
        driver.start();
        for (long zxid = 1; zxid <= 1000; zxid++)
        {
            driver.append(zxid, LENGTH);
        }

        driver.awaitDurable(1000);
        assertEquals(1000, driver.durableZxid);
    }

    @Test
    void shouldNotCallWhatIsNotForcedDurable()
    {
        driver.start();
        storage.holdForces();
        driver.append(1, LENGTH);
        for (int i = 0; i < 50; i++)
        {
            driver.poll();
            storage.pause();
        }

        assertEquals(0, driver.durableZxid);
        storage.releaseForces();
        driver.awaitDurable(1);
    }

    @Test
    void shouldReplayEverythingAfterAReopen()
    {
        driver.start();
        final List<Long> zxids = appendRange(1, 500);
        driver.awaitDurable(500);
        reopen();
        driver.start();

        assertEquals(zxids, driver.replayed);
        assertEquals(500, driver.replayEnd);
    }

    @Test
    void shouldGoOnAppendingAfterManyReopens()
    {
        for (int i = 0; i < 4; i++)
        {
            driver.start();
            assertEquals(i * 100, driver.replayed.size());
            appendRange(i * EPOCH + 1, i * EPOCH + 100);
            driver.awaitDurable(i * EPOCH + 100);
            reopen();
        }

        driver.start();
        assertEquals(400, driver.replayed.size());
        assertEquals(3 * EPOCH + 100, driver.replayEnd);
    }

    @Test
    void shouldSurviveReopensWithoutAppends()
    {
        for (int i = 0; i < 3; i++)
        {
            driver.start();
            assertEquals(0, driver.replayEnd);
            reopen();
        }

        driver.start();
        appendRange(1, 10);
        driver.awaitDurable(10);
        reopen();
        driver.start();
        assertEquals(10, driver.replayEnd);
    }

    @Test
    void shouldSkipWhatTheSnapshotHolds()
    {
        driver.start();
        appendRange(1, 100);
        driver.awaitDurable(100);
        driver.snapshot(60, 10);
        reopen();
        driver.start();

        assertEquals(60, driver.loadedZxid);
        assertEquals(61, driver.replayed.get(0));
        assertEquals(40, driver.replayed.size());
    }

    @Test
    void shouldEndWhereTheSnapshotEndsWhenNothingFollows()
    {
        driver.start();
        appendRange(1, 100);
        driver.awaitDurable(100);
        driver.snapshot(100, 10);
        reopen();
        driver.start();

        assertEquals(List.of(), driver.replayed);
        assertEquals(100, driver.replayEnd);
    }

    @Test
    void shouldTakeRecordsOfEveryLength()
    {
        driver.start();
        long zxid = 0;
        for (final int length : new int[]{ 1, 2, 3, 4, 5, 63, 64, 65, 4095, 4096, 4097, 100_000, 300_000, 1_048_577 })
        {
            driver.append(++zxid, length);
        }

        driver.awaitDurable(zxid);
        reopen();
        driver.start();
        assertEquals(14, driver.replayed.size());
    }

    @Test
    void shouldTakeTheLargestRecord()
    {
        driver.start();
        driver.append(1, LENGTH);
        driver.append(2, storage.journal().recordLengthMax());
        driver.appendDurably(3, LENGTH);
        reopen();
        driver.start();

        assertEquals(List.of(1L, 2L, 3L), driver.replayed);
    }

    @Test
    void shouldRefuseRatherThanHoldWithoutBound()
    {
        driver.start();
        storage.holdForces();
        long zxid = 0;
        while (zxid < 10_000 && driver.tryAppend(zxid + 1, 60_000))
        {
            zxid++;
        }

        assertTrue(zxid > 0 && zxid < 10_000, "accepted " + zxid);
        storage.releaseForces();
        driver.appendDurably(zxid + 1, 60_000);
    }

    @Test
    void shouldStopAtAZxidOutOfOrder()
    {
        driver.start();
        driver.append(5, LENGTH);

        assertThrows(BrokenInvariantException.class, () -> driver.tryAppend(5, LENGTH));
        assertThrows(BrokenInvariantException.class, () -> driver.tryAppend(4, LENGTH));
    }

    @Test
    void shouldStopAtAnAppendBeforeTheReplay()
    {
        assertThrows(BrokenInvariantException.class, () -> driver.tryAppend(1, LENGTH));
    }

    @Test
    void shouldTellOfAFullDiskAndKeepRoomForWhatMustStillBeWritten()
    {
        driver.start();
        driver.appendDurably(1, LENGTH);
        storage.fillDisk();
        long zxid = 1;
        while (!driver.isExhausted)
        {
            driver.append(++zxid, 20_000);
            driver.poll();
            assertTrue(zxid < 100_000, "the disk never filled");
        }

        for (int i = 0; i < 10; i++)
        {
            driver.append(++zxid, LENGTH);
        }

        driver.awaitDurable(zxid);
        storage.freeDisk();
        driver.await("room", () ->
        {
            driver.poll();
            return !driver.isExhausted;
        });
        driver.appendDurably(++zxid, 20_000);
    }

    @Test
    void shouldRefuseAppendsWhenTheReserveIsGone()
    {
        driver.start();
        driver.appendDurably(1, LENGTH);
        storage.fillDisk();
        final long[] zxid = { 1 };
        driver.await("refusal", () ->
        {
            driver.poll();
            if (isTaken(zxid))
            {
                return false;
            }

            storage.pause();
            driver.poll();
            return driver.isExhausted && !isTaken(zxid);
        });

        final long refused = zxid[0] + 1;
        storage.freeDisk();
        driver.appendDurably(refused, 20_000);
        reopen();
        driver.start();
        assertEquals(refused, driver.replayEnd);
        assertEquals(refused, driver.replayed.size());
    }

    private boolean isTaken(final long[] lastZxid)
    {
        final boolean isTaken = driver.tryAppend(lastZxid[0] + 1, 20_000);
        lastZxid[0] += isTaken ? 1 : 0;
        return isTaken;
    }

    /** Starts, and takes a snapshot after each of six times thirty large records. */
    private void takeSixSnapshots()
    {
        driver.start();
        long zxid = 0;
        for (int i = 1; i <= 6; i++)
        {
            zxid = appendLarge(zxid, 30);
            driver.awaitDurable(zxid);
            driver.snapshot(zxid, 5);
        }
    }

    @Test
    void shouldForgetOnlyWhatWasReleasedAndPurged()
    {
        takeSixSnapshots();
        final long keepsFrom = 4 * 30;
        assertEquals("published 180 keeps from " + keepsFrom, driver.snapshotNews.get(5));
        storage.journal().release(keepsFrom);
        storage.purge(3);
        reopen();
        driver.load();
        assertEquals(180, driver.loadedZxid);
        assertThrows(CorruptionException.class, () -> driver.replay(0));
    }

    @Test
    void shouldKeepWhatWasNotReleased()
    {
        takeSixSnapshots();
        storage.purge(3);
        reopen();
        driver.replay(0);
        assertEquals(180, driver.replayed.size());
        assertFalse(driver.isExhausted);
    }

    /** An operator may keep more snapshots than the engine counts on, each with the log after it. */
    @Test
    void shouldKeepTheLogAfterEachSnapshotThatStays()
    {
        takeSixSnapshots();
        storage.journal().release(180);
        storage.purge(4);
        assertTrue(storage.catchUp().firstZxid() > 0, "nothing was forgotten");
        storage.shutDown();
        storage.damageSnapshot(120);
        storage.damageSnapshot(150);
        storage.damageSnapshot(180);
        storage.open();
        driver.start();
        assertEquals(90, driver.loadedZxid);
        assertEquals(90, driver.replayed.size());
    }

    private List<Long> appendRange(final long first, final long last)
    {
        final List<Long> zxids = new ArrayList<>();
        for (long zxid = first; zxid <= last; zxid++)
        {
            driver.append(zxid, LENGTH);
            zxids.add(zxid);
        }

        return zxids;
    }

    /** Appends large records. Forty of them are more than a small segment holds. */
    private long appendLarge(final long after, final int count)
    {
        for (long zxid = after + 1; zxid <= after + count; zxid++)
        {
            driver.append(zxid, 100_000);
        }

        return after + count;
    }
}
