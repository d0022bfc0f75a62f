/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.port.CatchUp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of receiving another server's snapshot that every adapter of the port {@code SnapshotStore} must pass. */
public abstract class SnapshotReceiveContract extends StorageContract
{
    private static final int LENGTH = 200;
    private static final int CRASHES = 12;

    /** Zxid of the snapshot that is received. The receiver's own history ends at {@link #OWN_LAST}. */
    private static final long ZXID = (2L << 32) + 7;
    private static final int RECORDS = 3000;
    private static final int OWN_SNAPSHOT = 20;
    private static final int OWN_LAST = 50;

    private final SeededRecords records = new SeededRecords();
    private ReceiveDriver receiver;
    private byte[] file;

    @BeforeEach
    void begin()
    {
        file = fileOf(ZXID, RECORDS);
        receiver = new ReceiveDriver(storage, driver);
        driver.start();
        for (long zxid = 1; zxid <= OWN_LAST; zxid++)
        {
            driver.append(zxid, LENGTH);
        }

        driver.awaitDurable(OWN_LAST);
        driver.snapshot(OWN_SNAPSHOT, 10);
        driver.snapshotNews.clear();
    }

    @Test
    void shouldTakeThePlaceOfEverything()
    {
        receiver.receive(ZXID, file.length, file);
        assertEquals(List.of("received " + ZXID), driver.snapshotNews);
        checkReplaced();
        checkLoad();
        checkGoesOn();
    }

    @Test
    void shouldDeliverWhatWasReceivedWithoutARestart()
    {
        receiver.receive(ZXID, file.length, file);
        checkLoad();
        driver.appendDurably(ZXID + 1, LENGTH);
        driver.snapshot(ZXID + 1, 4);
        restart();
        assertEquals(ZXID + 1, driver.loadedZxid);
        assertEquals(List.of(), driver.replayed);
    }

    @Test
    void shouldReceiveOnAnEmptyDisk()
    {
        storage.close();
        storage = newStorage();
        storage.open();
        driver = new StorageDriver(storage);
        receiver = new ReceiveDriver(storage, driver);
        driver.start();
        receiver.receive(ZXID, file.length, file);
        checkReplaced();
        checkGoesOn();
    }

    @Test
    void shouldReceiveAStateOlderThanItsOwn()
    {
        final byte[] older = fileOf(5, RECORDS);
        receiver.receive(5, older.length, older);
        restart();
        assertEquals(5, driver.loadedZxid);
        assertEquals(RECORDS, driver.loaded.size());
        assertEquals(List.of(), driver.replayed);
        assertEquals(5, driver.replayEnd);
        driver.appendDurably(6, LENGTH);
        driver.snapshot(6, 3);
        restart();
        assertEquals(6, driver.loadedZxid);
    }

    @Test
    void shouldReceiveAStateOfTheSameZxidAsItsOwn()
    {
        final byte[] same = fileOf(OWN_SNAPSHOT, RECORDS);
        receiver.receive(OWN_SNAPSHOT, same.length, same);
        restart();
        assertEquals(OWN_SNAPSHOT, driver.loadedZxid);
        assertEquals(RECORDS, driver.loaded.size());
        assertEquals(List.of(), driver.replayed);
    }

    @Test
    void shouldReceiveOneAfterTheOther()
    {
        receiver.receive(ZXID, file.length, file);
        driver.load();
        driver.append(ZXID + 1, LENGTH);
        final byte[] newer = fileOf(ZXID + 100, 10);
        receiver.receive(ZXID + 100, newer.length, newer);
        driver.load();
        assertEquals(ZXID + 100, driver.loadedZxid);
        restart();
        assertEquals(ZXID + 100, driver.loadedZxid);
        assertEquals(10, driver.loaded.size());
        assertEquals(ZXID + 100, driver.replayEnd);
    }

    @Test
    void shouldForgetRecordsThatNoForceHasSeen()
    {
        storage.holdForces();
        for (long zxid = OWN_LAST + 1; zxid <= OWN_LAST + 20; zxid++)
        {
            driver.append(zxid, LENGTH);
        }

        driver.await("begin", () -> storage.snapshotStore().beginReceive(ZXID, file.length));
        storage.releaseForces();
        receiver.handOver(file);
        receiver.end();
        receiver.awaitNews(ZXID);
        checkReplaced();
        checkGoesOn();
    }

    @Test
    void shouldRefuseAppendsAndTruncationsWhileItIsMadeTrue()
    {
        driver.await("begin", () -> storage.snapshotStore().beginReceive(ZXID, file.length));
        receiver.handOver(file);
        receiver.end();
        for (int i = 0; i < 50; i++)
        {
            assertFalse(driver.tryAppend(OWN_LAST + 1, LENGTH));
            assertFalse(driver.tryTruncate(OWN_LAST));
            storage.snapshotStore().abortReceive();
            assertFalse(storage.snapshotStore().begin(OWN_LAST));
            assertFalse(storage.snapshotStore().beginReceive(ZXID, file.length));
            storage.pause();
        }

        receiver.awaitNews(ZXID);
        checkReplaced();
        checkGoesOn();
    }

