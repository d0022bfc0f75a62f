/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.TwoSlotFile;
import io.caracal.journal.testing.ForgetfulDisk;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A force failed, and the server ended, as it should. What it wrote is still in the system's memory. The next start
 * reads and reports it, and must not lose it in a power cut.
 */
class FailedForceTest
{
    private static final int LENGTH = 100;

    @TempDir
    private Path directory;

    private ForgetfulDisk disk;
    private RealStorage storage;
    private StorageDriver driver;

    @BeforeEach
    void begin() throws IOException
    {
        disk = new ForgetfulDisk(Files.createDirectory(directory.resolve("device")));
        storage = RealStorage.fresh(context -> context.fileSystem(disk));
        storage.open();
        driver = new StorageDriver(storage);
        driver.start();
        driver.appendDurably(1, LENGTH);
    }

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldNotTellARecordThatAPowerCutStillTakesAway() throws IOException
    {
        failForceOf(".cq4");
        driver.append(2, LENGTH);
        endWithFailure();

        storage.open();
        driver = new StorageDriver(storage);
        driver.start();
        final long told = driver.replayEnd;
        assertEquals(2, told, "as it is in memory");
        checkAfterPowerCut(image ->
        {
            final StorageDriver reader = new StorageDriver(image);
            reader.start();
            assertEquals(told, reader.replayEnd);
        });
    }

    /** Writes many records, some of which take several chunks, with successful forces between them. */
    @Test
    void shouldKeepEveryRecordThatAStartTold() throws IOException
    {
        long zxid = 1;
        for (int i = 0; i < 5; i++)
        {
            driver.append(++zxid, LENGTH);
            driver.append(++zxid, 300_000);
            driver.awaitDurable(zxid);
        }
        failForceOf(".cq4");
        driver.append(++zxid, LENGTH);
        endWithFailure();

        storage.open();
        driver = new StorageDriver(storage);
        driver.start();
        final long told = driver.replayEnd;
        driver.appendDurably(told + 1, LENGTH);
        checkAfterPowerCut(image ->
        {
            final StorageDriver reader = new StorageDriver(image);
            reader.start();
            assertEquals(told + 1, reader.replayEnd);
        });
    }

    @Test
    void shouldNotTellAnEpochThatAPowerCutStillTakesAway() throws IOException
    {
        failForceOf("epochs");
        storage.epochStore().store(7, 1, 1);
        endWithFailure();

        storage.open();
        final long told = storage.epochStore().acceptedEpoch();
        assertEquals(7, told, "as it is in memory");
        checkAfterPowerCut(image ->
        {
            assertEquals(told, image.epochStore().acceptedEpoch());
        });
    }

    /** Data with a number beside a log without one are refused, so the log's number must survive. */
    @Test
    void shouldNotRefuseALogWhoseNumberAPowerCutTookAway() throws IOException
    {
        final Path data = directory.resolve("data");
        final Path log = data.resolve("log");
        try (RealStorage apart = new RealStorage(data, context -> context.fileSystem(disk).dataLogDir(log)))
        {
            final StorageDriver first = new StorageDriver(apart);
            final Path pair = DataLayout.pair(apart.layout().logHome());
            disk.failForce(file -> file.equals(pair) && isWritten(pair));
            apart.open();
            assertThrows(UncheckedIOException.class, first::start);
            apart.shutDown();
            disk.failForce(file -> false);

            apart.open();
            first.start();
            apart.shutDown();
            disk.writeTo(data, directory.resolve("left"));
        }

        final Path left = directory.resolve("left");
        try (RealStorage image = new RealStorage(left, context -> context.dataLogDir(left.resolve("log"))))
        {
            image.open();
            new StorageDriver(image).start();
        }
    }

    private static boolean isWritten(final Path file)
    {
        try
        {
            return TwoSlotFile.read(file) != null;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Fails forces of the journal thread only, because the bulk thread may be preparing the next segment. */
    private void failForceOf(final String end)
    {
        disk.failForce(file -> file.toString().endsWith(end) && "caracal-journal".equals(Thread.currentThread()
            .getName()));
    }

    private void endWithFailure()
    {
        driver.await("failure", () -> !storage.failures.isEmpty());
        storage.opened().close();
        storage.failures.clear();
        disk.failForce(file -> false);
    }

    private void checkAfterPowerCut(final Consumer<RealStorage> check) throws IOException
    {
        final Path left = directory.resolve("left");
        storage.shutDown();
        disk.writeTo(storage.directory(), left);
        try (RealStorage image = new RealStorage(left, UnaryOperator.identity()))
        {
            image.open();
            check.accept(image);
        }
    }
}
