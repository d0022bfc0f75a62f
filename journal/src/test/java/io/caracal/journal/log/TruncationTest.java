/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TruncationTest
{
    private static final long EPOCH = 1L << 32;

    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);
    private final List<Long> history = new ArrayList<>();

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldForgetTheTailOfTheCurrentSegment()
    {
        start();
        append(EPOCH + 1, EPOCH + 500, 1000);
        truncate(EPOCH + 450);
        append(2 * EPOCH + 1, 2 * EPOCH + 10, 1000);
        checkAfterReopen();
    }

    @Test
    void shouldForgetWholeSegments()
    {
        start();
        append(EPOCH + 1, EPOCH + 90, 100_000);
        assertTrue(storage.segmentFiles().size() > 3);
        truncate(EPOCH + 7);
        append(2 * EPOCH + 1, 2 * EPOCH + 2, 1000);
        checkAfterReopen();
    }

    @Test
    void shouldForgetEverything()
    {
        start();
        append(EPOCH + 1, EPOCH + 50, 100_000);
        truncate(0);
        append(2 * EPOCH + 1, 2 * EPOCH + 2, 1000);
        checkAfterReopen();
    }

    @Test
    void shouldForgetWhatAnEarlierProcessWrote()
    {
        start();
        append(EPOCH + 1, EPOCH + 50, 1000);
        storage.shutDown();
        start();
        truncate(EPOCH + 20);
        checkAfterReopen();
    }

    @Test
    void shouldLeaveAHistoryThatEndsEarlier()
    {
        start();
        append(EPOCH + 1, EPOCH + 5, 1000);
        truncate(EPOCH + 5);
        truncate(EPOCH + 9);
        append(2 * EPOCH + 1, 2 * EPOCH + 2, 1000);
        checkAfterReopen();
    }

    @Test
    void shouldRefuseAppendsMeanwhile()
    {
        start();
        append(EPOCH + 1, EPOCH + 5, 1000);
        storage.holdForces();
        assertTrue(storage.opened().chronicleJournal().truncate(EPOCH + 3));
        assertTrue(storage.opened().chronicleJournal().isTruncating());
        assertFalse(driver.tryAppend(2 * EPOCH, 100));
        storage.releaseForces();
        awaitTruncated(EPOCH + 3);
        append(2 * EPOCH, 2 * EPOCH, 100);
        checkAfterReopen();
    }

    private void start()
    {
        storage.open();
        driver.start();
    }

    private void append(final long first, final long last, final int length)
    {
        for (long zxid = first; zxid <= last; zxid++)
        {
            driver.append(zxid, length);
            history.add(zxid);
        }

        driver.awaitDurable(last);
    }

    private void truncate(final long zxid)
    {
        driver.await("truncation", () -> storage.opened().chronicleJournal().truncate(zxid));
        awaitTruncated(zxid);
    }

    private void awaitTruncated(final long zxid)
    {
        driver.await("end of truncation", () ->
        {
            driver.poll();
            return !storage.opened().chronicleJournal().isTruncating();
        });
        history.removeIf(old -> old > zxid);
        driver.durableZxid = Math.min(driver.durableZxid, zxid);
    }

    private void checkAfterReopen()
    {
        storage.shutDown();
        start();
        assertEquals(history, driver.replayed);
    }
}
