/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.JournalContext;
import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.open.OpenJournal;
import io.caracal.journal.snapshot.SnapshotFileSink;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that creates a data directory is killed between naming the log's home and naming the other one. */
class HalfMadeDirectoryTest
{
    private static final long ZXID = 7;
    private static final long EPOCH = 3;

    @TempDir
    private Path directory;

    private final List<String> completed = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private DataLayout layout;
    private Path staging;

    @BeforeEach
    void leaveItHalfMade() throws IOException
    {
        layout = context().conclude().layout();
        staging = layout.home().resolveSibling("caracal-1.new");
        Files.createDirectories(directory.resolve("data"));
        Files.createDirectories(directory.resolve("log"));
        try (NewDirectory made = NewDirectory.begin(layout))
        {
            final SnapshotFileSink sink = made.snapshotSink();
            sink.begin(ZXID);
            sink.write(new UnsafeBuffer(new byte[100]), 0, 100);
            sink.finish(1, 0);
            made.complete(ZXID, new StoredData.Epochs(EPOCH, 0, EPOCH));
        }
        Files.move(layout.home(), staging);
    }

    private JournalContext context()
    {
        return new JournalContext().dataDir(directory.resolve("data")).dataLogDir(directory.resolve("log"))
            .onFailure(failures::add)
            .events(new JournalEvents()
            {
                @Override
                public void onDirectoryCompleted(final String home)
                {
                    completed.add(home);
                }
            });
    }

    @Test
    void shouldBeCompletedByTheNextStart()
    {
        try (OpenJournal opened = OpenJournal.open(context()))
        {
            assertEquals(EPOCH, opened.epochStore().acceptedEpoch());
            assertTrue(Files.exists(layout.snapshots().resolve("snapshot-0000000000000007")));
        }
        assertFalse(Files.exists(staging));
        assertEquals(List.of(layout.home().toString()), completed);

        OpenJournal.open(context()).close();
        assertEquals(1, completed.size());
        assertTrue(failures.isEmpty(), failures.toString());
    }

    @Test
    void shouldBeLeftAloneWhenTheLogBeginsAfterAnotherSnapshot() throws IOException
    {
        Files.move(staging.resolve("snapshots/snapshot-0000000000000007"),
            staging.resolve("snapshots/snapshot-0000000000000008"));
        assertRefused();
    }

    @Test
    void shouldBeLeftAloneWhenAServerHasBegunInItsPlace() throws IOException
    {
        Files.createDirectories(layout.snapshots());
        assertRefused();
    }

    @Test
    void shouldBeLeftAloneWhileSomebodyWorksAtIt() throws IOException
    {
        try (DirectoryLock held = DirectoryLock.tryLock(DataLayout.lock(staging)))
        {
            assertTrue(held != null);
            final String refusal = assertThrows(DirectoryInUseException.class, () -> OpenJournal.open(context()))
                .getMessage();
            assertTrue(refusal.contains("is not complete"), refusal);
        }

        // Its tool can go on, and no start takes an empty directory for the data.
        assertFalse(Files.exists(layout.home()));
        OpenJournal.open(context()).close();
        assertEquals(List.of(layout.home().toString()), completed);
    }

    private void assertRefused()
    {
        final RealStorage storage =
            new RealStorage(directory.resolve("data"), context -> context.dataLogDir(directory.resolve("log")));
        assertThrows(CorruptionException.class, () ->
        {
            storage.open();
            new StorageDriver(storage).start();
        });
        assertTrue(Files.exists(staging));
        storage.shutDown();
    }
}
