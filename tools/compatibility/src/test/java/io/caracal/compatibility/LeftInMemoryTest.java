/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.compatibility.disk.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run of the tests leaves nothing in shared memory. */
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
}
