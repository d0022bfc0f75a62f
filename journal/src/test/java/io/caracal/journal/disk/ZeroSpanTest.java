/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZeroSpanTest
{
    private static final int LENGTH = 3_000_000;
    private static final int RANDOM_PLACES = 200;
    private static final int WINDOW_LENGTH = 256 * 1024;

    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void reserve() throws IOException
    {
        file = directory.resolve("file");
        new RealFileSystem().reserve(file, LENGTH);
    }

    @Test
    void shouldFindNothingInReservedBlocks() throws IOException
    {
        assertEquals(LENGTH, ZeroSpan.end(file, 0, Long.MAX_VALUE));
        assertEquals(LENGTH, ZeroSpan.end(file, LENGTH - 1, LENGTH));
        assertEquals(5000, ZeroSpan.end(file, 4000, 5000));
        assertEquals(LENGTH + 7, ZeroSpan.end(file, LENGTH + 7, Long.MAX_VALUE));
    }

    @Test
    void shouldFindTheFirstByteAfterAPosition() throws IOException
    {
        put(5000);
        put(1_500_000);

        assertEquals(5000, ZeroSpan.end(file, 0, LENGTH));
        assertEquals(5000, ZeroSpan.end(file, 5000, LENGTH));
        assertEquals(1_500_000, ZeroSpan.end(file, 5001, LENGTH));
        assertEquals(1_400_000, ZeroSpan.end(file, 5001, 1_400_000));
        assertEquals(LENGTH, ZeroSpan.end(file, 1_500_001, LENGTH));
    }

    @Test
    void shouldSeeTheFirstAndTheLastByteOfWhatIsReadAtOnce() throws IOException
    {
        for (int seam = WINDOW_LENGTH; seam < LENGTH; seam += WINDOW_LENGTH)
        {
            assertSeen(seam - 1);
            assertSeen(seam);
        }
        assertSeen(LENGTH - 1);
    }

    private void assertSeen(final int place) throws IOException
    {
        put(place);
        assertEquals(place, ZeroSpan.end(file, 0, LENGTH));
        put(place, 0);
    }

    @Test
    void shouldSeeWhatWasWrittenThroughAMappingAndNotForced() throws IOException
    {
        final Random random = new Random(1);
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw"))
        {
            final MappedByteBuffer mapping = access.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
            for (int i = 0; i < RANDOM_PLACES; i++)
            {
                final int place = random.nextInt(LENGTH);
                mapping.put(place, (byte)1);
                assertEquals(place, ZeroSpan.end(file, random.nextInt(place + 1), LENGTH));
                mapping.put(place, (byte)0);
            }
        }

        assertEquals(LENGTH, ZeroSpan.end(file, 0, LENGTH));
    }

    @Test
    void shouldReadAFileSystemThatHasNoOtherWay() throws IOException
    {
        final Path memory = Path.of("/dev/shm");
        final Path other = Files.createTempFile(Files.isDirectory(memory) ? memory : directory, "caracal", "zeros");
        try
        {
            Files.write(other, new byte[]{ 0, 0, 0, 0, 1, 0 });

            assertEquals(4, ZeroSpan.end(other, 1, 6));
            assertEquals(6, ZeroSpan.end(other, 5, 100));
        }
        finally
        {
            Files.delete(other);
        }
    }

    @Test
    void shouldFailWithoutTheFile()
    {
        assertThrows(NoSuchFileException.class, () -> ZeroSpan.end(directory.resolve("none"), 0, 1));
    }

    private void put(final int position) throws IOException
    {
        put(position, 1);
    }

    private void put(final int position, final int value) throws IOException
    {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw"))
        {
            access.seek(position);
            access.write(value);
        }
    }
}
