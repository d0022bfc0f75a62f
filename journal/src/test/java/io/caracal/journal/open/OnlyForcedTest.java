/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.ForcedImage;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Cuts off the life of a server before each force, by a power cut that leaves only what was forced. Before the force of
 * a directory, also by one that leaves the directory's present names, but only the forced contents.
 */
class OnlyForcedTest
{
    private static final int LENGTH = 100;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<Image> images = new ArrayList<>();
    private Path directory;
    private ForcedImage forced;

    private record Image(String next, Path path, int firstPromise, int lastPromise)
    {
    }

    @BeforeEach
    void begin() throws IOException
    {
        directory = Files.createTempDirectory("caracal-forced");
    }

    @AfterEach
    void end()
    {
        RealStorage.delete(directory);
    }

    @Test
    void shouldKeepWhatItToldWhenOnlyWhatWasForcedSurvives() throws IOException
    {
        try (ServerLife life = new ServerLife(RealStorage.snapshotOfAnother(ServerLife.RECEIVED)))
        {
            final Path contents = Files.createDirectory(directory.resolve("contents"));
            forced = new ForcedImage(life.storage.directory(), contents);
            life.storage.fileSystem.afterChange(forced::onCall);
            life.storage.fileSystem.beforeChange((call, path) -> take(life, call + " " + path.getFileName()));
            life.live();
            for (final Image image : images)
            {
                check(life, image);
            }
        }
    }

    /**
     * Opens a log and appends two records. The first is durable. The journal thread has forced the second, and then
     * waits, so that all that comes meanwhile is one batch.
     */
    private StorageDriver heldInAForce(final RealStorage storage, final Runnable wait) throws IOException
    {
        final CountDownLatch isForced = new CountDownLatch(1);
        forced = new ForcedImage(storage.directory(), Files.createDirectory(directory.resolve("contents")));
        storage.fileSystem.afterChange(forced::onCall);
        storage.open();
        final StorageDriver driver = new StorageDriver(storage);
        driver.start();
        driver.appendDurably(1, LENGTH);
        storage.fileSystem.afterForce(file ->
        {
            isForced.countDown();
            wait.run();
        });
        driver.append(2, LENGTH);
        driver.await("force", () ->
        {
            driver.poll();
            return isForced.getCount() == 0;
        });

        return driver;
    }

    /** A truncation may come in the same batch as the records before it, which no force has covered then. */
    @Test
    void shouldKeepWhatATruncationLeavesWhenOnlyWhatWasForcedSurvives() throws IOException
    {
        final CountDownLatch isBatched = new CountDownLatch(1);

        try (RealStorage storage = RealStorage.fresh())
        {
            final StorageDriver driver = heldInAForce(storage, () -> awaitQuietly(isBatched));
            driver.append(3, LENGTH);
            driver.append(4, LENGTH);
            assertTrue(driver.tryTruncate(3));
            isBatched.countDown();
            driver.awaitTruncated();
            forced.writeTo(directory.resolve("image"));
        }

        try (RealStorage found = new RealStorage(directory.resolve("image"), context -> context))
        {
            found.open();
            final StorageDriver next = new StorageDriver(found);
            next.start();
            assertEquals(List.of(1L, 2L, 3L), next.replayed);
        }
    }

    /** Records may come in the same batch as the end. They must be on the device before the manifest says so. */
    @Test
    void shouldStartAfterAPowerCutDuringACleanEnd() throws IOException
    {
        final List<Path> cuts = new ArrayList<>();
        final Thread closing = Thread.currentThread();

        try (RealStorage storage = RealStorage.fresh())
        {
            final StorageDriver driver = heldInAForce(storage, () -> awaitJoin(closing));
            driver.append(3, LENGTH);
            storage.fileSystem.beforeChange((call, path) -> cut(call, cuts));
            storage.shutDown();
        }

        assertFalse(cuts.isEmpty());
        for (final Path cut : cuts)
        {
            try (RealStorage found = new RealStorage(cut, context -> context))
            {
                found.open();
                final StorageDriver next = new StorageDriver(found);
                next.start();
                assertEquals(List.of(1L, 2L), next.replayed.subList(0, 2));
            }
        }
    }

    /** Waits until another thread waits for this one, which has been told to end by then. */
    private static void awaitJoin(final Thread other)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (other.getState() != Thread.State.WAITING && System.nanoTime() - deadlineNs < 0)
        {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Called by both threads of the journal. */
    private void cut(final String call, final List<Path> cuts)
    {
        if (call.startsWith("force"))
        {
            try
            {
                synchronized (cuts)
                {
                    final Path cut = directory.resolve("cut-" + cuts.size());
                    cuts.add(cut);
                    forced.writeTo(cut);
                }
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private static void awaitQuietly(final CountDownLatch latch)
    {
        try
        {
            latch.await();
        }
        catch (final InterruptedException closed)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void take(final ServerLife life, final String next)
    {
        if (next.startsWith("force"))
        {
            final int before = life.promised();
            life.storage.fileSystem.whileFrozen(() -> addAll(life, next, before));
        }
    }

    private void addAll(final ServerLife life, final String next, final int before)
    {
        try
        {
            final Path path = directory.resolve("image-" + images.size());
            forced.writeTo(path);
            images.add(new Image(next, path, before, life.promised()));
            if (next.startsWith("forceDirectory"))
            {
                final Path named = directory.resolve("image-" + images.size());
                forced.writeWithNewNamesTo(named);
                images.add(new Image(next + " with its names", named, before, life.promised()));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static void check(final ServerLife life, final Image image)
    {
        final RealStorage found = new RealStorage(image.path, life.storage.settings());
        try
        {
            life.checkStart(found, image.firstPromise, image.lastPromise);
        }
        catch (final RuntimeException | AssertionError ex)
        {
            throw new AssertionError("after a power cut before " + image.next + ": " + ex, ex);
        }
        finally
        {
            found.shutDown();
        }
    }
}
