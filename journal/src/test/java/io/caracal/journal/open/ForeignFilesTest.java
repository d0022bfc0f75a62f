/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.testing.CrashImage;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests files that somebody has put or left there. A start that is refused removes nothing. */
class ForeignFilesTest
{
    private static final int LENGTH = 150_000;

    private final RealStorage storage = smallSegments();
    private final StorageDriver driver = new StorageDriver(storage);

    @TempDir
    private Path directory;

    @AfterEach
    void end()
    {
        storage.close();
    }

    private static RealStorage smallSegments()
    {
        return RealStorage.fresh(context -> context.segmentLength(1 << 20).recordLengthMax(200_000));
    }

    @Test
    void shouldRemoveNothingWhereTheManifestIsThatOfAnotherServer() throws IOException
    {
        storage.open();
        driver.start();
        append(driver, 8);
        driver.snapshot(3, 5);
        storage.shutDown();
        final Path own = directory.resolve("manifest");
        Files.move(storage.layout().manifest(), own);
        copyManifestOfAnother(storage.layout().manifest());

        storage.open();
        assertThrows(CorruptionException.class, driver::start);
        storage.shutDown();

        Files.delete(storage.layout().manifest());
        Files.move(own, storage.layout().manifest());
        storage.open();
        driver.start();
        assertEquals(3, driver.loadedZxid);
        assertEquals(8, driver.replayEnd);
    }

    @Test
    void shouldRefuseAFileThatHoldsWhatBelongsInAnother() throws IOException
    {
        storage.open();
        driver.start();
        append(driver, 8);
        storage.epochStore().store(1, 1, 1);
        storage.shutDown();
        final Path manifest = storage.layout().manifest();
        final Path epochs = storage.layout().epochs();

        assertRefusedWith(manifest, epochs);
        assertRefusedWith(epochs, manifest);

        storage.open();
        driver.start();
        assertEquals(8, driver.replayEnd);
    }

    /** Puts the contents of another file into a file, for one start. */
    private void assertRefusedWith(final Path file, final Path other) throws IOException
    {
        final Path own = directory.resolve(file.getFileName());
        Files.copy(file, own);
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);

        final CorruptionException refused = assertThrows(CorruptionException.class, storage::open);
        assertTrue(refused.getMessage().startsWith(file + ", offset 0: holds what belongs in another file"),
            refused.getMessage());

        Files.move(own, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** With two faults at once, the rest of the segment must stay for somebody to look at. */
    @Test
    void shouldRemoveNoSegmentOfALostManifestThoughItsFirstRecordIsDamaged() throws IOException
    {
        storage.open();
        driver.start();
        append(driver, 2);
        storage.shutDown();
        final List<Path> files = storage.segmentFiles();
        storage.damageRecord(1);
        Files.delete(storage.layout().manifest());

        final CorruptionException refused = assertThrows(CorruptionException.class, storage::open);
        assertTrue(refused.getMessage().contains("which holds records"), refused.getMessage());
        assertEquals(files, storage.segmentFiles());
    }

    /** Somebody made the copies before trying something. */
    @Test
    void shouldLeaveCopiesAlone() throws IOException
    {
        storage.open();
        driver.start();
        append(driver, 8);
        driver.snapshot(3, 5);
        storage.shutDown();
        final List<Path> copies = new ArrayList<>();
        for (final Path original : List.of(storage.layout().manifest(), storage.layout().epochs(),
            storage.snapshotPath(3), storage.segmentFiles().get(0).getParent(), storage.segmentFiles().get(0)))
        {
            final Path copy = original.resolveSibling(original.getFileName() + ".bak");
            CrashImage.copy(original, copy);
            copies.add(copy);
        }

        storage.open();
        driver.start();
        assertEquals(3, driver.loadedZxid);
        assertEquals(8, driver.replayEnd);
        storage.shutDown();
        copies.forEach(copy -> assertTrue(Files.exists(copy), copy::toString));
    }

    @Test
    void shouldFollowALinkToItsSegmentsAndSayWhereItLeadsNowhere() throws IOException
    {
        storage.open();
        driver.start();
        append(driver, 8);
        storage.shutDown();
        final Path segments = storage.layout().segments();
        final Path moved = directory.resolve("moved");
        Files.move(segments, moved);
        Files.createSymbolicLink(segments, moved);
        storage.open();
        driver.start();
        assertEquals(8, driver.replayEnd);
        storage.shutDown();

        Files.delete(segments);
        Files.createSymbolicLink(segments, directory.resolve("not-mounted"));
        final UncheckedIOException refused = assertThrows(UncheckedIOException.class, storage::open);
        assertTrue(refused.getMessage().endsWith(segments + " is no directory, nor a link to one that is there"),
            refused.getMessage());
    }

    /** The other server's log has gone further, and begins later. */
    private static void copyManifestOfAnother(final Path target) throws IOException
    {
        try (RealStorage other = smallSegments())
        {
            final StorageDriver writer = new StorageDriver(other);
            other.open();
            writer.start();
            append(writer, 30);
            for (int zxid = 20; zxid <= 22; zxid++)
            {
                writer.snapshot(zxid, 5);
            }
            other.journal().release(22);
            other.purge(3);
            assertTrue(other.catchUp().firstZxid() > 3);
            other.shutDown();
            Files.copy(other.layout().manifest(), target);
        }
    }

    private static void append(final StorageDriver writer, final int last)
    {
        for (int zxid = 1; zxid <= last; zxid++)
        {
            writer.append(zxid, LENGTH);
        }
        writer.awaitDurable(last);
    }
}
