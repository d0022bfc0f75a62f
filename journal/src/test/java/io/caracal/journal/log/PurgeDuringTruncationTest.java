/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two threads change the manifest: one drops the first segments while the other is about to truncate the last ones. */
class PurgeDuringTruncationTest
{
    private static final int LENGTH = 150_000;
    private static final int LAST = 16;
    private static final int CUT = 14;

    private final RealStorage storage =
        RealStorage.fresh(context -> context.segmentLength(1 << 20).recordLengthMax(200_000));
    private final StorageDriver driver = new StorageDriver(storage);
    private final AtomicBoolean isPurging = new AtomicBoolean();

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldCutTheSegmentThatWasMeant()
    {
        storage.open();
        driver.start();
        for (int zxid = 1; zxid <= LAST; zxid++)
        {
            driver.append(zxid, LENGTH);
        }
        driver.awaitDurable(LAST);
        for (int zxid = 10; zxid <= 12; zxid++)
        {
            driver.snapshot(zxid, 3);
        }
        storage.journal().release(12);
        storage.fileSystem.beforeChange(this::holdPurge);
        storage.opened().purge(3);
        driver.await("begin of the purge", isPurging::get);
        driver.truncate(CUT);
        assertTrue(storage.catchUp().firstZxid() > 0, "nothing was forgotten");
        storage.shutDown();

        storage.open();
        driver.start();
        assertEquals(12, driver.loadedZxid);
        assertEquals(List.of(13L, 14L), driver.replayed);
        driver.appendDurably(LAST, LENGTH);
    }

    /** The bulk thread holds the manifest until the journal thread waits for it, having looked at it before. */
    private void holdPurge(final String call, final Path file)
    {
        if ("write".equals(call) && file.endsWith("manifest") && isPurging.compareAndSet(false, true))
        {
            driver.await("truncation beside the purge", PurgeDuringTruncationTest::isJournalThreadBlocked);
        }
    }

    private static boolean isJournalThreadBlocked()
    {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(
            thread -> "caracal-journal".equals(thread.getName()) && thread.getState() == Thread.State.BLOCKED);
    }
}
