/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CatchUp;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.CatchUpDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * When the journal fails, its threads end at once. The engine may still look at its reads until it learns of the
 * failure.
 */
class ReadsOfAFailedJournalTest
{
    private static final int LAST = 100;

    /** Length of a record. All records together are longer than what is read ahead. */
    private static final int LENGTH = 20_000;

    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);
    private final CatchUpDriver leader = new CatchUpDriver(storage, driver);

    @AfterEach
    void end()
    {
        storage.failures.clear();
        storage.close();
    }

    @Test
    void shouldFailWithTheJournalAndHarmNobodyWhoLooksAtThem()
    {
        final Set<Thread> others = bulkThreads();
        storage.open();
        driver.start();
        for (int zxid = 1; zxid <= LAST; zxid++)
        {
            driver.append(zxid, LENGTH);
        }
        driver.awaitDurable(LAST);
        final CatchUp catchUp = storage.catchUp();
        assertTrue(catchUp.openLog(1, 0, LAST));
        leader.await("first records", () -> !leader.read(1).zxids.isEmpty());

        storage.fileSystem.failForce(file -> file.toString().endsWith(".cq4"));
        driver.append(LAST + 1, 100);
        driver.await("failure", () -> !storage.failures.isEmpty());
        storage.opened().purge(3);
        driver.await("end of the bulk thread", () -> others.containsAll(bulkThreads()));
        assertTrue(catchUp.openLog(2, 0, LAST));
        assertFalse(leader.read(1).hasFailed);
        leader.awaitFailure(1);

        assertTrue(leader.read(1).zxids.size() < LAST, "nothing was left to be read");
        assertEquals(1, storage.failures.size());
    }

    private static Set<Thread> bulkThreads()
    {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> "caracal-bulk".equals(thread.getName()))
            .collect(Collectors.toSet());
    }
}
