/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalEvents;
import io.caracal.journal.testing.Descriptors;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.ReceiveDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A failing disk stops the server. The failure is reported once, nothing is retried, and nothing is promised
 * afterwards.
 */
class JournalFailureTest
{
    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);

    @AfterEach
    void end()
    {
        storage.failures.clear();
        storage.close();
    }

    @Test
    void shouldStopOnceAndForAllWhenAForceFails()
    {
        stopOnceAndForAll(storage.fileSystem::failForce);

        assertTrue(storage.failures.peek().getMessage().startsWith("Input/output error"));
    }

    @Test
    void shouldStopOnceAndForAllWhenARecordCannotBeWritten()
    {
        stopOnceAndForAll(storage.fileSystem::failWrite);
    }

    private void stopOnceAndForAll(final Consumer<Predicate<Path>> fail)
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        // Only this one: another thread may still prepare the next segment, and would fail first.
        final Path segment = storage.segmentFiles().get(0);
        fail.accept(segment::equals);
        driver.append(2, 100);
        driver.await("failure", () -> !storage.failures.isEmpty());
        fail.accept(file -> false);
        final long forces = storage.fileSystem.journalForces.get();
        driver.append(3, 100);
        for (int i = 0; i < 50; i++)
        {
            driver.poll();
            storage.pause();
        }

        storage.opened().close();
        assertEquals(1, driver.durableZxid);
        assertEquals(1, storage.failures.size());
        assertEquals(forces, storage.fileSystem.journalForces.get());
    }

    @Test
    void shouldStopWhenAnEpochCannotBeForced()
    {
        storage.open();
        driver.start();
        storage.fileSystem.failForce(file -> file.endsWith("epochs"));
        storage.epochStore().store(1, 1, 0);
        driver.await("failure", () -> !storage.failures.isEmpty());
        for (int i = 0; i < 50; i++)
        {
            driver.poll();
            storage.pause();
        }

        assertEquals(0, driver.epochNews.size());
        assertEquals(0, storage.epochStore().acceptedEpoch());
        assertEquals(1, storage.failures.size());
    }

    /** The epoch had been requested, and was to be stored in the turn after the failed force. */
    @Test
    void shouldStoreNoEpochOnceTheLogHasFailed()
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        storage.holdForces();
        final long forces = storage.fileSystem.journalForces.get();
        driver.append(2, 100);
        driver.await("held force", () -> storage.fileSystem.journalForces.get() > forces);
        assertTrue(storage.epochStore().store(1, 1, 0));
        storage.fileSystem.failForce(file -> file.toString().endsWith(".cq4"));
        storage.releaseForces();
        driver.await("failure", () -> !storage.failures.isEmpty());
        storage.opened().close();

        storage.fileSystem.failForce(file -> false);
        storage.open();
        assertEquals(0, storage.epochStore().acceptedEpoch());
    }

    /** The next change of the manifest may come from another thread, which has not learned of the failure yet. */
    @Test
    void shouldPublishNoSnapshotInAManifestThatCouldNotBeWritten() throws IOException
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        storage.shutDown();

        try (Manifest manifest = new Manifest(storage.layout().manifest(), storage.fileSystem))
        {
            storage.fileSystem.failForce(file -> file.endsWith("manifest"));
            assertThrows(IOException.class, () -> manifest.beginAfter(7));
            storage.fileSystem.failForce(file -> false);
            assertThrows(IOException.class, () -> manifest.publish(1, RecordPlace.NONE));
        }
    }

    /** A rotation in progress then leaves the former segment to a thread that has ended. */
    @Test
    void shouldKeepNoDescriptorWhenTheBulkThreadFailsDuringARotation() throws IOException
    {
        final AtomicReference<Runnable> duringRotation = new AtomicReference<>(() ->
        {
        });
        try (RealStorage failing = RealStorage.fresh(context -> context.events(new JournalEvents()
        {
            @Override
            public void onSegment(final long ordinal, final long baseZxid)
            {
                duringRotation.get().run();
            }
        })))
        {
            final StorageDriver writer = new StorageDriver(failing);
            failing.open();
            writer.start();
            writer.appendDurably(1, 100);
            writer.await("spare segment", () -> failing.segmentFiles().size() == 2);
            failing.fileSystem.failCall((call, path) -> "createDirectory".equals(call));
            duringRotation.set(() -> writer.await("failure of the other thread", () -> !failing.failures.isEmpty()));
            final long[] zxid = { 1 };
            writer.await("failure", () ->
            {
                writer.poll();
                zxid[0] += writer.tryAppend(zxid[0] + 1, 100_000) ? 1 : 0;
                return !failing.failures.isEmpty();
            });

            failing.opened().close();
            assertEquals(List.of(), Descriptors.below(failing.directory()));
            assertEquals(1, failing.failures.size());
            assertEquals(List.of(), List.of(failing.failures.remove().getSuppressed()));
        }
    }

    @Test
    void shouldStopWhenTheManifestCannotBeForced() throws IOException
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        storage.fileSystem.failForce(file -> file.endsWith("manifest"));
        final long[] zxid = { 1 };
        driver.await("failure", () ->
        {
            driver.poll();
            if (driver.tryAppend(zxid[0] + 1, 100_000))
            {
                zxid[0]++;
            }

            return !storage.failures.isEmpty();
        });

        assertEquals(1, storage.failures.size());
        storage.opened().close();
        assertEquals(List.of(), Descriptors.below(storage.directory()));
    }

    /** The segment is empty, and the next start removes it. */
    @Test
    void shouldEndCleanlyWhenTheSpareSegmentCannotBeRemoved()
    {
        storage.open();
        driver.start();
        driver.append(1, 100);
        driver.awaitDurable(1);
        driver.await("spare segment", () -> storage.segmentFiles().size() == 2);
        storage.fileSystem.failCall((call, path) -> "remove".equals(call) && path.startsWith(storage.layout()
            .segments()));
        storage.opened().close();
        storage.fileSystem.failCall((call, path) -> false);
        assertEquals(List.of(), List.copyOf(storage.failures));

        storage.open();
        driver.start();
        assertEquals(1, driver.replayEnd);
    }

    /**
     * A reader of the report may remove a file that is no longer needed. Of this one, only the room at its end is not
     * needed.
     */
    @Test
    void shouldNotSayThatASegmentIsNeededNoMoreWhenItCannotBeShortened()
    {
        final List<String> told = new CopyOnWriteArrayList<>();
        try (RealStorage failing = RealStorage.fresh(context -> context.events(new JournalEvents()
        {
            @Override
            public void onRemoveFailed(final String file, final Throwable cause)
            {
                told.add(file);
            }
        })))
        {
            final StorageDriver writer = new StorageDriver(failing);
            failing.open();
            writer.start();
            writer.appendDurably(1, 100);
            failing.fileSystem.failCall((call, path) -> "truncate".equals(call));
            failing.shutDown();
            assertEquals(List.of("the room behind the last record of " + failing.segmentFiles().get(0)), told);
        }
    }

    @Test
    void shouldNotStartWhenWhatItReadCannotBeForced()
    {
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        storage.shutDown();
        storage.fileSystem.failForce(file -> file.endsWith("manifest"));

        assertThrows(RuntimeException.class, storage::open);
        storage.fileSystem.failForce(file -> false);
        storage.open();
        driver.start();
        assertEquals(1, driver.replayEnd);
    }

    /** Once the manifest has been switched, that file is all there is. */
    @Test
    void shouldKeepAReceivedSnapshotThatCannotGetItsName()
    {
        final byte[] file = RealStorage.snapshotOfAnother(50);
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        storage.fileSystem.failCall((call, path) -> "rename".equals(call) && path.toString().endsWith(".received"));
        driver.await("begin", () -> storage.snapshotStore().beginReceive(50, file.length));
        final ReceiveDriver receiver = new ReceiveDriver(storage, driver);
        receiver.handOver(file);
        receiver.end();
        driver.await("failure", () ->
        {
            driver.poll();
            return !storage.failures.isEmpty();
        });
        storage.opened().close();
        storage.fileSystem.failCall((call, path) -> false);

        storage.open();
        driver.start();
        assertEquals(50, driver.loadedZxid);
        assertEquals(50, driver.replayEnd);
    }
}
