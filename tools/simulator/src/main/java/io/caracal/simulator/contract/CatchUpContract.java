/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CatchUp;
import io.caracal.simulator.contract.CatchUpDriver.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that every adapter of the port {@code CatchUp} must pass. */
public abstract class CatchUpContract extends StorageContract
{
    private static final int LENGTH = 200;

    /** Length of records of which about forty fill a small segment. */
    private static final int LARGE_LENGTH = 100_000;
    private static final int IN_VAIN = Integer.MAX_VALUE;

    private CatchUpDriver leader;

    /**
     * Creates a storage over an empty disk, which is not open yet. Its reads fail soon without progress, while those of
     * {@link #newStorage()} may stand still for longer than any test takes.
     *
     * @return closed by the contract.
     */
    protected abstract Storage newImpatientStorage();

    @BeforeEach
    void begin()
    {
        leader = new CatchUpDriver(storage, driver);
        driver.start();
    }

    @Test
    void shouldReadTheLogFromEveryBegin()
    {
        append(1, 300, LENGTH);
        for (int after = 0; after <= 300; after += 30)
        {
            assertTrue(catchUp().openLog(after, after, 300));
            assertEquals(range(after + 1, 300), leader.awaitEnd(after).zxids);
            catchUp().close(after);
        }
    }

    @Test
    void shouldEndWhereItWasAskedTo()
    {
        append(1, 100, LENGTH);
        assertTrue(catchUp().openLog(7, 20, 60));

        assertEquals(range(21, 60), leader.awaitEnd(7).zxids);
    }

    @Test
    void shouldDeliverNothingBetweenEqualEnds()
    {
        append(1, 10, LENGTH);
        assertTrue(catchUp().openLog(1, 10, 10));
        assertTrue(catchUp().openLog(2, 4, 4));

        assertEquals(List.of(), leader.awaitEnd(1).zxids);
        assertEquals(1, leader.read(2).ends + (leader.read(2).ends == 0 ? leader.awaitEnd(2).ends : 0));
        assertEquals(List.of(), leader.read(2).zxids);
    }

    @Test
    void shouldReadAcrossSegments()
    {
        append(1, 200, LARGE_LENGTH);
        assertTrue(catchUp().openLog(1, 0, 200));

        assertEquals(range(1, 200), leader.awaitEnd(1).zxids);
    }

    @Test
    void shouldReadWhatEarlierProcessesAppended()
    {
        for (int i = 0; i < 4; i++)
        {
            append(i * 50 + 1, i * 50 + 50, LENGTH);
            storage.shutDown();
            storage.open();
            driver.start();
        }

        assertTrue(catchUp().openLog(1, 10, 200));
        assertEquals(range(11, 200), leader.awaitEnd(1).zxids);
    }

    @Test
    void shouldReadRecordsOfEveryLength()
    {
        final int[] lengths = { 1, 2, 3, 4, 5, 63, 64, 65, 4095, 4096, 4097, 100_000, 300_000, 1_048_577, 7 };
        for (int i = 0; i < lengths.length; i++)
        {
            driver.append(i + 1, lengths[i]);
        }

        driver.append(lengths.length + 1, storage.journal().recordLengthMax());
        driver.appendDurably(lengths.length + 2, 1);
        assertTrue(catchUp().openLog(1, 0, lengths.length + 2));
        leader.read(1).refusals = 2;

        assertEquals(range(1, lengths.length + 2), leader.awaitEnd(1).zxids);
    }

    @Test
    void shouldReadUpToWhatIsAppendedAndNotForced()
    {
        append(1, 10, LENGTH);
        storage.holdForces();
        driver.append(11, LENGTH);
        assertTrue(catchUp().openLog(1, 0, 11));

        assertEquals(range(1, 11), leader.awaitEnd(1).zxids);
        assertEquals(10, driver.durableZxid);
        storage.releaseForces();
        driver.awaitDurable(11);
    }

