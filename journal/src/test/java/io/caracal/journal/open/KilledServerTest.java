/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.ChildProcess;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Kills a process with kill -9 in the middle of appends, snapshots and rotations. What was reported as durable must be
 * there afterwards.
 */
class KilledServerTest
{
    private static final int KILLS = 3;

    private final RealStorage storage = RealStorage.fresh();

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldKeepWhatWasDurableThroughKills() throws InterruptedException
    {
        final SplittableRandom random = new SplittableRandom(31);
        long durable = 0;

        for (int i = 0; i < KILLS; i++)
        {
            durable = killWhileAppending(durable, random.nextInt(1, 1500));
            assertTrue(reopened() >= durable);
        }
    }

    private long killWhileAppending(final long before, final int count) throws InterruptedException
    {
        try (ChildProcess child = new ChildProcess(List.of(), KilledServerMain.class, storage.directory().toString()))
        {
            assertTrue(Long.parseLong(child.await("replayed ")) >= before);
            long durable = before;
            while (durable < before + count)
            {
                durable = Long.parseLong(child.await("durable "));
            }

            child.kill();
            for (final String line : child.rest())
            {
                assertTrue(line.startsWith("durable "), line);
                durable = Long.parseLong(line.substring("durable ".length()));
            }

            return durable;
        }
    }

    /** Opens the journal again, and checks order and bytes of every record. */
    private long reopened()
    {
        storage.open();
        final StorageDriver driver = new StorageDriver(storage);
        driver.start();
        final long expected = driver.replayEnd - driver.loadedZxid;
        assertEquals(expected, driver.replayed.size());
        storage.shutDown();
        return driver.replayEnd;
    }
}
