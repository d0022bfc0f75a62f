/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.log.LogReader.Step;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a reader while the log changes around its position. */
class LogReaderTest
{
    private static final int LAST = 180;
    private static final int LENGTH = 100_000;

    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);

    @BeforeEach
    void start()
    {
        storage.open();
        driver.start();
        for (int zxid = 1; zxid <= LAST; zxid++)
        {
            driver.append(zxid, LENGTH);
            if (zxid % 30 == 0)
            {
                driver.awaitDurable(zxid);
                driver.snapshot(zxid, 3);
            }
        }
    }

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldGoOnWhenASegmentIsPurgedAtWhoseEndItStands() throws IOException
    {
        final long first = firstOfSecondSegment();
        try (LogReader reader = ((ChronicleJournal)storage.opened().journal()).reader(0))
        {
            readUpTo(reader, first - 1);
            storage.journal().release(first - 1);
            storage.purge(3);
            assertEquals(first - 1, storage.catchUp().firstZxid());

            readUpTo(reader, LAST);
            assertEquals(Step.WAITS, reader.step());
        }
    }

    @Test
    void shouldFailWhenASegmentIsPurgedThatItHasNotRead() throws IOException
    {
        final long first = firstOfSecondSegment();
        try (LogReader reader = ((ChronicleJournal)storage.opened().journal()).reader(0))
        {
            storage.journal().release(first - 1);
            storage.purge(3);

            assertThrows(IOException.class, reader::step);
        }
    }

    /** One flipped bit makes the excerpt look like one of Chronicle's own, which are stepped over. */
    @Test
    void shouldNotLeaveOutTheFirstRecordOfASegment() throws IOException
    {
        shouldFindDamage(1, 0x40);
    }

    @Test
    void shouldNotLeaveOutWhatFollowsInASegment() throws IOException
    {
        shouldFindDamage(5, 0x7F);
    }

    private void shouldFindDamage(final long zxid, final int topOfLength) throws IOException
    {
        final Path file = storage.segmentFiles().get(0);
        final long damaged = RecordPlaces.positionOf(file, zxid);
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw"))
        {
            access.seek(damaged + Integer.BYTES - 1);
            access.write(topOfLength);
        }

        try (LogReader reader = ((ChronicleJournal)storage.opened().journal()).reader(0))
        {
            final CorruptionException found = assertThrows(CorruptionException.class, () -> readUpTo(reader, LAST));
            assertTrue(found.getMessage().contains("offset " + damaged + ": no valid record after zxid 0x" +
                Long.toHexString(zxid - 1)), found.getMessage());
        }
    }

    private long firstOfSecondSegment()
    {
        final Path second = storage.segmentFiles().get(1);
        long zxid = 1;
        while (RecordPlaces.positionOf(second, zxid) < 0)
        {
            zxid++;
            assertTrue(zxid < LAST, "one segment holds everything");
        }

        return zxid;
    }

    private static void readUpTo(final LogReader reader, final long last) throws IOException
    {
        Step step = Step.PASSED;
        while (step != Step.RECORD || reader.zxid() < last)
        {
            step = reader.step();
            assertTrue(step != Step.WAITS, "waits after " + reader.zxid());
        }
    }
}
