/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KilledOnAFullDiskTest
{
    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);

    @AfterEach
    void end()
    {
        storage.fileSystem.beforeChange((call, file) ->
        {
        });
        storage.close();
    }

    /** Before the kill, there was room in its segment. The rest of that segment is the room for the next one. */
    @Test
    void shouldTakeWritesAgainWhenTheRestOfTheLastSegmentIsRoomEnough()
    {
        killAfterTenRecords();
        storage.fileSystem.fullFor(file -> file.toString().endsWith(".precreated"));
        storage.fileSystem.beforeChange((call, file) ->
        {
            if ("truncate".equals(call))
            {
                storage.fileSystem.fullFor(any -> false);
            }
        });

        storage.open();
        driver.start();
        driver.appendDurably(11, 100);
        replaysAll(11);
    }

    @Test
    void shouldLoseNothingWhenItIsKilledAgainBeforeThereIsRoom()
    {
        killAfterTenRecords();
        storage.fileSystem.fullFor(file -> file.toString().endsWith(".precreated"));
        storage.open();
        driver.start();
        driver.await("want of room", () ->
        {
            driver.poll();
            return driver.isExhausted;
        });
        storage.crash();
        driver.isExhausted = false;

        storage.fileSystem.fullFor(file -> false);
        replaysAll(10);
        driver.appendDurably(11, 100);
        replaysAll(11);
    }

    private void killAfterTenRecords()
    {
        storage.open();
        driver.start();
        for (int zxid = 1; zxid <= 10; zxid++)
        {
            driver.append(zxid, 100);
        }

        driver.awaitDurable(10);
        storage.crash();
        assertTrue(storage.segmentFiles().size() >= 1);
    }

    private void replaysAll(final long last)
    {
        storage.shutDown();
        storage.open();
        driver.start();
        assertEquals(last, driver.replayEnd);
        final List<Long> expected = LongStream.rangeClosed(1, last).boxed().toList();
        assertEquals(expected, driver.replayed);
    }
}
