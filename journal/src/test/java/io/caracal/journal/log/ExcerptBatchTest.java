/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.testing.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The excerpts of a batch reach the file together, and nobody sees only some of them. */
class ExcerptBatchTest
{
    private static final long SEGMENT_ID = 0x77L;
    private static final int POSITION = 128;
    private static final int LENGTH = 101;

    @TempDir
    private Path directory;

    private final ExcerptBatch batch = new ExcerptBatch();
    private final RecordFrame frame = new RecordFrame(SEGMENT_ID);
    private final UnsafeBuffer chunk = new UnsafeBuffer(new byte[ChunkRing.CHUNK_LENGTH_MAX]);
    private final FaultyFileSystem fileSystem = new FaultyFileSystem();
    private final List<byte[]> contents = new ArrayList<>();
    private Path file;
    private FileChannel channel;

    @BeforeEach
    void setUp() throws IOException
    {
        file = directory.resolve("19700101F.cq4");
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        chunk.setMemory(0, LENGTH, (byte)'x');
    }

    @AfterEach
    void tearDown() throws IOException
    {
        channel.close();
        batch.close();
    }

    @Test
    void shouldShowNoExcerptBeforeAllOfThemAreInTheFile() throws IOException
    {
        final int first = add(POSITION, LENGTH);
        final int second = add(POSITION + first, LENGTH);
        fileSystem.beforeChange((call, path) -> contents.add(content()));
        batch.writeTo(fileSystem, channel, file, POSITION);

        assertEquals(2, contents.size());
        final ByteBuffer before = ByteBuffer.wrap(contents.get(1)).order(ByteOrder.LITTLE_ENDIAN);
        final ByteBuffer after = ByteBuffer.wrap(content()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(POSITION + first + second, before.capacity());
        assertEquals(0, before.getInt(POSITION));
        assertEquals(RecordFrame.CHUNK_HEADER_LENGTH + LENGTH, after.getInt(POSITION));
        assertEquals(before.position(POSITION + Integer.BYTES), after.position(POSITION + Integer.BYTES));
        assertTrue(batch.isEmpty());
    }

    @Test
    void shouldFillUpWithZeros() throws IOException
    {
        final int long1 = add(POSITION, LENGTH + 3);
        chunk.setMemory(0, LENGTH, (byte)'y');
        batch.writeTo(fileSystem, channel, file, POSITION);
        final int short1 = add(POSITION + long1, LENGTH);
        batch.writeTo(fileSystem, channel, file, POSITION + long1);

        final byte[] content = content();
        assertEquals(POSITION + long1 + short1, content.length);
        assertEquals(0, content.length % Integer.BYTES);
        for (int i = content.length - 3; i < content.length; i++)
        {
            assertEquals(0, content[i]);
        }
        assertEquals('y', content[content.length - 4]);
    }

    @Test
    void shouldHaveRoomForTheLongestChunk()
    {
        assertTrue(batch.hasRoom(ChunkRing.CHUNK_LENGTH_MAX));
        add(POSITION, ChunkRing.CHUNK_LENGTH_MAX);
        assertFalse(batch.hasRoom(ChunkRing.CHUNK_LENGTH_MAX));
    }

    private int add(final long position, final int length)
    {
        frame.chunk().sequence(1).zxid(1).committedZxid(0).lastDurableZxid(0).recordLength(length).chunkOffset(0)
            .chunkLength(length).padding(0);
        return batch.add(frame, position, chunk, 0, length);
    }

    private byte[] content()
    {
        try
        {
            return Files.readAllBytes(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