    @Test
    void shouldGoFurtherWhenExtended()
    {
        append(1, 50, LENGTH);
        assertTrue(catchUp().openLog(1, 0, 20));
        leader.awaitEnd(1);
        catchUp().extend(1, 40);
        leader.awaitEnd(1);
        append(51, 90, LENGTH);
        catchUp().extend(1, 90);

        assertEquals(range(1, 90), leader.awaitEnd(1).zxids);
        assertEquals(3, leader.read(1).ends);
    }

    @Test
    void shouldGoFurtherWhenExtendedBeforeItsEnd()
    {
        append(1, 200, LARGE_LENGTH / 10);
        assertTrue(catchUp().openLog(1, 0, 100));
        catchUp().extend(1, 150);
        leader.await("first records", () -> !leader.read(1).zxids.isEmpty());
        catchUp().extend(1, 200);

        assertEquals(range(1, 200), leader.awaitEnd(1).zxids);
        assertEquals(1, leader.read(1).ends);
    }

    /** What was its end may wait behind records that are still to be taken. */
    @Test
    void shouldNotTellTheEndBeyondWhichItWasExtended()
    {
        append(1, 50, LENGTH);
        assertTrue(catchUp().openLog(1, 0, 20));
        leader.read(1).refusals = IN_VAIN;
        leader.await("a refusal", () -> leader.read(1).refusals < IN_VAIN);
        pollForAWhile();
        catchUp().extend(1, 50);
        leader.read(1).refusals = 0;

        assertEquals(range(1, 50), leader.awaitEnd(1).zxids);
        assertEquals(1, leader.read(1).ends);
    }

    @Test
    void shouldFollowTheEndOfAGrowingLog()
    {
        assertTrue(catchUp().openLog(1, 0, 0));
        leader.awaitEnd(1);
        for (long zxid = 1; zxid <= 300; zxid++)
        {
            driver.append(zxid, zxid % 50 == 0 ? LARGE_LENGTH * 5 : LARGE_LENGTH / 2);
            catchUp().extend(1, zxid);
            leader.poll();
        }

        leader.await("all of it", () -> leader.read(1).zxids.size() == 300);
        assertEquals(range(1, 300), leader.read(1).zxids);
    }

    @Test
    void shouldOfferAgainWhatWasRefused()
    {
        append(1, 100, LENGTH);
        assertTrue(catchUp().openLog(1, 0, 100));
        final Delivery read = leader.read(1);
        read.refusals = 3;
        read.refuseEvery = 7;
        leader.awaitEnd(1);

        assertEquals(range(1, 100), read.zxids);
    }

    @Test
    void shouldServeOthersWhileOneRefuses()
    {
        append(1, 200, LARGE_LENGTH / 4);
        driver.snapshot(200, 500);
        for (int id = 1; id <= 5; id++)
        {
            assertTrue(catchUp().openLog(id, 0, 200));
        }

        assertTrue(catchUp().openSnapshot(6));
        leader.read(1).refusals = IN_VAIN;
        for (int id = 2; id <= 5; id++)
        {
            final Delivery read = leader.read(id);
            leader.await("read " + id, () -> read.ends == 1);
            assertEquals(range(1, 200), read.zxids);
        }

        leader.await("snapshot", () -> leader.read(6).ends == 1);
        driver.snapshot(150, 5);
        append(201, 300, LARGE_LENGTH);
        assertEquals(List.of(), leader.read(1).zxids);
        leader.read(1).refusals = 0;
        assertEquals(range(1, 200), leader.awaitEnd(1).zxids);
    }

    @Test
    void shouldSayNothingAfterAClose()
    {
        append(1, 200, LENGTH);
        assertTrue(catchUp().openLog(1, 0, 200));
        leader.read(1).closeAt = 17;
        leader.await("record 17", () -> leader.read(1).isClosed);
        pollForAWhile();
        assertEquals(range(1, 17), leader.read(1).zxids);

        assertTrue(catchUp().openLog(2, 0, 200));
        catchUp().close(2);
        leader.read(2).isClosed = true;
        catchUp().close(99);
        pollForAWhile();
        assertEquals(0, leader.read(2).zxids.size());
    }

