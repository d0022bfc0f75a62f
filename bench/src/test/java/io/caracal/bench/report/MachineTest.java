/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest
{
    /** In some containers the system finds no mount point of a directory, and the JDK throws an exception. */
    @Test
    void shouldDoWithoutAFactThatTheMachineDoesNotTell(@TempDir final Path dir)
    {
        assertEquals("unknown", Machine.facts(dir.resolve("none")).get("data disk"));
    }

    /** Uses a file system whose type and name are the same everywhere. */
    @Test
    void shouldTellTypeAndNameOfTheDisk(@TempDir final Path dir) throws IOException
    {
        final Path file = dir.resolve("disk.zip");
        try (FileSystem disk = FileSystems.newFileSystem(file, Map.of("create", "true")))
        {
            assertEquals("zipfs on " + file + "/", Machine.facts(disk.getPath("/")).get("data disk"));
        }
    }
}
