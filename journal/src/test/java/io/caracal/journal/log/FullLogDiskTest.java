/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.ReceiveDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The disk of the log is completely full, the other one is not. The state of another server makes room. */
class FullLogDiskTest
{
    private static final int LENGTH = 100_000;
    private static final long RECEIVED = 5000;

    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldTakeTheStateOfAnotherServerInPlaceOfRecordsThatFindNoRoom()
    {
        final byte[] file = RealStorage.snapshotOfAnother(RECEIVED);
        storage.open();
        driver.start();
        driver.append(1, LENGTH);
        driver.awaitDurable(1);
        storage.fileSystem.fullFor(path -> path.startsWith(storage.layout().segments()));
        driver.appendUntilRefused(1, LENGTH);

        new ReceiveDriver(storage, driver).receive(RECEIVED, file.length, file);
        assertEquals(List.of("received " + RECEIVED), driver.snapshotNews);
        storage.fileSystem.fullFor(path -> false);
        driver.append(RECEIVED + 1, LENGTH);
        driver.awaitDurable(RECEIVED + 1);
        storage.shutDown();

        storage.open();
        driver.start();
        assertEquals(RECEIVED, driver.loadedZxid);
        assertEquals(List.of(RECEIVED + 1), driver.replayed);
    }

    /** Shorter records would find room, but wait behind the long one. Their senders must be told too. */
    @Test
    void shouldTellThatALongRecordFindsNoRoom()
    {
        final String first = "0000000001-";
        final int length = 2 << 20;
        storage.fileSystem
            .fullFor(path -> path.startsWith(storage.layout().segments()) && !path.toString().contains(first));
        storage.open();
        driver.start();
        driver.appendDurably(1, length);
        assertFalse(driver.isExhausted);

        driver.append(2, length);
        driver.await("news of a full disk", () ->
        {
            driver.poll();
            return driver.isExhausted;
        });
        storage.fileSystem.fullFor(path -> false);
        driver.awaitDurable(2);
        assertFalse(driver.isExhausted);
    }
}
