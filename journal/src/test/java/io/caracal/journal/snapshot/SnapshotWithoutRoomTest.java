/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No snapshot is begun while there is no room: it would only be given up again, after all of its writes. */
class SnapshotWithoutRoomTest
{
    private static final int LONG_MS = 3_600_000;
    private static final int LENGTH = 100_000;

    private final RealStorage storage = RealStorage.fresh(context -> context.spaceRetryIntervalMs(LONG_MS));
    private final StorageDriver driver = new StorageDriver(storage);

    @AfterEach
    void end()
    {
        storage.freeDisk();
        storage.fileSystem.fullFor(file -> false);
        storage.close();
    }

    @Test
    void shouldBeginNoneWhileTheLogFindsNoRoom()
    {
        open();
        storage.fillDisk();
        driver.appendUntilRefused(1, LENGTH);
        assertFalse(storage.snapshotStore().begin(1));
    }

    @Test
    void shouldBeginNoneForAWhileAfterOneFoundNoRoom()
    {
        open();
        storage.fileSystem.fullFor(file -> file.getFileName().toString().startsWith("snapshot-"));
        driver.beginSnapshot(1, 1);
        driver.await("the failure", () ->
        {
            driver.poll();
            return driver.snapshotNews.contains("failed 1");
        });
        assertFalse(storage.snapshotStore().begin(1));
        driver.appendDurably(2, LENGTH);
    }

    private void open()
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, LENGTH);
    }
}
