/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CatchUp;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.CatchUpDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which part of the log is no longer offered to learners, because a read found out that it cannot be read. */
class UnreadableHistoryTest
{
    private static final int LENGTH = 20_000;
    private static final long SOON_MS = 100;

    private RealStorage storage;
    private StorageDriver driver;
    private CatchUpDriver leader;

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldNotOfferASegmentThatIsGone() throws IOException
    {
        start(RealStorage.fresh());
        append(1, 50);
        storage.shutDown();
        storage.open();
        driver.start();
        append(51, 60);
        Files.delete(storage.segmentFiles().get(0));
        assertTrue(catchUp().openLog(1, 0, 60));
        leader.awaitFailure(1);
        driver.snapshot(55, 5);

        assertEquals(50, catchUp().firstZxid());
        assertTrue(catchUp().openLog(2, 50, 60));
        assertEquals(10, leader.awaitEnd(2).zxids.size());
    }

    /** Otherwise no snapshot would ever be late enough on a server that is written to all the time. */
    @Test
    void shouldNotTakeTheSameDamageForALaterOneWhenTheLogHasGrown()
    {
        start(RealStorage.fresh());
        append(1, 50);
        storage.damageRecord(30);
        assertTrue(catchUp().openLog(1, 0, 50));
        leader.awaitFailure(1);
        append(51, 60);
        assertTrue(catchUp().openLog(2, 0, 60));
        leader.awaitFailure(2);
        driver.snapshot(55, 5);

        assertEquals(50, catchUp().firstZxid());
    }

    @Test
    void shouldOfferWhatALearnerDidNotTakeInTime()
    {
        start(RealStorage.fresh(context -> context.catchUpStallMs(SOON_MS)));
        append(1, 50);
        leader.read(1).refusals = Integer.MAX_VALUE;
        assertTrue(catchUp().openLog(1, 0, 50));
        leader.awaitFailure(1);
        driver.snapshot(50, 5);

        assertEquals(0, catchUp().firstZxid());
    }

    private void start(final RealStorage fresh)
    {
        storage = fresh;
        driver = new StorageDriver(storage);
        leader = new CatchUpDriver(storage, driver);
        storage.open();
        driver.start();
    }

    private CatchUp catchUp()
    {
        return storage.catchUp();
    }

    private void append(final long first, final long last)
    {
        for (long zxid = first; zxid <= last; zxid++)
        {
            driver.append(zxid, LENGTH);
        }
        driver.awaitDurable(last);
    }
}
