/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentScannerTest
{
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path dir;

    /** A directory opens like a file, and fails at the first read as a bad sector does. */
    @Test
    void shouldCloseWhatCannotBeRead() throws IOException
    {
        for (int i = 0; i < 10; i++)
        {
            Files.createFile(dir.resolve("file-" + i));
        }

        assertThrows(IOException.class, () -> SegmentScanner.at(new RecordPlace(0, 1, 0), dir, 42, Long.MAX_VALUE));
        assertEquals(List.of(), opened(dir));
    }

    private static List<Path> opened(final Path file) throws IOException
    {
        final List<Path> opened = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS))
        {
            for (final Path descriptor : descriptors.toList())
            {
                if (isOf(descriptor, file.toRealPath()))
                {
                    opened.add(descriptor);
                }
            }
        }

        return opened;
    }

    private static boolean isOf(final Path descriptor, final Path file) throws IOException
    {
        try
        {
            return Files.readSymbolicLink(descriptor).equals(file);
        }
        catch (final NoSuchFileException closed)
        {
            return false;
        }
    }
}
