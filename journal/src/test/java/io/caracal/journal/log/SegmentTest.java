/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.testing.Descriptors;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest
{
    private static final int CHUNK = 100;
    private static final int LENGTH = 1 << 20;

    @TempDir
    private Path directory;

    /** A close truncates the file here: where a scanner sees its end, not after a part of a record. */
    @Test
    void shouldBeWholeUpToItsLastWholeRecord() throws IOException
    {
        final Segment segment = Segment.create(directory, 1, 42, LENGTH, new RealFileSystem());
        assertEquals(segment.position(), segment.wholePosition());

        append(segment, 1, CHUNK, 0);
        final long afterFirst = segment.position();
        assertEquals(afterFirst, segment.wholePosition());

        append(segment, 2, 2 * CHUNK, 0);
        segment.force();
        assertEquals(afterFirst, segment.wholePosition());
        try (SegmentScanner scanner = new SegmentScanner(segment.file(), 42, segment.entry(0).firstPosition(),
            segment.position()))
        {
            assertEquals(1, count(scanner));
            assertEquals(segment.wholePosition(), scanner.cutPosition());
        }

        append(segment, 2, 2 * CHUNK, CHUNK);
        assertEquals(segment.position(), segment.wholePosition());
        segment.close();
    }

    /** Otherwise each force of a batch writes one block more, because ext4 keeps at most four extents in the inode. */
    @Test
    void shouldWriteAllOfItsHeadBeforeItsFirstForce() throws IOException
    {
        final List<String> steps = new ArrayList<>();
        final Segment segment = Segment.create(directory, 1, 42, LENGTH, recording(steps));
        segment.close();

        final byte[] file = Files.readAllBytes(segment.file());
        assertEquals(List.of("write 0 to " + segment.position() + " " + Arrays.hashCode(Arrays.copyOf(file,
            Math.toIntExact(segment.position()))), "force"), steps);
    }

    /** A copy-on-write file system can be full although all blocks were reserved. */
    @Test
    void shouldLeaveNothingWhenItsHeadFindsNoRoom() throws IOException
    {
        shouldLeaveNothing(NoSpaceException.class, replacing("write", file ->
        {
            throw new NoSpaceException("no room");
        }));
    }

    @Test
    void shouldLeaveNothingWhenItCannotBeForced() throws IOException
    {
        shouldLeaveNothing(IOException.class, replacing("force", file ->
        {
            throw new IOException("Input/output error");
        }));
    }

    /** A directory has the name that Chronicle wants for its table; Chronicle's own message names no file. */
    @Test
    void shouldLeaveNothingWhenItsFileCannotBeMadeAndNameThat() throws IOException
    {
        final IOException told = shouldLeaveNothing(IOException.class, replacing("reserve", file ->
        {
            if (file.endsWith(ChronicleSettings.TABLE_NAME))
            {
                Files.createDirectory(file);
            }
        }));
        assertTrue(told.getMessage().startsWith(directory.toString()), told.getMessage());
    }

    /** Otherwise a record that was accepted would wait for room forever, with all that follow it. */
    @ParameterizedTest
    @ValueSource(ints = { 1 << 20, (1 << 20) + 4096, 8 << 20 })
    void shouldHaveRoomForTheLongestRecordThatIsAllowed(final int length) throws IOException
    {
        final Segment segment = Segment.create(directory, 1, 42, length, new RealFileSystem());
        for (final int reserve : new int[]{ 1, length / 4 })
        {
            int longest = length;
            while (!isRecordLengthAllowed(length, reserve, longest))
            {
                longest -= 1024;
            }

            assertTrue(longest > length / 8, "only " + longest);
            assertTrue(segment.hasRoom(longest, reserve), longest + " beside " + reserve);
        }
        segment.close();
    }

    private boolean isRecordLengthAllowed(final int length, final int reserve, final int recordLength)
    {
        try
        {
            new JournalContext().dataDir(directory).segmentLength(length).reserveLength(reserve)
                .recordLengthMax(recordLength).onFailure(failure ->
                {
                }).conclude();
            return true;
        }
        catch (final IllegalArgumentException outOfRange)
        {
            return false;
        }
    }

    @Test
    void shouldHaveRoomForExactlyAsMuchAsItPromises() throws IOException
    {
        final Segment segment = Segment.create(directory, 1, 42, LENGTH, new RealFileSystem());
        final int reserve = LENGTH / 4;
        int records = 0;
        while (segment.hasRoom(CHUNK, reserve))
        {
            append(segment, ++records, CHUNK, 0);
            if (!segment.takesChunk(CHUNK))
            {
                segment.publish();
            }
        }

        final long left = LENGTH - Segment.SLACK_LENGTH - segment.position();
        assertTrue(left >= reserve && left < reserve + Segment.footprint(CHUNK), left + " left");
        segment.close();
    }

    private <T extends Exception> T shouldLeaveNothing(final Class<T> expected, final FileSystemCalls calls)
        throws IOException
    {
        final Segment first = Segment.create(directory, 1, 41, LENGTH, new RealFileSystem());
        first.close();
        new RealFileSystem().remove(first.file().getParent());
        final long memoryBefore = directMemory();

        final T told = assertThrows(expected, () -> Segment.create(directory, 1, 42, LENGTH, calls));

        assertEquals(List.of(), Descriptors.below(directory));
        assertTrue(directMemory() - memoryBefore < ChunkRing.CHUNK_LENGTH_MAX,
            "the room for a batch is given back at once; Chronicle leaves a few bytes to the collector");
        try (Stream<Path> left = Files.list(directory))
        {
            assertEquals(List.of(), left.toList());
        }

        return told;
    }

    private static long directMemory()
    {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> "direct".equals(pool.getName())).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    /** What happens to a file instead of one kind of call. */
    @FunctionalInterface
    private interface FileAction
    {
        void on(Path file) throws IOException;
    }

    private static FileSystemCalls replacing(final String call, final FileAction action)
    {
        final FileSystemCalls real = new RealFileSystem();

        return (FileSystemCalls)Proxy.newProxyInstance(SegmentTest.class.getClassLoader(),
            new Class<?>[]{ FileSystemCalls.class }, (proxy, method, arguments) ->
            {
                if (call.equals(method.getName()))
                {
                    action.on((Path)arguments["reserve".equals(call) ? 0 : 1]);
                    return null;
                }

                return method.invoke(real, arguments);
            });
    }

    private static FileSystemCalls recording(final List<String> steps)
    {
        final FileSystemCalls real = new RealFileSystem();

        return (FileSystemCalls)Proxy.newProxyInstance(SegmentTest.class.getClassLoader(),
            new Class<?>[]{ FileSystemCalls.class }, (proxy, method, arguments) ->
            {
                if ("write".equals(method.getName()))
                {
                    final byte[] bytes = new byte[((ByteBuffer)arguments[2]).remaining()];
                    ((ByteBuffer)arguments[2]).duplicate().get(bytes);
                    steps.add("write " + arguments[3] + " to " + ((long)arguments[3] + bytes.length) + " " +
                        Arrays.hashCode(bytes));
                }
                else if ("force".equals(method.getName()))
                {
                    steps.add("force");
                }

                return method.invoke(real, arguments);
            });
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
