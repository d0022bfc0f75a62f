/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalContext;
import io.caracal.journal.testing.CrashImage;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.ReceiveDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Interrupts a truncation and the receipt of a snapshot at each single call to the file system: by a kill, which leaves
 * what was written, and by a power cut, which leaves any mixture of the pages that were not forced. A start must find
 * all of the old state or all of the new one, and once it was the new one, it stays so.
 */
class SwitchCrashTest
{
    private static final long EPOCH = 1L << 32;
    private static final int LAST = 90;
    private static final int CUT = 20;
    private static final int SNAPSHOT = 15;
    private static final int LENGTH = 100_000;
    private static final int MIXTURES = 3;

    private final Path images = newDirectory();
    private final List<Step> steps = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(20260606);
    private long received = 2 * EPOCH + 7;
    private RealStorage storage;
    private StorageDriver driver;

    @AfterEach
    void end()
    {
        storage.close();
        RealStorage.delete(images);
    }

    @Test
    void shouldBeOldOrNewAtEveryStepOfATruncation()
    {
        start(UnaryOperator.identity());
        takeImages();
        driver.truncate(CUT);
        driver.append(EPOCH + 1, 100);
        storage.shutDown();

        check("manifest", replayEnd -> replayEnd == CUT);
    }

    @Test
    void shouldBeOldOrNewAtEveryStepOfAReceivedSnapshot()
    {
        receiveAndCheck(UnaryOperator.identity());
    }

    /**
     * The received state is older than this server's. Otherwise a snapshot later than the end of the log would be
     * refused.
     */
    @Test
    void shouldBeOldOrNewAtEveryStepOfAnOlderSnapshotWhereLogAndSnapshotsLieApart()
    {
        received = SNAPSHOT - 5;
        receiveAndCheck(context -> context.dataLogDir(context.dataDir().resolve("log")));
    }

    @Test
    void shouldForceAReceivedSnapshotBeforeTheManifestNamesIt()
    {
        start(UnaryOperator.identity());
        final byte[] file = RealStorage.snapshotOfAnother(received);
        final List<String> calls = new ArrayList<>();
        storage.fileSystem.beforeChange((call, path) ->
        {
            synchronized (calls)
            {
                calls.add(call + " " + path.getFileName());
            }
        });
        new ReceiveDriver(storage, driver).receive(received, file.length, file);
        storage.fileSystem.beforeChange((call, path) ->
        {
        });

        final String name = String.format(Locale.ROOT, "snapshot-%016x", received);
        final List<String> order = List.of("reserve " + name + ".part", "write " + name + ".part",
            "force " + name + ".part", "rename " + name + ".part", "forceDirectory snapshots", "write manifest",
            "force manifest", "remove " + String.format(Locale.ROOT, "snapshot-%016x", SNAPSHOT),
            "forceDirectory snapshots",
            "rename " + name + ".received", "forceDirectory snapshots");
        int last = -1;
        for (final String call : order)
        {
            final int next = calls.subList(last + 1, calls.size()).indexOf(call);
            assertTrue(next >= 0, call + " not after " + calls.subList(0, last + 1) + " but " + calls);
            last += next + 1;
        }
    }

    private void receiveAndCheck(final UnaryOperator<JournalContext> settings)
    {
        start(settings);
        final byte[] file = RealStorage.snapshotOfAnother(received);
        takeImages();
        new ReceiveDriver(storage, driver).receive(received, file.length, file);
        storage.shutDown();

        check("manifest", replayEnd -> replayEnd == received);
    }

    private void start(final UnaryOperator<JournalContext> settings)
    {
        storage = RealStorage.fresh(settings);
        storage.open();
        driver = new StorageDriver(storage);
        driver.start();
        for (int zxid = 1; zxid <= LAST; zxid++)
        {
            driver.append(zxid, LENGTH);
        }

        driver.awaitDurable(LAST);
        driver.snapshot(SNAPSHOT, 3);
    }

    private void takeImages()
    {
        storage.fileSystem.beforeChange(this::takeImage);
    }

    private synchronized void takeImage(final String call, final Path file)
    {
        final Path image = images.resolve("step-" + steps.size());
        storage.fileSystem.whileFrozen(() -> CrashImage.copy(storage.directory(), image));
        steps.add(new Step(call + " " + file.getFileName(), image));
    }

    /** The old state ends at {@link #LAST}. Until the switch is forced, pages may be as they were at the first step. */
    private void check(final String switchFile, final LongPredicate isNew)
    {
        storage.fileSystem.beforeChange((call, file) ->
        {
        });
        final int forced = indexOfForce(switchFile);
        int news = 0;

        for (int i = 0; i < steps.size(); i++)
        {
            if (i <= forced)
            {
                checkMixtures(i, isNew);
            }

            final boolean wasNew = isNew(copyOf(steps.get(i).image), "kill before step " + i + ", " + steps.get(i).call,
                isNew);
            assertTrue(wasNew || i <= forced, "old again at step " + i + ", " + steps.get(i).call);
            assertTrue(wasNew || news == 0, "old after new at step " + i);
            news += wasNew ? 1 : 0;
        }

        assertTrue(news > 0 && news < steps.size(), news + " of " + steps.size() + " steps show the new");
    }

    private void checkMixtures(final int index, final LongPredicate isNew)
    {
        for (int i = 0; i < MIXTURES; i++)
        {
            final Path mixed = images.resolve("mixed");
            try
            {
                CrashImage.mix(steps.get(0).image, steps.get(index).image, mixed, random);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }

            isNew(mixed, "power cut before step " + index + ", " + steps.get(index).call, isNew);
        }
    }

    private boolean isNew(final Path image, final String what, final LongPredicate isNew)
    {
        final RealStorage other = new RealStorage(image, storage.settings());
        try
        {
            other.open();
            final StorageDriver reader = new StorageDriver(other);
            reader.start();
            final boolean wasNew = isNew.test(reader.replayEnd);
            assertTrue(wasNew || reader.replayEnd == LAST || reader.replayEnd == EPOCH + 1,
                what + ": ends at " + reader.replayEnd);
            checkWhole(reader, what);
            reader.appendDurably(3 * EPOCH, 100);
            return wasNew || reader.replayed.contains(EPOCH + 1);
        }
        finally
        {
            other.close();
        }
    }

    private void checkWhole(final StorageDriver reader, final String what)
    {
        if (reader.replayEnd == received)
        {
            assertEquals(received, reader.loadedZxid, what);
            assertEquals(RealStorage.RECORDS_OF_ANOTHER, reader.loaded.size(), what);
            assertEquals(List.of(), reader.replayed, what);
            return;
        }

        assertEquals(SNAPSHOT, reader.loadedZxid, what);
        final long last = reader.replayEnd > LAST ? CUT : reader.replayEnd;
        final List<Long> expected = new ArrayList<>(LongStream.rangeClosed(SNAPSHOT + 1, last).boxed().toList());
        if (reader.replayEnd > LAST)
        {
            expected.add(reader.replayEnd);
        }

        assertEquals(expected, reader.replayed, what);
    }

    private Path copyOf(final Path image)
    {
        final Path copy = images.resolve("copy");
        CrashImage.copy(image, copy);
        return copy;
    }

    private int indexOfForce(final String file)
    {
        for (int i = 0; i < steps.size(); i++)
        {
            if (steps.get(i).call.equals("force " + file))
            {
                return i;
            }
        }

        throw new AssertionError("no force of " + file + " among " + steps);
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

    /** A call that is about to be made, and the contents of the files before it. */
    private record Step(String call, Path image)
    {
    }
}
