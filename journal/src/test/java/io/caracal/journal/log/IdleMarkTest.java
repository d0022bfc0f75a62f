/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.testing.CrashImage;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A log that goes idle records in itself how much of it was durable. After that, the journal's thread does nothing. */
class IdleMarkTest
{
    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldProveTheLastRecordOfAnIdleLogDurable() throws IOException
    {
        storage.open();
        driver.start();
        driver.append(1, 1000);
        driver.appendDurably(2, 1000);
        final Path file = storage.segmentFiles().get(0);
        // Where the last record lies depends on the machine: if it pauses between the two, a mark lies between them.
        final long mark = RecordPlaces.positionOf(file, 2) + 4 + 64 + 1000;
        driver.await("mark", () -> wordAt(file, mark) == RecordFrame.CHUNK_HEADER_LENGTH);

        final Path image = Files.createTempDirectory("caracal-image");
        CrashImage.copy(storage.directory(), image);
        final RealStorage copy = new RealStorage(image, context -> context);
        try
        {
            RealStorage.flipByte(copy.segmentFiles().get(0), mark - 100);
            copy.open();
            final StorageDriver reader = new StorageDriver(copy);
            assertThrows(CorruptionException.class, reader::start);
        }
        finally
        {
            copy.close();
        }

        restart();
        assertEquals(2, driver.replayed.size());
        driver.appendDurably(3, 1000);
        restart();
        assertEquals(3, driver.replayed.size());
    }

    private void restart()
    {
        storage.shutDown();
        storage.open();
        driver.start();
    }

    @Test
    void shouldSleepUntilWokenWhenIdle()
    {
        storage.open();
        driver.start();
        final var duty = ((ChronicleJournal)storage.opened().journal()).journalDuty();

        assertEquals(Duty.UNTIL_WOKEN, duty.idleNs());
        assertTrue(storage.failures.isEmpty());
    }

    private static int wordAt(final Path file, final long position)
    {
        try (FileChannel channel = FileChannel.open(file))
        {
            final ByteBuffer word = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(word, position);
            return word.getInt(0);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
