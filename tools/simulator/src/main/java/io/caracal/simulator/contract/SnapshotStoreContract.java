/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that every adapter of the port {@code SnapshotStore} must pass. */
public abstract class SnapshotStoreContract extends StorageContract
{
    private static final int LENGTH = 200;

    private final SeededRecords records = new SeededRecords();

    @Test
    void shouldLoadNothingFromAnEmptyDisk()
    {
        driver.load();

        assertEquals(0, driver.loadedZxid);
        assertEquals(List.of(), driver.loaded);
    }

    @Test
    void shouldLoadWhatWasPublished()
    {
        startWith(50);
        driver.snapshot(50, 2000);
        reopen();
        driver.load();

        assertEquals(50, driver.loadedZxid);
        assertEquals(~50L, driver.loadedDigest);
        assertEquals(2000, driver.loaded.size());
        for (int i = 0; i < 2000; i++)
        {
            assertEquals(records.checksum(50 + i, 100 + i % 500), driver.loaded.get(i));
        }
    }

    @Test
    void shouldLoadTheNewest()
    {
        startWith(50);
        driver.snapshot(10, 10);
        driver.snapshot(20, 20);
        driver.snapshot(30, 30);
        reopen();
        driver.load();

        assertEquals(30, driver.loadedZxid);
        assertEquals(30, driver.loaded.size());
    }

    @Test
    void shouldTakeLargeRecords()
    {
        startWith(1);
        assertTrue(storage.snapshotStore().begin(1));
        driver.await("large record", () -> driver.tryWrite(7, 3_000_000));
        driver.await("small record", () ->
        {
            driver.poll();
            return driver.tryWrite(8, 1);
        });
        driver.await("finish", () -> storage.snapshotStore().finish(2, 5));
        awaitNews(1);
        reopen();
        driver.load();

        assertEquals(List.of(records.checksum(7, 3_000_000), records.checksum(8, 1)), driver.loaded);
    }

    @Test
    void shouldLeaveRoomForBeforeImages()
    {
        startWith(1);
        assertTrue(storage.snapshotStore().begin(1));
        int taken = 0;
        while (driver.tryWrite(7, 10_000))
        {
            assertTrue(++taken < 20_000, "whatever it is given, it takes at once");
        }

        for (int i = 0; i < 50; i++)
        {
            assertTrue(driver.tryWriteBeforeImage(8, 1000), "before-image " + i);
        }

        storage.snapshotStore().abort();
    }

    @Test
    void shouldTakeAStateWithoutRecords()
    {
        startWith(1);
        driver.snapshot(1, 0);
        reopen();
        driver.load();

        assertEquals(1, driver.loadedZxid);
        assertEquals(List.of(), driver.loaded);
    }

    @Test
    void shouldRefuseASecondSnapshotWhileOneIsUnderWay()
    {
        startWith(5);
        assertTrue(storage.snapshotStore().begin(5));
        assertFalse(storage.snapshotStore().begin(5));
        storage.snapshotStore().abort();
        driver.snapshot(5, 3);
    }

    @Test
    void shouldForgetAnAbortedSnapshot()
    {
        startWith(5);
        assertTrue(storage.snapshotStore().begin(5));
        driver.await("write", () -> driver.tryWrite(1, 100));
        storage.snapshotStore().abort();
        reopen();
        driver.load();

        assertEquals(0, driver.loadedZxid);
    }

    @Test
    void shouldForgetAnUnfinishedSnapshot()
    {
        startWith(5);
        driver.snapshot(3, 3);
        assertTrue(storage.snapshotStore().begin(5));
        driver.await("write", () -> driver.tryWrite(1, 100));
        reopen();
        driver.load();

        assertEquals(3, driver.loadedZxid);
    }

    @Test
    void shouldNotPublishWhatTheLogDoesNotHoldYet()
    {
        startWith(5);
        storage.holdForces();
        driver.append(6, LENGTH);
        driver.beginSnapshot(6, 3);
        for (int i = 0; i < 50; i++)
        {
            driver.poll();
            storage.pause();
        }

        assertEquals(List.of(), driver.snapshotNews);
        storage.releaseForces();
        awaitNews(1);
        assertEquals(List.of("published 6 keeps from 6"), driver.snapshotNews);
        assertEquals(6, driver.durableZxid);
    }

    @Test
    void shouldGoOnWithoutASnapshotThatFailed()
    {
        startWith(5);
        driver.snapshot(3, 3);
        assertTrue(storage.snapshotStore().begin(5));
        storage.fillDisk();
        driver.await("failure", () ->
        {
            driver.poll();
            if (driver.snapshotNews.contains("failed 5"))
            {
                return true;
            }

            driver.tryWrite(1, 50_000);
            return false;
        });

        storage.freeDisk();
        driver.snapshot(5, 5);
        reopen();
        driver.load();
        assertEquals(5, driver.loadedZxid);
    }

    @Test
    void shouldSayFromWhereTheJournalIsNeeded()
    {
        startWith(50);
        for (int zxid = 10; zxid <= 50; zxid += 10)
        {
            driver.snapshot(zxid, 2);
        }

        assertEquals(List.of("published 10 keeps from 10", "published 20 keeps from 10", "published 30 keeps from 10",
            "published 40 keeps from 20", "published 50 keeps from 30"), driver.snapshotNews);
    }

    @Test
    void shouldLoadAnOlderOneWhenTheNewestIsDamagedAndTheJournalHoldsTheRest()
    {
        startWith(50);
        driver.snapshot(10, 10);
        driver.snapshot(20, 20);
        storage.shutDown();
        storage.damageSnapshot(20);
        storage.open();
        driver.start();

        assertEquals(10, driver.loadedZxid);
        assertEquals(10, driver.loaded.size());
        assertEquals(40, driver.replayed.size());
    }

    @Test
    void shouldReplayEverythingWhenAllSnapshotsAreDamagedAndTheJournalHoldsAll()
    {
        startWith(50);
        driver.snapshot(10, 10);
        storage.shutDown();
        storage.damageSnapshot(10);
        storage.open();
        driver.start();

        assertEquals(0, driver.loadedZxid);
        assertEquals(50, driver.replayed.size());
    }

    @Test
    void shouldRefuseToStartWhenDamageCannotBeMadeGood()
    {
        driver.start();
        for (int zxid = 1; zxid <= 180; zxid++)
        {
            driver.append(zxid, 100_000);
            if (zxid % 30 == 0)
            {
                driver.awaitDurable(zxid);
                driver.snapshot(zxid, 5);
            }
        }

        storage.journal().release(120);
        storage.purge(3);
        storage.shutDown();
        storage.damageSnapshot(120);
        storage.damageSnapshot(150);
        storage.damageSnapshot(180);
        storage.open();
        assertThrows(CorruptionException.class, driver::load);
    }

    private void startWith(final int lastZxid)
    {
        driver.start();
        for (int zxid = 1; zxid <= lastZxid; zxid++)
        {
            driver.append(zxid, LENGTH);
        }

        driver.awaitDurable(lastZxid);
    }

    private void awaitNews(final int count)
    {
        driver.await("news of a snapshot", () ->
        {
            driver.poll();
            return driver.snapshotNews.size() >= count;
        });
    }
}
