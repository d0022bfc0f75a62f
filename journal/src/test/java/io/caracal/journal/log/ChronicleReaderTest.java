/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.format.RecordChunkDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal lays out its excerpts by itself. Still, anyone with Chronicle and nothing of Caracal can read them. */
class ChronicleReaderTest
{
    private static final long SEGMENT_ID = 0x5E6_3E47L;
    private static final int LENGTH = 8 * 1024 * 1024;

    /** More records than Chronicle has between two entries of its index. */
    private static final int RECORDS = 9_000;
    private static final int RECORD_LENGTH_MAX = 300;
    private static final int PUBLISH_EVERY = 37;

    @TempDir
    private Path segments;

    private final List<byte[]> written = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final ChunkHead head = new ChunkHead();
    private Segment segment;

    @BeforeEach
    void setUp() throws IOException
    {
        segment = Segment.create(segments, 1, SEGMENT_ID, LENGTH, new RealFileSystem());
    }

    @AfterEach
    void tearDown() throws IOException
    {
        segment.close();
    }

    @Test
    void shouldLetChronicleReadEveryRecord() throws IOException
    {
        write(RECORDS);

        try (ChronicleQueue queue = queue(); ExcerptTailer tailer = queue.createTailer())
        {
            skipHead(tailer);
            for (final byte[] record : written)
            {
                assertNext(record, tailer);
            }
            assertAtEnd(tailer);
        }
    }

    @Test
    void shouldLetChronicleFindARecordByItsIndex() throws IOException
    {
        write(RECORDS);

        try (ChronicleQueue queue = queue(); ExcerptTailer tailer = queue.createTailer())
        {
            for (final int number : new int[]{ 0, 1, 4095, 4096, 4097, RECORDS - 1 })
            {
                assertTrue(tailer.moveToIndex(queue.firstIndex() + 1 + number));
                assertNext(written.get(number), tailer);
            }
            assertFalse(tailer.moveToIndex(queue.firstIndex() + 1 + RECORDS));
        }
    }

    @Test
    void shouldLetChronicleFindTheEnd() throws IOException
    {
        write(RECORDS);

        try (ChronicleQueue queue = queue(); ExcerptTailer tailer = queue.createTailer())
        {
            assertEquals(queue.firstIndex() + RECORDS, queue.lastIndex());
            assertEquals(queue.firstIndex() + 1 + RECORDS, tailer.toEnd().index());
            assertAtEnd(tailer);
        }
    }

    @Test
    void shouldLetChronicleFollowTheRecordsThatAreWritten() throws IOException
    {
        try (ChronicleQueue queue = queue(); ExcerptTailer tailer = queue.createTailer())
        {
            skipHead(tailer);
            for (int i = 0; i < 200; i++)
            {
                append(1 + i);
                assertAtEnd(tailer);
                segment.publish();
                assertNext(written.get(i), tailer);
            }
        }
    }

    @Test
    void shouldLetChronicleReadTheLongestChunksAndBatches() throws IOException
    {
        for (int i = 0; i < 12; i++)
        {
            final int length = ChunkRing.CHUNK_LENGTH_MAX - i;
            if (!segment.takesChunk(length))
            {
                segment.publish();
            }
            append(length);
        }
        segment.force();

        try (ChronicleQueue queue = queue(); ExcerptTailer tailer = queue.createTailer())
        {
            skipHead(tailer);
            for (final byte[] record : written)
            {
                assertNext(record, tailer);
            }
            assertAtEnd(tailer);
        }
    }

    private void write(final int records) throws IOException
    {
        for (int i = 0; i < records; i++)
        {
            append(random.nextInt(1, RECORD_LENGTH_MAX));
            if (i % PUBLISH_EVERY == 0)
            {
                segment.publish();
            }
        }
        segment.force();
    }

    private void append(final int length)
    {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        written.add(bytes);
        head.zxid = written.size();
        head.recordLength = length;
        segment.append(head, new UnsafeBuffer(bytes), 0, length);
    }

    private ChronicleQueue queue()
    {
        return ChronicleQueue.single(segment.file().getParent().toString());
    }

    private static void skipHead(final ExcerptTailer tailer)
    {
        try (DocumentContext document = tailer.readingDocument())
        {
            assertTrue(document.isPresent());
            assertEquals(RecordFrame.SEGMENT_HEAD_LENGTH, document.wire().bytes().readRemaining());
        }
    }

    private void assertNext(final byte[] record, final ExcerptTailer tailer)
    {
        try (DocumentContext document = tailer.readingDocument())
        {
            assertTrue(document.isPresent());
            final Bytes<?> source = document.wire().bytes();
            final long position = source.readPosition();
            final byte[] frame = new byte[(int)source.readRemaining()];
            source.read(frame);
            assertEquals(RecordFrame.CHUNK_HEADER_LENGTH + record.length, frame.length);

            final RecordChunkDecoder chunk = new RecordFrame(SEGMENT_ID).checkChunk(position, new UnsafeBuffer(frame),
                ByteBuffer.wrap(frame), 0, frame.length);
            assertEquals(record.length, chunk.recordLength());
            assertEquals(new UnsafeBuffer(record), new UnsafeBuffer(frame, RecordFrame.CHUNK_HEADER_LENGTH,
                record.length));
        }
    }

    private static void assertAtEnd(final ExcerptTailer tailer)
    {
        try (DocumentContext document = tailer.readingDocument())
        {
            assertFalse(document.isPresent());
        }
    }
}
