/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.disk.NoSpaceException;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Creates the file of a segment. Chronicle writes the head of a queue, its index and one excerpt, the segment's head,
 * and is closed again. {@link ExcerptBatch} appends the further excerpts; Chronicle can still read the file.
 */
final class SegmentFile
{
    private SegmentFile()
    {
    }

    /**
     * Creates the file in blocks that are already reserved.
     *
     * @param directory of the segment.
     * @param ordinal   of the segment.
     * @param frame     of the segment.
     * @param length    reserved.
     * @return where the first record goes.
     */
    static long create(final Path directory, final long ordinal, final RecordFrame frame, final int length)
        throws IOException
    {
        try
        {
            return createByChronicle(directory, ordinal, frame, length);
        }
        catch (final RuntimeException ex)
        {
            throw named(directory.resolve(Segment.FILE_NAME), ex);
        }
    }

    /**
     * Names file and reason. The exceptions that Chronicle throws name neither the file nor, at the top, the reason.
     */
    private static IOException named(final Path file, final RuntimeException failure)
    {
        Throwable reason = failure;
        while (reason.getCause() != null && reason.getCause() != reason)
        {
            reason = reason.getCause();
        }

        if (reason instanceof final IOException refusal && NoSpaceException.isToldBy(refusal))
        {
            final IOException noSpace = new NoSpaceException("no room on disk for " + file);
            noSpace.addSuppressed(failure);
            return noSpace;
        }

        return new IOException(file + " cannot be made: " + reason.getMessage(), failure);
    }

    private static long createByChronicle(final Path directory, final long ordinal, final RecordFrame frame,
        final int length) throws IOException
    {
        try (SingleChronicleQueue queue = ChronicleSettings.open(directory.toFile(), length);
            ExcerptAppender appender = queue.createAppender())
        {
            return appendHead(appender, ordinal, frame);
        }
        finally
        {
            BackgroundResourceReleaser.releasePendingResources();
        }
    }

    private static long appendHead(final ExcerptAppender appender, final long ordinal, final RecordFrame frame)
    {
        final UnsafeBuffer view = new UnsafeBuffer(0, 0);
        try (DocumentContext document = appender.writingDocument())
        {
            final Bytes<?> target = document.wire().bytes();
            final long start = target.writePosition();
            frame.sealSegmentHead(start, ordinal);
            view.wrap(target.addressForWrite(start), RecordFrame.SEGMENT_HEAD_LENGTH);
            frame.copyTo(view, 0, RecordFrame.SEGMENT_HEAD_LENGTH);
            target.writePosition(start + RecordFrame.SEGMENT_HEAD_LENGTH);
            return start - Segment.EXCERPT_HEADER_LENGTH + Segment.alignedLength(RecordFrame.SEGMENT_HEAD_LENGTH);
        }
    }
}
