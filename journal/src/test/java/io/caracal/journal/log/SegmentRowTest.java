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

    /** A row of segments that has begun its first one, while the next one is not made yet. */
    private static final class Begun implements AutoCloseable
    {
        private final Manifest manifest;
        private final SpareSegment spare;
        private final SegmentRow row;

        private Begun(final Path directory, final FaultyFileSystem fileSystem) throws IOException
        {
            final JournalContext context = new JournalContext().dataDir(directory).segmentLength(1 << 20)
                .recordLengthMax(200_000).fileSystem(fileSystem).onFailure(failure ->
                {
                }).conclude();
            final DataLayout layout = context.layout();
            final Doorbell bell = new Doorbell();
            Files.createDirectories(layout.segments());
            manifest = new Manifest(layout.manifest(), context.fileSystem());
            spare = new SpareSegment(context, layout.segments(), manifest, 1, bell, bell);
            row = new SegmentRow(context, layout.segments(), manifest, spare, new Jobs(bell), new LogTail(bell));
            spare.begin();
            spare.doWork();
            assertTrue(row.tryStart(0, 0));
        }

        @Override
        public void close() throws IOException
        {
            row.close();
            manifest.close();
        }
    }

    /** The bulk thread, which has failed, takes the spare back between the check and the rotation. */
    @Test
    void shouldStayInItsSegmentWhenTheSpareIsGone() throws IOException
    {
        try (Begun begun = new Begun(directory, new FaultyFileSystem()))
        {
            begun.spare.doWork();
            assertTrue(begun.row.isSpareReady());
            begun.spare.onClose();

            assertFalse(begun.row.rotate(5));
            assertEquals(1, begun.row.current().ordinal());
            assertEquals(1, begun.manifest.state().last().ordinal());
        }
    }

    /** What is kept back is for a full disk, and not for a moment in which the next segment is still being made. */
    @Test
    void shouldKeepItsReserveWhileTheNextSegmentIsOnlyLate() throws IOException
    {
        final FaultyFileSystem fileSystem = new FaultyFileSystem();
        try (Begun begun = new Begun(directory, fileSystem))
        {
            assertFalse(begun.row.useReserve(1));

            fileSystem.full(true);
            begun.spare.doWork();
            assertTrue(begun.row.useReserve(1));
        }
    }
}