    @Test
    void shouldRefuseAnEndDuringATruncation()
    {
        driver.await("begin", () -> storage.snapshotStore().beginReceive(ZXID, file.length));
        receiver.handOver(file);
        assertTrue(driver.tryTruncate(OWN_LAST - 10));
        assertFalse(storage.snapshotStore().endReceive());
        driver.awaitTruncated();
        receiver.end();
        receiver.awaitNews(ZXID);
        checkReplaced();
    }

    @Test
    void shouldRefuseADamagedFile()
    {
        for (final double place : new double[]{ 0.0, 0.3, 0.6, 0.999 })
        {
            final byte[] damaged = file.clone();
            damaged[(int)(place * file.length)] ^= 0x40;
            receiver.receive(ZXID, file.length, damaged);
            checkFailed();
        }

        checkAsBefore();
    }

    @Test
    void shouldRefuseAFileThatWasCutShort()
    {
        receiver.receive(ZXID, file.length, Arrays.copyOf(file, file.length - 1));
        checkFailed();
        receiver.receive(ZXID, file.length / 2, Arrays.copyOf(file, file.length / 2));
        checkFailed();
        checkAsBefore();
    }

    @Test
    void shouldRefuseAFileThatIsTooLong()
    {
        receiver.receive(ZXID, file.length, Arrays.copyOf(file, file.length + 10));
        checkFailed();
        receiver.receive(ZXID, file.length + 10, Arrays.copyOf(file, file.length + 10));
        checkFailed();
        checkAsBefore();
    }

    @Test
    void shouldRefuseAFileOfAnotherState()
    {
        receiver.receive(ZXID + 1, file.length, file);
        assertEquals(List.of("not received " + (ZXID + 1)), driver.snapshotNews);
        checkAsBefore();
    }

    @Test
    void shouldForgetAFileThatWasGivenUp()
    {
        driver.await("begin", () -> storage.snapshotStore().beginReceive(ZXID, file.length));
        receiver.handOver(Arrays.copyOf(file, file.length / 2));
        storage.snapshotStore().abortReceive();
        storage.snapshotStore().abortReceive();
        rest();
        assertEquals(List.of(), driver.snapshotNews);
        driver.appendDurably(OWN_LAST + 1, LENGTH);
        driver.snapshot(OWN_SNAPSHOT + 1, 10);
        receiver.receive(ZXID, file.length, file);
        checkReplaced();
        checkGoesOn();
    }

    @Test
    void shouldFailWhenThereIsNoRoom()
    {
        driver.await("begin", () -> storage.snapshotStore().beginReceive(ZXID, file.length));
        storage.fillDisk();
        if (receiver.handOver(file))
        {
            receiver.end();
        }

        receiver.awaitNews(ZXID);
        // The room that was reserved before the disk was full may still suffice.
        if (driver.snapshotNews.contains("received " + ZXID))
        {
            storage.freeDisk();
            checkReplaced();
            return;
        }

        checkFailed();
        storage.freeDisk();
        driver.appendDurably(OWN_LAST + 1, LENGTH);
        receiver.receive(ZXID, file.length, file);
        checkReplaced();
    }

    @Test
    void shouldRefuseToBeginWithoutRoom()
    {
        storage.fillDisk();
        driver.await("refusal", () ->
        {
            driver.poll();
            return !storage.snapshotStore().beginReceive(ZXID, file.length);
        });
        rest();
        storage.snapshotStore().abortReceive();
        driver.snapshotNews.clear();
        storage.freeDisk();
        receiver.receive(ZXID, file.length, file);
        checkReplaced();
    }

    @Test
    void shouldStopAtAReceivedSnapshotBesideOneUnderWay()
    {
        assertTrue(storage.snapshotStore().begin(OWN_LAST));
        assertThrows(BrokenInvariantException.class,
            () -> storage.snapshotStore().beginReceive(ZXID, file.length));
    }

    @Test
    void shouldStopAtBytesOfNothing()
    {
        assertThrows(BrokenInvariantException.class,
            () -> storage.snapshotStore().receive(new UnsafeBuffer(file), 0, 10));
        assertThrows(BrokenInvariantException.class, () -> storage.snapshotStore().endReceive());
    }

