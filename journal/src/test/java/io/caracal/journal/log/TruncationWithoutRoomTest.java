/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TruncationWithoutRoomTest
{
    private static final int LENGTH = 100_000;

    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);

    @AfterEach
    void end()
    {
        storage.freeDisk();
        storage.close();
    }

    /** What the truncation cuts off needs no room. What it leaves does, even if it waits for room itself. */
    @Test
    void shouldWriteTheRecordThatStaysWhenThereIsRoom()
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, LENGTH);
        storage.fillDisk();
        driver.appendUntilRefused(1, LENGTH);
        final long waiting = driver.durableZxid + 1;
        assertTrue(driver.tryTruncate(waiting));
        storage.freeDisk();
        driver.awaitTruncated();

        storage.shutDown();
        storage.open();
        driver.start();
        assertEquals(waiting, driver.replayEnd);
    }
}
