/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.journal.testing.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWindowTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldCloseTheFileWhenThereIsNoMemoryForTheWindow() throws IOException
    {
        final Path file = Files.createFile(directory.resolve("file"));

        assertThrows(IllegalArgumentException.class, () -> new FileWindow(file, -1));
        assertEquals(List.of(), Descriptors.below(directory));
    }
}
