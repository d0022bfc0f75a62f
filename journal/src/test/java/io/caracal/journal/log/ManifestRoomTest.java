/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.testing.FaultyFileSystem;
import io.caracal.journal.testing.FaultyFileSystem.Fault;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestRoomTest
{
    private static final int SEGMENTS = 60;
    private static final int LENGTH = 150_000;

    /** More records than fit into the segments for which the manifest has room. */
    private static final int RECORDS_MAX = 400;

    /** There are many segments and the disk is full. The manifest needs a larger file, for which there is no room. */
    @ParameterizedTest
    @ValueSource(strings = { "reserve", "rename" })
    void shouldGoOnWhenThereIsNoRoomForALongerManifest(final String full)
    {
        try (
            RealStorage storage = RealStorage.fresh(context -> context.segmentLength(1 << 20).recordLengthMax(200_000)))
        {
            final StorageDriver driver = new StorageDriver(storage);
            storage.open();
            driver.start();
            long zxid = 0;
            while (segments(storage) < SEGMENTS)
            {
                zxid++;
                driver.append(zxid, LENGTH);
            }

            storage.fileSystem.faults((call, file) -> call.equals(full) && file.toString().endsWith("manifest.tmp") ?
                Fault.NO_ROOM : Fault.NONE);
            appendUntilFull(storage, driver, zxid);

            final long durable = driver.durableZxid;
            storage.shutDown();
            // Cannot be checked earlier, because the larger file is tried again all the time.
            assertFalse(Files.exists(larger(storage)), "a manifest that found no room is left behind");
            storage.open();
            driver.isExhausted = false;
            driver.start();
            assertTrue(driver.replayEnd >= durable, driver.replayEnd + " after " + durable + " was durable");
            storage.fileSystem.faults((call, file) -> Fault.NONE);
            final long end = driver.replayEnd;
            for (int i = 1; i <= SEGMENTS; i++)
            {
                driver.append(end + i, LENGTH);
            }

            driver.awaitDurable(end + SEGMENTS);
        }
    }

    private static void appendUntilFull(final RealStorage storage, final StorageDriver driver, final long after)
    {
        long next = after + 1;
        while (!driver.isExhausted)
        {
            final long tried = next;
            driver.await("record or full disk", () ->
            {
                driver.poll();
                return driver.isExhausted || !storage.failures.isEmpty() || driver.tryAppend(tried, LENGTH);
            });
            assertEquals(List.of(), List.copyOf(storage.failures));
            assertTrue(tried <= after + RECORDS_MAX, "the manifest did not have to grow");
            next++;
        }
    }

    /** The bulk thread may have prepared the next segment before the journal thread has named the one it took. */
    @Test
    void shouldHaveRoomForASegmentThatIsTakenAndNotNamedYet(@TempDir final Path directory) throws IOException
    {
        final FaultyFileSystem calls = new FaultyFileSystem();
        final JournalContext context = new JournalContext().dataDir(directory).segmentLength(1 << 20)
            .recordLengthMax(200_000).fileSystem(calls).onFailure(failure ->
            {
            }).conclude();
        final DataLayout layout = context.layout();
        Files.createDirectories(layout.segments());
        calls.fullFor(file -> file.toString().endsWith("manifest.tmp"));

        try (Manifest manifest = new Manifest(layout.manifest(), calls))
        {
            final SpareSegment spare = new SpareSegment(context, layout.segments(), manifest, SEGMENTS + 1,
                new Doorbell(), new Doorbell());
            manifest.change(state -> named(SEGMENTS));
            spare.begin();
            spare.doWork();
            long zxid = SEGMENTS;
            for (Segment taken = spare.take(); taken != null; taken = spare.take())
            {
                spare.doWork();
                name(manifest, taken, zxid);
                taken.close();
                zxid++;
            }

            assertTrue(spare.isNoSpace(), "the manifest did not have to grow");
            assertTrue(manifest.state().segments().size() > SEGMENTS, "no segment was made");
        }
    }

    private static void name(final Manifest manifest, final Segment segment, final long zxid) throws IOException
    {
        final SegmentEntry entry = segment.entry(zxid);
        manifest.change(state -> state.begun(entry, 1 << 19, zxid));
    }

    /** A log whose segments hold one record each. */
    private static LogState named(final int count)
    {
        final List<SegmentEntry> row = new ArrayList<>();
        for (int i = 1; i <= count; i++)
        {
            row.add(new SegmentEntry(i, i, i - 1, 1 << 18, 1 << 19, i, 1 << 20));
        }

        return new LogState(0, RecordPlace.NONE, 0, count + 1, row);
    }

    /** Counts all segments, including those being prepared, whose files come and go. */
    private static int segments(final RealStorage storage)
    {
        return storage.layout().segments().toFile().list().length;
    }

    private static Path larger(final RealStorage storage)
    {
        return storage.layout().logHome().resolve("manifest.tmp");
    }
}
