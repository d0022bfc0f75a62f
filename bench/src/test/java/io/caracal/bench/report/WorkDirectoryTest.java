/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.caracal.server.metrics.RuntimeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest
{
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path dir;

    /** Every server of a run is killed, and the shared memory of a machine is small. */
    @Test
    void shouldLeaveNothingOfKilledServers() throws IOException
    {
        final Path buffers = Files.createDirectory(MEMORY.resolve("caracal-bench-" + ProcessHandle.current().pid()));
        final Path owner = Files.createFile(MEMORY.resolve(buffers.getFileName() + ".owner"));
        final Path figures;
        try (WorkDirectory directory = new WorkDirectory(dir.resolve("data"), false))
        {
            final Path dataDir = Files.createDirectory(directory.path().resolve("1"));
            figures = RuntimeDirectory.of(dataDir);
            Files.createDirectory(figures, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(
                "rwx------")));
            Files.createFile(figures.resolve("owner"));
        }

        assertFalse(Files.exists(buffers));
        assertFalse(Files.exists(owner));
        assertFalse(Files.exists(figures));
    }
}
