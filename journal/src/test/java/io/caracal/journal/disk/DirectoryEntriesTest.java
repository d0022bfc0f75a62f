/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryEntriesTest
{
    @Test
    void shouldNameWhatLiesThere(@TempDir final Path directory) throws IOException
    {
        final Path file = Files.createFile(directory.resolve("file"));
        final Path folder = Files.createDirectory(directory.resolve("folder"));
        Files.createFile(folder.resolve("below"));

        assertEquals(Set.of(file, folder), Set.copyOf(DirectoryEntries.of(directory)));
    }

    /** A failed removal does not stop the server, provided it is recognized as a failure of the disk. */
    @Test
    void shouldTellADiskThatFailsWhileTheDirectoryIsRead()
    {
        final IOException failure = new IOException("Input/output error");
        final Iterable<Path> failing = () ->
        {
            throw new DirectoryIteratorException(failure);
        };

        assertSame(failure, assertThrows(IOException.class, () -> DirectoryEntries.listOf(failing)));
    }
}
