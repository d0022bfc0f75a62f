/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The reason why a server ended must name the file: with two disks, that is the question. */
class FileFailureTest
{
    private final RealFileSystem calls = new RealFileSystem();

    @Test
    void shouldNameAFileThatCannotBeForced() throws IOException
    {
        final Path device = Path.of("/dev/full");
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE))
        {
            checkNamed(device, () -> calls.force(channel, device));
        }
    }

    @Test
    void shouldNameADirectoryThatCannotBeForced()
    {
        checkNamed(Path.of("/proc"), () -> calls.forceDirectory(Path.of("/proc")));
    }

    /** No process has memory at address 0, so the write fails. */
    @Test
    void shouldNameAFileThatCannotBeWritten() throws IOException
    {
        final Path memory = Path.of("/proc/self/mem");
        try (FileChannel channel = FileChannel.open(memory, StandardOpenOption.WRITE))
        {
            checkNamed(memory, () -> calls.write(channel, memory, ByteBuffer.allocate(1), 0));
        }
    }

    @Test
    void shouldNameAFileThatCannotBeRead(@TempDir final Path directory) throws IOException
    {
        try (FileWindow window = new FileWindow(directory, 1))
        {
            window.end(1);
            checkNamed(directory, () -> window.load(0, 1));
        }
    }

    @Test
    void shouldLeaveAFailureThatNamesItsFileAsItIs()
    {
        final Path file = Path.of("/data/file");
        final IOException named = new IOException("/data/file, offset 3: ends here");
        final IOException ofAnotherType = new NoSpaceException("no room");

        assertSame(named, FileFailure.named(named, file));
        assertSame(ofAnotherType, FileFailure.named(ofAnotherType, file));
        assertEquals("/data/file: null", FileFailure.named(new IOException(), file).getMessage());
    }

    /** Too many open files, for example, can be recognized only by the system's message. */
    @Test
    void shouldKeepTheReason()
    {
        final IOException failure = FileFailure.named(new IOException("Too many open files"), Path.of("/data/file"));

        assertTrue(NoDescriptorException.isBehind(failure));
    }

    private static void checkNamed(final Path file, final Executable call)
    {
        final IOException failure = assertThrows(IOException.class, call);
        assertTrue(failure.getMessage().startsWith(file + ": "), failure.getMessage());
    }
}
