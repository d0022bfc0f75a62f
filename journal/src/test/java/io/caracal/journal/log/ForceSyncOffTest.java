/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForceSyncOffTest
{
    private final RealStorage storage = RealStorage.fresh(context -> context.forceSync(false));
    private final StorageDriver driver = new StorageDriver(storage);

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldReportWithoutAForce()
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        final long before = storage.fileSystem.journalForces.get();
        for (int zxid = 2; zxid <= 100; zxid++)
        {
            driver.appendDurably(zxid, 100);
        }

        assertEquals(before, storage.fileSystem.journalForces.get());
    }

    @Test
    void shouldForceForASnapshotAllTheSame()
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        storage.holdForces();
        driver.appendDurably(2, 100);
        driver.await("a spare segment", () -> storage.segmentFiles().size() == 2);
        final long before = storage.fileSystem.forces.get();
        final long logBefore = storage.fileSystem.journalForces.get();
        driver.beginSnapshot(2, 3);
        driver.await("a force, which is held", () -> storage.fileSystem.forces.get() > before);
        driver.poll();
        assertEquals(0, driver.snapshotNews.size());
        storage.releaseForces();
        driver.await("publication", () ->
        {
            driver.poll();
            return driver.snapshotNews.size() == 1;
        });
        assertTrue(storage.fileSystem.journalForces.get() > logBefore, "a snapshot holds more than the forced log");
    }

    @Test
    void shouldReplayWhatItReported()
    {
        storage.open();
        driver.start();
        for (int zxid = 1; zxid <= 60; zxid++)
        {
            driver.append(zxid, 100_000);
        }

        driver.awaitDurable(60);
        storage.shutDown();
        storage.open();
        driver.start();
        assertEquals(60, driver.replayed.size());
    }
}
