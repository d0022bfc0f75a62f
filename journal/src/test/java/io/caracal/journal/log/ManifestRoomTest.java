/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestRoomTest
{
    private static final int SEGMENTS = 60;
    private static final int LENGTH = 150_000;

    /** Many segments, and a disk that is full: the manifest needs a larger file, which there is no room for. */
    @Test
    void shouldGoOnWhenThereIsNoRoomForALongerManifest()
    {
        final RealStorage storage = RealStorage.fresh(context -> context.segmentLength(1 << 20).recordLengthMax(
            200_000));
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        long zxid = 0;
        while (segments(storage) < SEGMENTS)
        {
            zxid++;
            driver.append(zxid, LENGTH);
        }

        storage.fileSystem.fullFor(file -> file.toString().endsWith("manifest.tmp"));
        final long[] next = { zxid + 1 };
        driver.await("full disk", () ->
        {
            driver.poll();
            next[0] += driver.tryAppend(next[0], LENGTH) ? 1 : 0;
            return driver.isExhausted || !storage.failures.isEmpty();
        });
        assertEquals(List.of(), List.copyOf(storage.failures));
        assertFalse(Files.exists(larger(storage)), "a manifest that found no room is left behind");

        final long durable = driver.durableZxid;
        storage.shutDown();
        storage.open();
        driver.isExhausted = false;
        driver.start();
        assertTrue(driver.replayEnd >= durable, driver.replayEnd + " after " + durable + " was durable");
        storage.fileSystem.fullFor(file -> false);
        final long end = driver.replayEnd;
        for (int i = 1; i <= SEGMENTS; i++)
        {
            driver.append(end + i, LENGTH);
        }

        driver.awaitDurable(end + SEGMENTS);
        storage.close();
    }

    /** Those being made count as well; their files come and go meanwhile. */
    private static int segments(final RealStorage storage)
    {
        return storage.layout().segments().toFile().list().length;
    }

    private static Path larger(final RealStorage storage)
    {
        return storage.layout().logHome().resolve("manifest.tmp");
    }
}
