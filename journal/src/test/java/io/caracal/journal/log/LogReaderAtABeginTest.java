/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.log.LogReader.Step;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest names a segment shortly before it takes appends. */
class LogReaderAtABeginTest
{
    private static final int LENGTH = 1 << 20;
    private static final long LAST = 5;

    @TempDir
    private Path directory;

    @Test
    void shouldNotLookForTheEndOfTheLogBeforeInANewSegment() throws IOException
    {
        final RealFileSystem calls = new RealFileSystem();
        final LogTail tail = new LogTail(new Doorbell());
        final Segment before = Segment.create(directory, 1, 41, LENGTH, calls);
        final Segment next = Segment.create(directory, 2, 42, LENGTH, calls);
        try (Manifest manifest = new Manifest(directory.resolve("manifest"), calls);
            LogReader reader = new LogReader(directory, manifest, tail, LAST))
        {
            final long cut = before.position() + 1000;
            manifest.change(state -> state.begun(before.entry(0), 0, 0));
            tail.recovered(1, cut);
            manifest.change(state -> state.begun(next.entry(LAST), cut, LAST));

            assertEquals(Step.WAITS, reader.step());
            tail.segment(next);
            assertEquals(Step.WAITS, reader.step());
        }

        before.close();
        next.close();
    }
}
