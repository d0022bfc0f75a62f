/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.FileFailure;
import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens as many files as this process may have, and closes them again. Prints every step. */
public final class FewDescriptorsMain
{
    private static final int LENGTH = 150_000;
    private static final int RECORDS = 20;

    private final RealStorage storage;
    private final StorageDriver driver;
    private volatile boolean isPurged;
    private volatile boolean isTruncationWaiting;
    private long zxid;

    private FewDescriptorsMain(final Path directory)
    {
        storage = new RealStorage(directory, context -> context.segmentLength(1 << 20).recordLengthMax(200_000)
            .onFailure(failure -> failure.printStackTrace(System.out)).events(new JournalEvents()
            {
                @Override
                public void onSpace(final IOException lack)
                {
                    System.out.println("lack " + (lack == null ? "over" : lack.getClass().getSimpleName()));
                }

                @Override
                public void onTruncationWaits(final IOException lack)
                {
                    isTruncationWaiting = true;
                    System.out.println("truncation waits");
                }

                @Override
                public void onPurged(final int snapshots, final int segments)
                {
                    isPurged = true;
                }
            }));
        driver = new StorageDriver(storage);
    }

    public static void main(final String[] arguments) throws IOException
    {
        final Path directory = Path.of(arguments[0], "data");
        Files.createDirectories(directory);
        truncateOnce(Files.createDirectories(Path.of(arguments[0], "other")));
        new FewDescriptorsMain(directory).run();
    }

    private void run() throws IOException
    {
        storage.open();
        driver.start();
        // This loads classes, while their files can still be opened.
        append();
        purge();
        FullDiskMain.check(!NoDescriptorException.isBehind(FileFailure.named(new IOException("none"),
            storage.directory())), "too many files");
        driver.await("spare segment", () -> storage.segmentFiles().size() % 2 == 0);

        final List<Closeable> all = new ArrayList<>();
        openAll(all);
        while (!driver.isExhausted)
        {
            zxid += driver.tryAppend(zxid + 1, LENGTH) ? 1 : 0;
            driver.poll();
        }
        purge();
        truncateUntilOneWaits(all);
        for (final Closeable each : all)
        {
            each.close();
        }
        driver.awaitTruncated();
        FullDiskMain.check(driver.truncations.contains(zxid), zxid + " not among " + driver.truncations);

        driver.await("room", () ->
        {
            driver.poll();
            return !driver.isExhausted;
        });
        append();
        storage.shutDown();
        final List<Path> files = storage.segmentFiles();
        final List<String> directories = List.of(storage.layout().segments().toFile().list());
        FullDiskMain.check(directories.size() == files.size(), directories + " but " + files);
        System.out.println("ok");
    }

    /** Truncates once, so that the classes needed for that are loaded. */
    private static void truncateOnce(final Path directory)
    {
        final RealStorage other = new RealStorage(directory, context -> context);
        final StorageDriver driver = new StorageDriver(other);
        other.open();
        driver.start();
        driver.appendDurably(1, LENGTH);
        driver.appendDurably(2, LENGTH);
        driver.truncate(1);
        other.shutDown();
    }

    /**
     * Truncates until a truncation has to wait. Segments that were full have released their descriptors, and each
     * attempt to create a segment releases one at an unknown moment. A single free descriptor is enough for a
     * truncation.
     */
    private void truncateUntilOneWaits(final List<Closeable> all)
    {
        while (!isTruncationWaiting)
        {
            openAll(all);
            zxid = driver.durableZxid - 1;
            final int before = driver.truncations.size();
            driver.await("truncation", () -> driver.tryTruncate(zxid));
            driver.await("truncation that waits or ends", () ->
            {
                driver.poll();
                return isTruncationWaiting || driver.truncations.size() > before;
            });
        }
    }

    private void append()
    {
        for (int i = 0; i < RECORDS; i++)
        {
            driver.append(++zxid, LENGTH);
        }
        driver.awaitDurable(zxid);
    }

    private void purge()
    {
        isPurged = false;
        storage.opened().purge(3);
        driver.await("purge", () -> isPurged);
    }

    private static void openAll(final List<Closeable> all)
    {
        try
        {
            while (true)
            {
                all.add(new FileInputStream("/dev/null"));
            }
        }
        catch (final FileNotFoundException none)
        {
            FullDiskMain.check(!all.isEmpty(), none.getMessage());
        }
    }
}
