/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.journal.disk.RealFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest
{
    private static final int CHUNK = 100;

    @TempDir
    private Path directory;

    /** Where it is cut at a close: where a scanner will see its end, not behind a part of a record. */
    @Test
    void shouldBeWholeUpToItsLastWholeRecord() throws IOException
    {
        final Segment segment = Segment.create(directory, 1, 42, 1 << 20, new RealFileSystem());
        assertEquals(segment.position(), segment.wholePosition());

        append(segment, 1, CHUNK, 0);
        final long afterFirst = segment.position();
        assertEquals(afterFirst, segment.wholePosition());

        append(segment, 2, 2 * CHUNK, 0);
        segment.force();
        assertEquals(afterFirst, segment.wholePosition());
        try (SegmentScanner scanner = new SegmentScanner(segment.file(), 42, segment.entry(0).firstPosition(), segment
            .position()))
        {
            assertEquals(1, count(scanner));
            assertEquals(segment.wholePosition(), scanner.cutPosition());
        }

        append(segment, 2, 2 * CHUNK, CHUNK);
        assertEquals(segment.position(), segment.wholePosition());
        segment.close();
    }

    private static int count(final SegmentScanner scanner) throws IOException
    {
        int count = 0;
        while (scanner.next())
        {
            count++;
        }

        return count;
    }

    private static void append(final Segment segment, final long zxid, final int recordLength, final int chunkOffset)
    {
        final ChunkHead head = new ChunkHead();
        head.zxid = zxid;
        head.recordLength = recordLength;
        head.chunkOffset = chunkOffset;
        segment.append(head, new UnsafeBuffer(new byte[CHUNK]), 0, CHUNK);
    }
}
