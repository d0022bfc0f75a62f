/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.duty.Jobs;
import io.caracal.journal.testing.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentRowTest
{
    @TempDir
    private Path directory;

    /** The bulk thread, which has failed, takes the spare back between the check and the rotation. */
    @Test
    void shouldStayInItsSegmentWhenTheSpareIsGone() throws IOException
    {
        final JournalContext context =
            new JournalContext().dataDir(directory).segmentLength(1 << 20).recordLengthMax(200_000).onFailure(failure ->
            {
            }).conclude();
        final DataLayout layout = context.layout();
        final Doorbell bell = new Doorbell();
        Files.createDirectories(layout.segments());
        try (Manifest manifest = new Manifest(layout.manifest(), context.fileSystem()))
        {
            final SpareSegment spare = new SpareSegment(context, layout.segments(), manifest, 1, bell, bell);
            final SegmentRow row = new SegmentRow(context, layout.segments(), manifest, spare, new Jobs(bell),
                new LogTail(bell));
            spare.begin();
            spare.doWork();
            assertTrue(row.tryStart(0, 0));
            spare.doWork();
            assertTrue(row.isSpareReady());
            spare.onClose();

            assertFalse(row.rotate(5));
            assertEquals(1, row.current().ordinal());
            assertEquals(1, manifest.state().last().ordinal());
            row.close();
        }
    }

    /** What is kept back is for a full disk, and not for a moment in which the next segment is still being made. */
    @Test
    void shouldKeepItsReserveWhileTheNextSegmentIsOnlyLate() throws IOException
    {
        final FaultyFileSystem fileSystem = new FaultyFileSystem();
        final JournalContext context = new JournalContext().dataDir(directory).segmentLength(1 << 20)
            .recordLengthMax(200_000).fileSystem(fileSystem).onFailure(failure ->
            {
            }).conclude();
        final DataLayout layout = context.layout();
        final Doorbell bell = new Doorbell();
        Files.createDirectories(layout.segments());
        try (Manifest manifest = new Manifest(layout.manifest(), context.fileSystem()))
        {
            final SpareSegment spare = new SpareSegment(context, layout.segments(), manifest, 1, bell, bell);
            final SegmentRow row = new SegmentRow(context, layout.segments(), manifest, spare, new Jobs(bell),
                new LogTail(bell));
            spare.begin();
            spare.doWork();
            assertTrue(row.tryStart(0, 0));
            assertFalse(row.useReserve(1));

            fileSystem.full(true);
            spare.doWork();
            assertTrue(row.useReserve(1));
            row.close();
        }
    }
}
