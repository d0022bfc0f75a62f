/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.testing.CrashImage;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests what a power cut leaves of real journal files. A kill never loses the page cache, so this mixes, page by page,
 * the state at the last force with the present one, and opens the mixture with the real adapter.
 */
class CrashImageTest
{
    /** Length of a record. Several of these fit into the ring of the journal. */
    private static final int SHORT = 20_000;
    private static final int ROUNDS = 3;
    private static final int MIXES_PER_ROUND = 6;
    private static final int FLIPS = 16;

    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);
    private final Path images = newDirectory();

    @AfterEach
    void end()
    {
        storage.close();
        RealStorage.delete(images);
    }

    @Test
    void shouldLoseNothingThatWasDurableAtAPowerCut() throws IOException
    {
        final SplittableRandom random = new SplittableRandom(20260101);
        storage.open();
        driver.start();
        long zxid = 0;
        int torn = 0;

        for (int round = 0; round < ROUNDS; round++)
        {
            zxid = appendDurable(zxid, random.nextInt(1, 60), random);
            final long durable = zxid + 1;
            final Path forced = images.resolve("forced");
            zxid = appendUnforced(zxid, random.nextInt(1, 30), forced, random);
            final Path now = images.resolve("now");
            CrashImage.copy(storage.directory(), now);
            storage.releaseForces();
            driver.awaitDurable(zxid);

            for (int i = 0; i < MIXES_PER_ROUND; i++)
            {
                final Path mixed = images.resolve("mixed");
                CrashImage.mix(forced, now, mixed, random);
                torn += checkReplay(mixed, durable, zxid, "round " + round + ", mixture " + i) < zxid ? 1 : 0;
                RealStorage.delete(mixed);
            }

            RealStorage.delete(forced);
            RealStorage.delete(now);
        }

        assertTrue(torn > 0, "no mixture lost anything: it proves nothing");
    }

    @Test
    void shouldLoseNothingAcrossARotation() throws IOException
    {
        final SplittableRandom random = new SplittableRandom(77);
        storage.open();
        driver.start();
        long zxid = 0;
        while (zxid < 26)
        {
            driver.append(++zxid, 100_000);
        }

        driver.awaitDurable(zxid);
        final Path forced = images.resolve("forced");
        CrashImage.copy(storage.directory(), forced);
        final long durable = zxid;
        while (storage.segmentFiles().size() < 3)
        {
            driver.appendDurably(++zxid, 100_000);
        }

        final long durableNow = zxid + 1;
        zxid = appendUnforced(zxid, 5, images.resolve("ignored"), random);
        final Path now = images.resolve("now");
        CrashImage.copy(storage.directory(), now);
        storage.releaseForces();
        driver.awaitDurable(zxid);
        checkReplay(now, durableNow, zxid, "now");
        checkReplay(forced, durable, durable, "forced");
    }

    /** The worst power cut after a rotation: of a full segment, only what its own forces wrote remains. */
    @Test
    void shouldForceASegmentBeforeTheNextOneCounts() throws IOException
    {
        final Path forced = images.resolve("forced");
        Files.createDirectories(forced);
        storage.fileSystem.afterForce(file -> CrashImage.copy(file, forced.resolve(file.getParent().getFileName())));
        storage.open();
        driver.start();
        long zxid = 0;
        while (storage.segmentFiles().size() < 4)
        {
            zxid = appendInTwoBatches(zxid, 7);
            driver.awaitDurable(zxid);
        }

        storage.fileSystem.afterForce(file ->
        {
        });
        final Path cut = images.resolve("cut");
        CrashImage.copy(storage.directory(), cut);
        for (final Path file : segmentFiles(cut))
        {
            final Path lastForced = forced.resolve(file.getParent().getFileName());
            if (Files.exists(lastForced))
            {
                Files.copy(lastForced, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        checkReplay(cut, zxid, zxid, "power cut");
    }

    /** The first record is forced alone. The others arrive during that force, and share one force. */
    private long appendInTwoBatches(final long lastZxid, final int count)
    {
        final long forces = storage.fileSystem.journalForces.get();
        storage.holdForces();
        driver.append(lastZxid + 1, SHORT);
        driver.await("the first force", () -> storage.fileSystem.journalForces.get() > forces);
        for (int i = 2; i <= count; i++)
        {
            driver.append(lastZxid + i, SHORT);
        }
        storage.releaseForces();

        return lastZxid + count;
    }

    @Test
    void shouldKeepOrRefuseWhatWasDurableWhenABitFlips() throws IOException
    {
        final SplittableRandom random = new SplittableRandom(4242);
        final Path clean = cleanImage(random);
        final Path damaged = images.resolve("damaged");
        int refusals = 0;

        for (int i = 0; i < FLIPS; i++)
        {
            CrashImage.copy(clean, damaged);
            final List<Path> files = segmentFiles(damaged);
            final Path file = files.get(random.nextInt(files.size()));
            RealStorage.flipByte(file, random.nextLong(Math.min(Files.size(file), 200_000)));
            refusals += keepsAllOrRefuses(damaged, "flip " + i) ? 0 : 1;
            RealStorage.delete(damaged);
        }

        assertTrue(refusals > 0, "no flip met a record");
    }

    @Test
    void shouldKeepOrRefuseWhatWasDurableWhenAFileIsCutShort() throws IOException
    {
        final SplittableRandom random = new SplittableRandom(99);
        final Path clean = cleanImage(random);
        final Path damaged = images.resolve("damaged");
        int refusals = 0;

        for (int i = 0; i < FLIPS / 2; i++)
        {
            CrashImage.copy(clean, damaged);
            final List<Path> files = segmentFiles(damaged);
            final Path file = files.get(random.nextInt(files.size()));
            try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw"))
            {
                access.setLength(random.nextLong(access.length()));
            }

            refusals += keepsAllOrRefuses(damaged, "cut " + i) ? 0 : 1;
            RealStorage.delete(damaged);
        }

        assertTrue(refusals > 0, "no cut met a record");
    }

    /** An image of two segments, both complete, with last zxid 120. */
    private Path cleanImage(final SplittableRandom random) throws IOException
    {
        for (int i = 0; i < 2; i++)
        {
            storage.open();
            driver.start();
            appendDurable(i * 60L, 60, random);
            storage.shutDown();
        }

        final Path clean = images.resolve("clean");
        CrashImage.copy(storage.directory(), clean);
        assertTrue(keepsAllOrRefuses(copyOf(clean), "clean"));
        return clean;
    }

    private Path copyOf(final Path image)
    {
        final Path copy = images.resolve("copy");
        CrashImage.copy(image, copy);
        return copy;
    }

    private static boolean keepsAllOrRefuses(final Path image, final String what)
    {
        final RealStorage other = new RealStorage(image, context -> context);
        final StorageDriver reader = new StorageDriver(other);
        try
        {
            other.open();
            reader.start();
            assertEquals(LongStream.rangeClosed(1, 120).boxed().toList(), reader.replayed, what);
            return true;
        }
        catch (final CorruptionException ex)
        {
            assertTrue(ex.getMessage().contains(", offset "), ex.getMessage());
            return false;
        }
        finally
        {
            other.shutDown();
        }
    }

    private static long checkReplay(final Path image, final long durable, final long last, final String what)
    {
        final RealStorage other = new RealStorage(image, context -> context);
        final StorageDriver reader = new StorageDriver(other);
        try
        {
            other.open();
            reader.start();
            assertTrue(reader.replayEnd >= durable, what + ": ends at " + reader.replayEnd + ", durable " + durable);
            assertTrue(reader.replayEnd <= last, what + ": ends at " + reader.replayEnd + ", last " + last);
            assertEquals(LongStream.rangeClosed(1, reader.replayEnd).boxed().toList(), reader.replayed, what);
            final long end = reader.replayEnd;
            reader.appendDurably(end + 1, 100);
            return end;
        }
        finally
        {
            other.shutDown();
        }
    }

    private long appendDurable(final long after, final int count, final SplittableRandom random)
    {
        long zxid = after;
        for (int i = 0; i < count; i++)
        {
            driver.append(++zxid, random.nextInt(1, 8000));
        }

        driver.awaitDurable(zxid);
        return zxid;
    }

    /**
     * Appends one record that becomes durable, and takes the first image right after the force that made it so. Then
     * appends others that are in the segment when the next force begins, which is held.
     */
    private long appendUnforced(final long after, final int count, final Path forced, final SplittableRandom random)
    {
        storage.holdForces();
        final long before = storage.fileSystem.journalForces.get();
        long zxid = after + 1;
        driver.append(zxid, random.nextInt(1, 4000));
        driver.await("held force", () -> storage.fileSystem.journalForces.get() > before);
        for (int i = 0; i < count; i++)
        {
            driver.append(++zxid, random.nextInt(1, 4000));
        }

        driver.poll();
        assertTrue(driver.durableZxid <= after, "told before the force has ended: " + driver.durableZxid);
        storage.fileSystem.afterForce(file -> CrashImage.copy(storage.directory(), forced));
        storage.fileSystem.letOneForcePass();
        driver.await("held force of the rest", () -> storage.fileSystem.journalForces.get() > before + 1);
        storage.fileSystem.afterForce(file ->
        {
        });

        return zxid;
    }

    private static List<Path> segmentFiles(final Path image) throws IOException
    {
        return CrashImage.files(image).stream().filter(file -> file.toString().endsWith(".cq4")).toList();
    }

    private static Path newDirectory()
    {
        try
        {
            return Files.createTempDirectory("caracal-images");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
