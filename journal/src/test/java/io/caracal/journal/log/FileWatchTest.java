/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.snapshot.FileSnapshotStore;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.ReceiveDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest
{
    private static final String ALL_THERE = "all there";

    @TempDir
    private Path aside;

    private final List<String> told = new ArrayList<>();
    private final JournalEvents events = new JournalEvents()
    {
        @Override
        public void onFilesMissing(final String file)
        {
            told.add(file == null ? ALL_THERE : file);
        }
    };

    @Test
    void shouldTellOnceOfFilesThatAreGoneAndOnceThatTheyAreBack() throws IOException
    {
        final RealStorage storage = withRecords();
        final DataLayout layout = storage.layout();
        try (Manifest manifest = new Manifest(layout.manifest(), new RealFileSystem()))
        {
            final FileWatch watch = new FileWatch(layout, manifest, () -> null, events, 0);
            look(watch);
            assertEquals(List.of(), told);

            final Path segment = storage.segmentFiles().get(0);
            Files.move(segment, aside.resolve("segment"));
            look(watch);
            assertEquals(List.of(segment.toString()), told);
            Files.move(aside.resolve("segment"), segment);
            look(watch);
            assertEquals(List.of(segment.toString(), ALL_THERE), told);
        }
        finally
        {
            storage.close();
        }
    }

    /**
     * Another directory has the same name, because it was mounted over the old one or restored from a backup. It is not
     * the one in use.
     */
    @Test
    void shouldTellOfADirectoryThatIsAnotherOne() throws IOException
    {
        final RealStorage storage = withRecords();
        final DataLayout layout = storage.layout();
        try (Manifest manifest = new Manifest(layout.manifest(), new RealFileSystem()))
        {
            final FileWatch watch = new FileWatch(layout, manifest, () -> null, events, 0);
            Files.move(layout.snapshots(), aside.resolve("snapshots"));
            Files.createDirectory(layout.snapshots());
            look(watch);
            assertEquals(List.of(layout.snapshots().toString()), told);
        }
        finally
        {
            storage.close();
        }
    }

    /**
     * A copy is in the file's place, for example restored from a backup, while the server continues with the old file.
     */
    @Test
    void shouldTellOfAFileThatIsAnotherOne() throws IOException
    {
        final RealStorage storage = withRecords();
        final DataLayout layout = storage.layout();
        try (Manifest manifest = new Manifest(layout.manifest(), new RealFileSystem()))
        {
            final FileWatch watch = new FileWatch(layout, manifest, () -> null, events, 0);
            look(watch);
            for (final Path file : List.of(storage.segmentFiles().get(0), layout.manifest(), layout.epochs()))
            {
                final Path own = aside.resolve("own");
                Files.move(file, own);
                Files.copy(own, file);
                look(watch);
                assertEquals(List.of(file.toString()), told);
                Files.move(own, file, StandardCopyOption.REPLACE_EXISTING);
                look(watch);
                assertEquals(List.of(file.toString(), ALL_THERE), told);
                told.clear();
            }
        }
        finally
        {
            storage.close();
        }
    }

    /** When a manifest has no room left, a larger file takes its name. Nobody has removed anything. */
    @Test
    void shouldNotMissAManifestThatGrew() throws IOException
    {
        final RealStorage storage = withRecords();
        final DataLayout layout = storage.layout();
        try (Manifest manifest = new Manifest(layout.manifest(), new RealFileSystem()))
        {
            final FileWatch watch = new FileWatch(layout, manifest, () -> null, events, 0);
            final long length = Files.size(layout.manifest());
            final LogState own = manifest.state();
            final List<SegmentEntry> many = new ArrayList<>();
            for (int i = 1; i <= 200; i++)
            {
                many.add(new SegmentEntry(i, i, i - 1, 1 << 18, 1 << 19, i, 1 << 20));
            }
            manifest.change(state -> new LogState(0, RecordPlace.NONE, 0, many.size() + 1, many));
            manifest.change(state -> own);
            assertTrue(Files.size(layout.manifest()) > length, "the manifest did not have to grow");
            look(watch);
            assertEquals(List.of(), told);
        }
        finally
        {
            storage.close();
        }
    }

    @Test
    void shouldWatchWhileAServerRuns() throws IOException, InterruptedException
    {
        final BlockingQueue<String> missing = new LinkedBlockingQueue<>();
        final RealStorage storage = RealStorage.fresh(context -> context.events(new JournalEvents()
        {
            @Override
            public void onFilesMissing(final String file)
            {
                missing.add(file == null ? ALL_THERE : file);
            }
        }));
        storage.open();
        Files.delete(storage.layout().snapshots());
        assertEquals(storage.layout().snapshots().toString(), missing.poll(60, TimeUnit.SECONDS));
        storage.shutDown();
        storage.close();
    }

    /** Somebody makes room by removing the snapshot after which the log begins. */
    @Test
    void shouldTellOfTheSnapshotThatTheLogGoesOnFrom() throws IOException
    {
        final RealStorage storage = RealStorage.fresh();
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        final byte[] file = RealStorage.snapshotOfAnother(7);
        final Path snapshot = storage.snapshotPath(7);
        final FileSnapshotStore snapshots = (FileSnapshotStore)storage.snapshotStore();
        driver.appendDurably(1, 100);
        assertNull(snapshots.missing());

        new ReceiveDriver(storage, driver).receive(7, file.length, file);
        assertNull(snapshots.missing());
        final Path received = snapshot.resolveSibling(snapshot.getFileName() + ".received");
        Files.move(snapshot, received);
        assertNull(snapshots.missing());
        Files.delete(received);
        assertEquals(snapshot, snapshots.missing());

        driver.appendDurably(8, 100);
        driver.snapshot(8, 3);
        assertNull(snapshots.missing());
        try (Manifest manifest = new Manifest(storage.layout().manifest(), new RealFileSystem()))
        {
            final FileWatch watch = new FileWatch(storage.layout(), manifest, snapshots::missing, events, 0);
            Files.delete(storage.snapshotPath(8));
            look(watch);
            assertEquals(List.of(storage.snapshotPath(8).toString()), told);
        }
        finally
        {
            storage.close();
        }
    }

    private static RealStorage withRecords()
    {
        final RealStorage storage = RealStorage.fresh();
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        storage.shutDown();
        return storage;
    }

    private static void look(final FileWatch watch)
    {
        watch.doWork();
        watch.doWork();
    }
}
