/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.journal.testing.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileSinkTest
{
    private final FaultyFileSystem fileSystem = new FaultyFileSystem();

    @TempDir
    private Path directory;

    @Test
    void shouldLeaveOneFileWhenItIsDone() throws IOException
    {
        try (SnapshotFileSink sink = new SnapshotFileSink(directory, fileSystem))
        {
            write(sink);
        }

        assertEquals(List.of("snapshot-0000000000000007"), files());
    }

    @Test
    void shouldLeaveNothingWhenTheFileCannotGetItsName() throws IOException
    {
        leaveNothing("rename");
    }

    @Test
    void shouldLeaveNothingWhenNothingCanBeWritten() throws IOException
    {
        leaveNothing("write");
    }

    private void leaveNothing(final String failing) throws IOException
    {
        fileSystem.failCall((call, file) -> call.equals(failing));
        try (SnapshotFileSink sink = new SnapshotFileSink(directory, fileSystem))
        {
            assertThrows(UncheckedIOException.class, () -> write(sink));
        }

        assertEquals(List.of(), files());
    }

    private static void write(final SnapshotFileSink sink)
    {
        sink.begin(7);
        sink.write(new UnsafeBuffer(new byte[100]), 0, 100);
        sink.finish(1, 0);
    }

    private List<String> files() throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
