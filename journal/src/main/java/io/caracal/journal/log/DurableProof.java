/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.disk.FileWindow;
import io.caracal.journal.disk.ZeroSpan;
import io.caracal.journal.format.RecordChunkDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.BitUtil;

/**
 * Searches what follows the valid excerpts of a segment for a record which says that a zxid after the last valid one
 * was durable. If there is such a record, the valid excerpts end because of rot, not because of a torn tail. Used by
 * one thread.
 */
final class DurableProof implements AutoCloseable
{
    private static final int ZEROS_LENGTH = 64 * 1024;

    private final Path file;
    private final FileWindow window;
    private final RecordFrame frame;
    private final ByteBuffer zeros = ByteBuffer.allocate(ZEROS_LENGTH);

    /**
     * Prepares a search.
     *
     * @param file      of the segment.
     * @param window    on the file, which this object moves and does not close.
     * @param segmentId of the segment.
     */
    DurableProof(final Path file, final FileWindow window, final long segmentId)
    {
        this.file = file;
        this.window = window;
        this.frame = new RecordFrame(segmentId);
    }

    /**
     * Searches every place where a record may begin.
     *
     * @param rowEnd    where the valid excerpts end.
     * @param lastZxid  of the valid records.
     * @param end       of the segment.
     * @return position of the proof, or -1 when there is none.
     */
    long find(final long rowEnd, final long lastZxid, final long end) throws IOException
    {
        long next = BitUtil.align(rowEnd, Integer.BYTES);

        while (next < end && window.load(next, Integer.BYTES))
        {
            next += zerosAt(next);
            if (window.available(next) < Integer.BYTES)
            {
                next = ZeroSpan.end(file, next, end) / Integer.BYTES * Integer.BYTES;
                continue;
            }

            final RecordChunkDecoder chunk = frame.chunkAt(window, next);
            if (chunk != null && chunk.lastDurableZxid() > lastZxid)
            {
                return next;
            }

            next += Integer.BYTES;
        }

        return -1;
    }

    @Override
    public void close()
    {
        frame.close();
    }

    /**
     * Number of zero bytes at a position, rounded down to whole length words, and at most up to the end of the window.
     */
    private int zerosAt(final long from)
    {
        final int available = window.available(from);
        final int start = window.offset(from);
        final ByteBuffer memory = window.memory();
        int count = 0;

        while (count < available)
        {
            final int part = Math.min(zeros.capacity(), available - count);
            memory.limit(start + count + part).position(start + count);
            final int difference = memory.mismatch(zeros.limit(part));
            if (difference >= 0)
            {
                return (count + difference) / Integer.BYTES * Integer.BYTES;
            }

            count += part;
        }

        return count / Integer.BYTES * Integer.BYTES;
    }
}
