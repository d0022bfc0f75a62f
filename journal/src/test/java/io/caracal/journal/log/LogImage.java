/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.testing.CrashImage;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** A log that is written, and a copy of what a kill would leave of it. Tests damage the copy and start from it. */
final class LogImage implements AutoCloseable
{
    /** Length of each record that is appended here. */
    static final int LENGTH = 1000;

    final RealStorage storage = RealStorage.fresh();
    final StorageDriver driver = new StorageDriver(storage);
    private RealStorage copy;

    void start()
    {
        storage.open();
        driver.start();
    }

    /** Shuts down properly and starts again, with a new segment. */
    void restart()
    {
        storage.shutDown();
        start();
    }

    /** Appends the records from the first to the last zxid, durably. */
    void append(final long first, final long last)
    {
        for (long zxid = first; zxid <= last; zxid++)
        {
            driver.append(zxid, LENGTH);
        }

        driver.awaitDurable(last);
    }

    /**
     * Takes a copy of what a kill would leave before the log goes idle: there is no mark after the last record. Called
     * once; closed with this instance.
     */
    RealStorage take() throws IOException
    {
        final Path directory = Files.createTempDirectory("caracal-image");
        CrashImage.copy(storage.directory(), directory);
        copy = new RealStorage(directory, context -> context);
        for (final Path file : copy.segmentFiles())
        {
            RecordPlaces.eraseLastMark(file);
        }

        return copy;
    }

    /** Returns the records that a start from the copy finds. */
    List<Long> replay()
    {
        copy.open();
        final StorageDriver second = new StorageDriver(copy);
        second.start();

        return second.replayed;
    }

    /** Returns the message with which a start from the copy is refused. */
    String refusal()
    {
        copy.open();
        final StorageDriver second = new StorageDriver(copy);

        return assertThrows(CorruptionException.class, second::start).getMessage();
    }

    void assertRefused(final String reason)
    {
        final String message = refusal();
        assertTrue(message.contains(reason), message);
    }

    static List<Long> range(final long first, final long last)
    {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Override
    public void close()
    {
        storage.close();
        if (copy != null)
        {
            copy.close();
        }
    }
}