    @Test
    void shouldUseAnIdAgainAfterAClose()
    {
        append(1, 200, LENGTH);
        for (int i = 0; i < 20; i++)
        {
            assertTrue(catchUp().openLog(5, 0, 100));
            leader.poll();
            catchUp().close(5);
        }

        final int before = leader.read(5).zxids.size();
        assertTrue(catchUp().openLog(5, 150, 200));
        final int ends = leader.read(5).ends;
        leader.await("last read", () -> leader.read(5).ends > ends);
        final List<Long> zxids = leader.read(5).zxids;
        assertEquals(range(151, 200), zxids.subList(before, zxids.size()));
    }

    @Test
    void shouldRefuseMoreThanItsLimit()
    {
        append(1, 3, LENGTH);
        final List<Long> ids = new ArrayList<>();
        for (long id = 0; id < CatchUp.READS_MAX; id++)
        {
            assertTrue(catchUp().openLog(id, 0, 3), "read " + id);
            ids.add(id);
        }

        assertFalse(catchUp().openLog(1000, 0, 3));
        for (final long id : ids)
        {
            leader.await("read " + id, () -> leader.read(id).ends == 1);
            assertEquals(range(1, 3), leader.read(id).zxids);
            catchUp().close(id);
        }

        driver.await("room for another", () -> catchUp().openLog(1000, 0, 3));
        assertEquals(range(1, 3), leader.awaitEnd(1000).zxids);
    }

    @Test
    void shouldDeliverTheNewestSnapshotAsItLiesOnDisk()
    {
        assertEquals(CatchUp.NONE, catchUp().snapshotZxid());
        assertFalse(catchUp().openSnapshot(1));
        append(1, 50, LENGTH);
        driver.snapshot(20, 50);
        driver.snapshot(40, 5000);
        assertEquals(40, catchUp().snapshotZxid());
        assertTrue(catchUp().openSnapshot(1));
        leader.read(1).refusals = 3;

        final Delivery read = leader.awaitEnd(1);
        assertEquals(40, read.snapshotZxid);
        assertEquals(read.snapshotLength, read.bytes.size());
        assertArrayEquals(storage.snapshotFile(40), read.bytes.toByteArray());
    }

    @Test
    void shouldKeepWhatAReadNeedsFromBeingPurged()
    {
        fillForPurge();
        assertTrue(catchUp().openLog(1, 10, 180));
        leader.read(1).refusals = IN_VAIN;
        leader.poll();
        storage.purge(3);
        assertTrue(catchUp().firstZxid() <= 10, "begins after " + catchUp().firstZxid());
        leader.read(1).refusals = 0;
        assertEquals(range(11, 180), leader.awaitEnd(1).zxids);

        catchUp().close(1);
        driver.await("purge", () ->
        {
            storage.purge(3);
            return catchUp().firstZxid() > 10;
        });
        assertTrue(catchUp().openLog(2, 10, 180));
        leader.awaitFailure(2);
        assertTrue(catchUp().openLog(3, catchUp().firstZxid(), 180));
        assertEquals(range((int)catchUp().firstZxid() + 1, 180), leader.awaitEnd(3).zxids);
    }

    @Test
    void shouldKeepASnapshotThatIsReadAndTheLogAfterIt()
    {
        fillForPurge();
        final byte[] file = storage.snapshotFile(180);
        assertTrue(catchUp().openSnapshot(1));
        leader.await("begin", () -> leader.read(1).snapshotZxid == 180);
        leader.read(1).refusals = IN_VAIN;
        for (int zxid = 181; zxid <= 300; zxid++)
        {
            driver.append(zxid, LARGE_LENGTH);
        }

        driver.awaitDurable(300);
        for (int zxid = 210; zxid <= 300; zxid += 30)
        {
            driver.snapshot(zxid, 5);
        }

        storage.journal().release(300);
        storage.purge(3);
        assertTrue(catchUp().firstZxid() <= 180, "begins after " + catchUp().firstZxid());
        leader.read(1).refusals = 0;
        assertArrayEquals(file, leader.awaitEnd(1).bytes.toByteArray());
        assertTrue(catchUp().openLog(2, 180, 300));
        catchUp().close(1);
        assertEquals(range(181, 300), leader.awaitEnd(2).zxids);
    }

