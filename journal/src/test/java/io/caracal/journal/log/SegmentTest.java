/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.journal.disk.RealFileSystem;
import java.io.IOException;
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

    /** Else each force of a batch writes one block more: ext4 keeps no more than four pieces beside a file's length. */
    @Test
    void shouldWriteAllOfItsHeadBeforeItsFirstForce() throws IOException
    {
        final List<String> steps = new ArrayList<>();
        final Segment segment = Segment.create(directory, 1, 42, 1 << 20, recording(steps));
        segment.close();

        final byte[] file = Files.readAllBytes(segment.file());
        assertEquals(List.of("write 0 to " + segment.position() + " " + Arrays.hashCode(Arrays.copyOf(file, Math
            .toIntExact(segment.position()))), "force"), steps);
    }

    /** A file system that writes what is changed elsewhere can be full although all blocks were reserved. */
    @Test
    void shouldLeaveNothingWhenItsHeadFindsNoRoom() throws IOException
    {
        final FileSystemCalls real = new RealFileSystem();
        final FileSystemCalls full = (FileSystemCalls)Proxy.newProxyInstance(SegmentTest.class.getClassLoader(),
            new Class<?>[]{ FileSystemCalls.class }, (proxy, method, arguments) ->
            {
                if ("write".equals(method.getName()))
                {
                    throw new NoSpaceException("no room");
                }

                return method.invoke(real, arguments);
            });

        assertThrows(NoSpaceException.class, () -> Segment.create(directory, 1, 42, 1 << 20, full));
        try (Stream<Path> left = Files.list(directory))
        {
            assertEquals(List.of(), left.toList());
        }
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
                    steps.add("write " + arguments[3] + " to " + ((long)arguments[3] + bytes.length) + " " + Arrays
                        .hashCode(bytes));
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