    @Test
    void shouldFailOpenReads()
    {
        final CatchUpDriver leader = new CatchUpDriver(storage, driver);
        assertTrue(storage.catchUp().openLog(1, 0, OWN_LAST));
        assertTrue(storage.catchUp().openSnapshot(2));
        leader.read(1).refusals = Integer.MAX_VALUE;
        leader.read(2).refusals = Integer.MAX_VALUE;
        leader.poll();
        receiver.receive(ZXID, file.length, file);
        leader.awaitFailure(1);
        leader.awaitFailure(2);
        assertEquals(ZXID, storage.catchUp().firstZxid());
        assertEquals(ZXID, storage.catchUp().snapshotZxid());
        assertTrue(storage.catchUp().openSnapshot(2 + CatchUp.READS_MAX));
        assertEquals(file.length, leader.awaitEnd(2 + CatchUp.READS_MAX).bytes.size());
    }

    @Test
    void shouldHoldAllOfTheOldOrAllOfTheNewAfterACrash()
    {
        for (int i = 0; i < CRASHES; i++)
        {
            final int given = i % 3 == 0 ? file.length / 2 : file.length;
            driver.await("begin", () -> storage.snapshotStore().beginReceive(ZXID, file.length));
            receiver.handOver(Arrays.copyOf(file, given));
            if (given == file.length)
            {
                receiver.end();
            }

            for (int pauses = 0; pauses < i % 5; pauses++)
            {
                driver.poll();
                storage.pause();
            }

            final boolean wasTold = driver.snapshotNews.contains("received " + ZXID);
            storage.crash();
            storage.open();
            driver.start();
            if (wasTold || driver.loadedZxid == ZXID)
            {
                checkLoaded();
                assertEquals(List.of(), driver.replayed);
                checkGoesOn();
                return;
            }

            checkOwn();
        }

        receiver.receive(ZXID, file.length, file);
        storage.crash();
        storage.open();
        driver.start();
        checkLoaded();
        checkGoesOn();
    }

    @Test
    void shouldHoldAllOfTheOldOrAllOfTheNewAfterAnOrderlyEnd()
    {
        for (int i = 0; i < CRASHES / 2; i++)
        {
            driver.await("begin", () -> storage.snapshotStore().beginReceive(ZXID, file.length));
            receiver.handOver(file);
            receiver.end();
            for (int pauses = 0; pauses < i; pauses++)
            {
                driver.poll();
                storage.pause();
            }

            restart();
            if (driver.loadedZxid == ZXID)
            {
                checkLoaded();
                assertEquals(List.of(), driver.replayed);
                checkGoesOn();
                return;
            }

            checkOwn();
        }
    }

    /** Returns the file of a snapshot, as written by another server. */
    private byte[] fileOf(final long zxid, final int records)
    {
        try (Storage other = newStorage())
        {
            other.open();
            final StorageDriver writer = new StorageDriver(other);
            writer.start();
            writer.appendDurably(zxid, LENGTH);
            writer.snapshot(zxid, records);
            return other.snapshotFile(zxid);
        }
    }

    private void checkReplaced()
    {
        assertEquals(ZXID, driver.durableZxid);
        assertEquals(ZXID, storage.catchUp().firstZxid());
        assertEquals(ZXID, storage.catchUp().snapshotZxid());
    }

    private void checkLoad()
    {
        driver.load();
        checkLoaded();
    }

    private void checkLoaded()
    {
        assertEquals(ZXID, driver.loadedZxid);
        assertEquals(~ZXID, driver.loadedDigest);
        assertEquals(RECORDS, driver.loaded.size());
        for (int i = 0; i < RECORDS; i++)
        {
            assertEquals(records.checksum(ZXID + i, 100 + i % 500), driver.loaded.get(i));
        }
    }

    /**
     * Checks that records can be appended, and that later starts find the new state and these records, and nothing
     * else.
     */
    private void checkGoesOn()
    {
        final long last = ZXID + 5;
        for (long zxid = ZXID + 1; zxid <= last; zxid++)
        {
            driver.append(zxid, LENGTH);
        }

        driver.awaitDurable(last);
        restart();
        checkLoaded();
        assertEquals(LongStream.rangeClosed(ZXID + 1, last).boxed().toList(), driver.replayed);
        storage.crash();
        storage.open();
        driver.start();
        checkLoaded();
        assertEquals(last, driver.replayEnd);
    }

    private void checkFailed()
    {
        assertEquals(List.of("not received " + ZXID), driver.snapshotNews);
        driver.snapshotNews.clear();
    }

    /** Checks that a failed receipt has left no trace, neither now nor after another start. */
    private void checkAsBefore()
    {
        assertEquals(0, storage.catchUp().firstZxid());
        assertEquals(OWN_SNAPSHOT, storage.catchUp().snapshotZxid());
        driver.appendDurably(OWN_LAST + 1, LENGTH);
        restart();
        assertEquals(OWN_SNAPSHOT, driver.loadedZxid);
        assertEquals(OWN_LAST + 1, driver.replayEnd);
    }

    private void checkOwn()
    {
        assertEquals(OWN_SNAPSHOT, driver.loadedZxid);
        assertEquals(LongStream.rangeClosed(OWN_SNAPSHOT + 1, OWN_LAST).boxed().toList(), driver.replayed);
    }
}