    @Test
    void shouldFailWithoutProgressAndThenKeepNothing()
    {
        storage.close();
        storage = newImpatientStorage();
        storage.open();
        driver = new StorageDriver(storage);
        begin();
        fillForPurge();
        assertTrue(catchUp().openLog(1, 10, 180));
        leader.read(1).refusals = IN_VAIN;
        leader.awaitFailure(1);
        storage.purge(3);

        assertTrue(catchUp().firstZxid() > 10);
        catchUp().close(1);
    }

    @Test
    void shouldFailAtADamagedRecord()
    {
        append(1, 50, LENGTH);
        storage.shutDown();
        storage.open();
        driver.start();
        append(51, 100, LENGTH);
        storage.shutDown();
        storage.open();
        driver.start();
        append(101, 101, LENGTH);
        storage.damageRecord(30);
        assertTrue(catchUp().openLog(1, 0, 101));
        leader.awaitFailure(1);

        assertTrue(leader.read(1).isUnreadable);
        assertTrue(leader.read(1).zxids.size() < 30);
        assertTrue(catchUp().openLog(2, 50, 101));
        assertEquals(range(51, 101), leader.awaitEnd(2).zxids);
    }

    /** A snapshot must not take away what the learner has, so it has to hold what is damaged. */
    @Test
    void shouldBeginBehindWhatItFoundDamagedOnceASnapshotHoldsThat()
    {
        append(1, 50, LENGTH);
        storage.shutDown();
        storage.open();
        driver.start();
        append(51, 101, LENGTH);
        storage.damageRecord(30);
        assertTrue(catchUp().openLog(1, 0, 101));
        leader.awaitFailure(1);
        assertEquals(0, catchUp().firstZxid());

        driver.snapshot(60, 5);
        final long first = catchUp().firstZxid();
        assertTrue(first >= 30 && first <= 60, "begins after " + first);
        assertTrue(catchUp().openLog(2, first, 101));
        assertEquals(range(first + 1, 101), leader.awaitEnd(2).zxids);
    }

    @Test
    void shouldFailWhenTheLogIsCut()
    {
        append(1, 100, LENGTH);
        driver.snapshot(40, 500);
        assertTrue(catchUp().openLog(1, 0, 100));
        assertTrue(catchUp().openSnapshot(2));
        leader.read(1).refusals = IN_VAIN;
        leader.poll();
        driver.truncate(50);
        leader.awaitFailure(1);
        assertFalse(leader.read(1).isUnreadable);
        leader.await("snapshot", () -> leader.read(2).ends == 1);
        append(1L << 32, (1L << 32) + 5, LENGTH);
        assertTrue(catchUp().openLog(3, 48, (1L << 32) + 5));

        final List<Long> expected = new ArrayList<>(List.of(49L, 50L));
        expected.addAll(range(1L << 32, (1L << 32) + 5));
        assertEquals(expected, leader.awaitEnd(3).zxids);
    }

    /** Publishes six snapshots, one after every thirty large records, and releases the log up to 120. */
    private void fillForPurge()
    {
        for (int zxid = 1; zxid <= 180; zxid++)
        {
            driver.append(zxid, LARGE_LENGTH);
            if (zxid % 30 == 0)
            {
                driver.awaitDurable(zxid);
                driver.snapshot(zxid, 2000);
            }
        }

        storage.journal().release(120);
    }

    private void append(final long first, final long last, final int length)
    {
        for (long zxid = first; zxid <= last; zxid++)
        {
            driver.append(zxid, length);
        }

        driver.awaitDurable(last);
    }

    private CatchUp catchUp()
    {
        return storage.catchUp();
    }

    private void pollForAWhile()
    {
        for (int i = 0; i < 20; i++)
        {
            leader.poll();
            storage.pause();
        }
    }

    private static List<Long> range(final long first, final long last)
    {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
