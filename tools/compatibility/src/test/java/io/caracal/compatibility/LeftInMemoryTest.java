/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.caracal.compatibility.disk.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a run of the tests leaves nothing in shared memory. */
class LeftInMemoryTest
{
    @Test
    void shouldLeaveNothingOfAServerThatWasKilledOnADiskOfItsOwn() throws IOException
    {
        SmallDisk.require("LeftInMemoryTest");
        final Path directory;
        try (SmallDisk disk = SmallDisk.mount("450m");
            ServerUnderTest server = ServerKind.SHARED.launch(new ServerSettings().disk(disk)))
        {
            directory = disk.directory();
            server.kill();
            assertEquals(1, LeftInMemory.of(directory).size());
        }

        assertEquals(List.of(), LeftInMemory.of(directory));
    }

    @Test
    void shouldNotMindThatAServerWhichStartsWasFaster(@TempDir final Path dir) throws IOException
    {
        final Path figures = Files.createDirectory(dir.resolve("figures"));
        Files.createFile(figures.resolve("counters"));
        LeftInMemory.delete(figures);
        assertFalse(Files.exists(figures));

        LeftInMemory.delete(figures);
    }
}
